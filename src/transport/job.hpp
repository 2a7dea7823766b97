#pragma once

#include "polycampaign/transport.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

namespace polycampaign::inline v1::transport {

/// What a URL says about the way to its host.
struct Route {
  /// As protocol::Url::loopback. Never asked of a proxy: its loopback is another machine.
  bool loopback = false;
  bool https = false;
};

/// One request on its way from the caller through the event loop to its completion.
struct Job {
  using Clock = std::chrono::steady_clock;

  Job() = default;
  ~Job() { wipe(request); }
  Job(Job const&) = delete;
  Job& operator=(Job const&) = delete;

  HttpRequest request{};
  TransferOptions options{};  ///< gate never null
  Transport::Completion completion{};
  Route route{};
  Clock::time_point deadline{};
  /// Set on the canceling thread; the loop looks at it when it is woken for it.
  std::atomic<bool> canceled{false};
  /// The last member: while this Job dies, it waits for a callback that still looks at the others.
  CancelToken::Registration registration{};

  /// Whether the vendor may have seen the request.
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
