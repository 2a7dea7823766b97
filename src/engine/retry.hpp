#pragma once

#include "polycampaign/retry_policy.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// Keeps a client from multiplying its traffic while the vendor is in trouble: every retry costs, every
/// success pays a little back. A plain value.
struct RetryBudget {
  static constexpr int full = 500;
  static constexpr int cost = 5;
  int tokens = full;

  [[nodiscard]] constexpr bool covers_retry() const noexcept { return tokens >= cost; }
  constexpr void retried() noexcept { tokens -= cost; }
  constexpr void succeeded() noexcept {
    if (tokens < full) ++tokens;
  }
};

/// What is known when a request has failed.
struct FailedAttempt {
  Action action = Action::sends;
  Error const& error;
  int attempt = 1;                                      ///< how many requests the call has made
  double random = 0;                                    ///< uniform in [0, 1)
  std::optional<std::chrono::nanoseconds> remaining{};  ///< until the call's deadline; absent: none
  RetryBudget budget{};
  std::chrono::nanoseconds held{};         ///< until the client's next request may go
  std::chrono::nanoseconds limited_for{};  ///< since the call was refused for its rate for the first time
};

struct RetryDecision {
  /// Absent: give up.
  std::optional<std::chrono::nanoseconds> wait{};
  /// Why not, for logs; empty when there is a wait.
  std::string_view reason{};
  /// Refused for its rate: the request takes its turn again, and the turn brings the wait.
  bool limited = false;
};

/// Whether and when a failed request is sent again. Reads and idempotent writes go again after `network`,
/// `unavailable`, `rate_limited` and a request's own time-out; everything else only when, beyond that,
/// nothing can have reached the vendor. What is refused for its rate goes again for a time
/// (`RetryPolicy::rate_limit_patience`), not for a number of attempts, and costs nothing of the budget: the
/// vendor is in no trouble.
[[nodiscard]] RetryDecision decide_retry(RetryPolicy const& policy, FailedAttempt const& failed) noexcept;

}  // namespace polycampaign::inline v1::engine
