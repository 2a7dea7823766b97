#pragma once

#include "polycampaign/retry_policy.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// Keeps a client from multiplying its traffic while the vendor has problems: every retry costs something,
/// and every success pays back a little. A plain value.
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

/// What is known after a request has failed.
struct FailedAttempt {
  Action action = Action::sends;
  Error const& error;
  int attempt = 1;    ///< number of requests that the call has made
  double random = 0;  ///< uniform in [0, 1)
  /// Until the call's deadline. Absent if there is none.
  std::optional<std::chrono::nanoseconds> remaining{};
  RetryBudget budget{};
  std::chrono::nanoseconds held{};         ///< until the client's next request may go
  std::chrono::nanoseconds limited_for{};  ///< since the call was rate limited for the first time
};

struct RetryDecision {
  /// Absent: do not retry.
  std::optional<std::chrono::nanoseconds> wait{};
  /// Why there is no retry, for logs. Empty if there is a wait.
  std::string_view reason{};
  /// The request was rate limited: it waits for its turn again, which includes the wait.
  bool limited = false;
};

/// Decides whether and when a failed request is sent again. Reads and idempotent writes are retried after
/// `network`, `unavailable`, `rate_limited` and the request's own timeout. Other requests are retried after
/// the same errors, but only if the vendor cannot have processed them. A rate-limited request is retried for
/// some time (`RetryPolicy::rate_limit_patience`) instead of a number of attempts. It does not charge the
/// budget, because the vendor has no problem.
[[nodiscard]] RetryDecision decide_retry(RetryPolicy const& policy, FailedAttempt const& failed) noexcept;

}  // namespace polycampaign::inline v1::engine
