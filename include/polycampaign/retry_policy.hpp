#pragma once

#include <chrono>

namespace polycampaign::inline v1 {

/// When the library retries a failed request. If the effect is unknown, it retries only reads and logins. It
/// retries anything else only if the vendor cannot have processed the request.
struct RetryPolicy {
  /// Maximum number of times that a request is made, including the first. Each request of a call counts on
  /// its own: each page of a list, each campaign's details, each login. 1 means no retries. Must be positive.
  int max_attempts = 3;
  /// Base of the wait, which has full jitter: the wait before retry n, counted from 0, is uniform between 0
  /// and `first_delay * factor^n`, at most `max_delay`. Not negative.
  std::chrono::milliseconds first_delay{250};
  /// The longest wait that the library chooses itself. Not negative.
  std::chrono::milliseconds max_delay{20'000};
  /// The factor by which the upper bound of the wait grows with each retry. At least 1.
  double factor = 2.0;
  /// The longest Retry-After that the library waits for. A longer one ends the call, and the error reports it
  /// (`Error::retry_after`). Not negative.
  std::chrono::milliseconds max_retry_after{60'000};
  /// How long the library keeps retrying a request that the vendor rate limits (HTTP 429), counted from the
  /// first such response. These retries do not count toward `max_attempts`. Meanwhile all requests of the
  /// client slow down, as `Pacing` describes. 0: a 429 is retried like any other failure and slows nothing
  /// down. Not negative.
  std::chrono::milliseconds rate_limit_patience{120'000};

  /// Returns a policy that retries no failed request and slows down none. Even so, if the vendor no longer
  /// accepts a session's token, the client logs in again and makes the request once more.
  [[nodiscard]] static constexpr RetryPolicy none() noexcept {
    return {.max_attempts = 1, .rate_limit_patience = std::chrono::milliseconds{0}};
  }
};

}  // namespace polycampaign::inline v1
