#include "engine/retry.hpp"

#include <algorithm>

namespace polycampaign::inline v1::engine {

namespace {

bool may_pass(Error const& error) noexcept {
  switch (error.code) {
    case ErrorCode::network:
    case ErrorCode::unavailable:
    case ErrorCode::rate_limited: return true;
    // the request's own timeout; the caller's deadline is not transient
    case ErrorCode::deadline_exceeded: return error.transient;
    default: return false;
  }
}

bool repeatable(Action action) noexcept {
  return action == Action::read || action == Action::idempotent_write;
}

/// Returns a delay that is uniform between 0 and first_delay * factor^(attempt - 1), at most max_delay.
std::chrono::nanoseconds jittered_delay(RetryPolicy const& policy, FailedAttempt const& failed) noexcept {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  auto const most = Milliseconds{policy.max_delay}.count();
  auto delay = Milliseconds{policy.first_delay}.count();
  for (int i = 1; i < failed.attempt && delay < most; ++i) delay *= policy.factor;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
      Milliseconds{(std::min)(delay, most) * failed.random});
}

/// Decides about a request that the vendor has rate limited.
RetryDecision decide_limited(RetryPolicy const& policy, FailedAttempt const& failed) noexcept {
  if (policy.max_attempts == 1) return {.reason = "not retried, no attempts left"};
  auto wait = failed.held;
  if (failed.error.retry_after) wait = (std::max)(wait, std::chrono::nanoseconds{*failed.error.retry_after});
  if (failed.limited_for + wait > policy.rate_limit_patience)
    return {.reason = "not retried, the wait would exceed rate_limit_patience"};
  if (failed.remaining && wait >= *failed.remaining)
    return {.reason = "not retried, the deadline would pass first"};
  return {.wait = wait, .limited = true};
}

}  // namespace

RetryDecision decide_retry(RetryPolicy const& policy, FailedAttempt const& failed) noexcept {
  if (!may_pass(failed.error)) return {.reason = "not retried, a retry would not help"};
  if (!repeatable(failed.action) && failed.error.effect != Effect::none)
    return {.reason = "not retried, the vendor may have processed the request"};
  auto const limited = failed.error.code == ErrorCode::rate_limited &&
                       policy.rate_limit_patience > std::chrono::milliseconds{0};
  if (!limited && failed.attempt >= policy.max_attempts) return {.reason = "not retried, no attempts left"};
  if (failed.error.retry_after && *failed.error.retry_after > policy.max_retry_after)
    return {.reason = "not retried, the vendor asks for a longer wait than max_retry_after"};
  if (limited) return decide_limited(policy, failed);
  auto wait = jittered_delay(policy, failed);
  if (failed.error.retry_after) wait = (std::max)(wait, std::chrono::nanoseconds{*failed.error.retry_after});
  if (failed.remaining && wait >= *failed.remaining)
    return {.reason = "not retried, the deadline would pass first"};
  if (!failed.budget.covers_retry())
    return {.reason = "not retried, too many recent requests needed a retry"};
  return {.wait = wait};
}

}  // namespace polycampaign::inline v1::engine
