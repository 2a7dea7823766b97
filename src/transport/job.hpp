#pragma once

#include "polycampaign/transport.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

namespace polycampaign::inline v1::transport {

/// What a URL says about the route to its host.
struct Route {
  /// As protocol::Url::loopback. Never sent through a proxy, whose loopback is another machine.
  bool loopback = false;
  bool https = false;
};

/// One request, from the caller through the event loop to its completion.
struct Job {
  using Clock = std::chrono::steady_clock;

  Job() = default;
  ~Job() { wipe(request); }
  Job(Job const&) = delete;
  Job& operator=(Job const&) = delete;

  HttpRequest request{};
  TransferOptions options{};  ///< the gate is never null
  Transport::Completion completion{};
  Route route{};
  Clock::time_point deadline{};
  /// Set on the thread that cancels; the loop reads it when it is woken for that.
  std::atomic<bool> canceled{false};
  /// Must be the last member: its destructor waits for a callback that still uses the others.
  CancelToken::Registration registration{};

  /// Returns whether the vendor may have seen the request.
  [[nodiscard]] Effect effect() const noexcept {
    return request.action != Action::read && options.gate->opened() ? Effect::unknown : Effect::none;
  }

  [[nodiscard]] Error error(ErrorCode code, std::string message) const {
    return {.code = code,
            .effect = effect(),
            .transient = code == ErrorCode::network || code == ErrorCode::deadline_exceeded ||
                         code == ErrorCode::unavailable,
            .attempts = 1,
            .message = std::move(message)};
  }
};

}  // namespace polycampaign::inline v1::transport
