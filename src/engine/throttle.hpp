#pragma once

#include "runtime/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace polycampaign::inline v1::engine {

/// How fast a client sends after its vendor has rate limited a request (HTTP 429). Before that, it limits
/// nothing. Then nothing is sent for a while. Afterwards one request at a time is sent until the first
/// success, at a lower rate than the one that was refused. Each success raises the rate a little. See
/// docs/decisions/0008-rate-limits.md. A plain value without a clock.
class Throttle {
 public:
  using Span = std::chrono::nanoseconds;
  /// The pause without a Retry-After; most limits are stated per second. It doubles each time that the first
  /// request after it is refused, too.
  static constexpr std::chrono::seconds first_pause{1};
  static constexpr std::chrono::seconds longest_pause{60};
  /// Upper limit for a Retry-After.
  static constexpr std::chrono::hours longest_hold{1};
  /// Factor applied to the rate that was refused.
  static constexpr double decrease = 0.8;
  /// Increase for each success, as a share of the rate that was refused.
  static constexpr double increase = 1.0 / 400;
  /// Lower limit, as a share of the rate that was refused. The rate falls no lower while nothing is accepted
  /// at all, which says nothing about the rate.
  static constexpr double least_share = 0.25;
  /// Limits of the rate, in requests per second.
  static constexpr double slowest = 0.1, fastest = 1'000;

  [[nodiscard]] bool lets_go(std::size_t in_flight, runtime::TimePoint now) const noexcept {
    return in_flight < window_ && now >= held_until_ && now >= next_at_;
  }
  void went(runtime::TimePoint now) noexcept;
  /// Records that the vendor has accepted the request.
  void succeeded(runtime::TimePoint now) noexcept;
  /// Records that the vendor has rate limited the request that was sent at `started`. `random`: uniform in
  /// [0, 1).
  void refused(runtime::TimePoint started, runtime::TimePoint now, std::optional<Span> retry_after,
               double random) noexcept;
  /// Records that the vendor asks for a pause for another reason.
  void hold(runtime::TimePoint until) noexcept;

  /// Returns the time before which no request is sent.
  [[nodiscard]] runtime::TimePoint held_until() const noexcept { return held_until_; }
  /// Returns the part of `held_until` that the vendor itself stated.
  [[nodiscard]] runtime::TimePoint reported_until() const noexcept { return reported_until_; }
  /// Returns the time before which the rate allows no request.
  [[nodiscard]] runtime::TimePoint next_at() const noexcept { return next_at_; }
  /// Returns the rate in requests per second, or nothing if there is no limit.
  [[nodiscard]] std::optional<double> rate() const noexcept { return rate_; }

 private:
  void slow_down(bool again) noexcept;

  static constexpr auto unlimited = (std::numeric_limits<std::size_t>::max)();

  std::optional<double> rate_{};
  double refused_rate_ = 0;         // the last rate that was refused
  std::size_t window_ = unlimited;  // maximum number of requests in flight
  runtime::TimePoint held_until_{};
  runtime::TimePoint reported_until_{};
  runtime::TimePoint next_at_{};                   // by the rate
  std::optional<runtime::TimePoint> slowed_at_{};  // requests sent before this time bring no new information
  Span pause_ = first_pause;
  bool probing_ = false;  // no success since the last refusal
  // Successes in this second and in the one before, to know the rate at which the vendor refuses.
  runtime::TimePoint second_began_{};
  std::int64_t this_second_ = 0;
  std::int64_t last_second_ = 0;
};

}  // namespace polycampaign::inline v1::engine
