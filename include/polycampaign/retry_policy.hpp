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

  /// One request a call, whatever happens.
  [[nodiscard]] static constexpr RetryPolicy none() noexcept { return {.max_attempts = 1}; }
};

}  // namespace polycampaign::inline v1
