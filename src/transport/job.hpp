#pragma once

#include "polycampaign/transport.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

namespace polycampaign::inline v1::transport {

/// One request on its way from the caller through the event loop to its completion.
struct Job {
  using Clock = std::chrono::steady_clock;

  HttpRequest request{};
  TransferOptions options{};  ///< gate never null
  Transport::Completion completion{};
  bool loopback = false;
  Clock::time_point deadline{};
  /// Set on the cancelling thread; the loop looks at it when it is woken for it.
  std::atomic<bool> cancelled{false};
  /// The last member: while this Job dies, it waits for a callback that still looks at the others.
  CancelToken::Registration registration{};

  /// Whether the vendor may have seen the request.
  [[nodiscard]] Effect effect() const noexcept {
    return request.action != Action::read && options.gate->opened() ? Effect::unknown : Effect::none;
  }

  [[nodiscard]] Error error(ErrorCode code, std::string message) const {
    return {.code = code,
            .effect = effect(),
            .transient = code == ErrorCode::network || code == ErrorCode::deadline_exceeded,
            .attempts = 1,
            .message = std::move(message)};
  }
};

}  // namespace polycampaign::inline v1::transport
