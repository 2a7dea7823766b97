#pragma once

#include <chrono>

namespace polycampaign::inline v1 {

/// When a failed request is sent again. Only reads and log-ins are ever repeated after an unknown effect;
/// everything else only when nothing reached the vendor.
struct RetryPolicy {
  /// Requests a call, the first included; 1: never again. Must be positive.
  int max_attempts = 3;
  /// Full jitter: the wait is uniform between 0 and `first_delay * factor^n`, at most `max_delay`.
  std::chrono::milliseconds first_delay{250};
  std::chrono::milliseconds max_delay{20'000};
  double factor = 2.0;
  /// A longer Retry-After ends the call; the error carries it.
  std::chrono::milliseconds max_retry_after{60'000};

  [[nodiscard]] static constexpr RetryPolicy none() noexcept { return {.max_attempts = 1}; }
};

}  // namespace polycampaign::inline v1
