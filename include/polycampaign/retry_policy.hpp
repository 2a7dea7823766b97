#pragma once

#include <chrono>

namespace polycampaign::inline v1 {

/// When a failed request is sent again. Only reads and log-ins are ever repeated after an unknown effect;
/// everything else only when nothing reached the vendor.
struct RetryPolicy {
  /// Requests a call, the first included; 1: never again. Must be positive.
  int max_attempts = 3;
  /// Full jitter: the wait before repetition n, counted from 0, is uniform between 0 and
  /// `first_delay * factor^n`, at most `max_delay`. Not negative.
  std::chrono::milliseconds first_delay{250};
  /// The longest wait of the library's own choice. Not negative.
  std::chrono::milliseconds max_delay{20'000};
  /// How much longer each wait may be than the one before. At least 1.
  double factor = 2.0;
  /// A longer Retry-After ends the call; the error carries it (`Error::retry_after`). Not negative.
  std::chrono::milliseconds max_retry_after{60'000};
  /// How long a request is sent again that the vendor refuses for its rate (HTTP 429), counted from the first
  /// refusal. These repetitions do not count against `max_attempts`, and all requests of the client slow down
  /// meanwhile, as `Pacing` says. 0: a 429 is repeated as any other failure, and slows nothing down. Not
  /// negative.
  std::chrono::milliseconds rate_limit_patience{120'000};

  /// One request a call, whatever happens, and none is slowed down.
  [[nodiscard]] static constexpr RetryPolicy none() noexcept {
    return {.max_attempts = 1, .rate_limit_patience = std::chrono::milliseconds{0}};
  }
};

}  // namespace polycampaign::inline v1
