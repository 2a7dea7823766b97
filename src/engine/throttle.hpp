#pragma once

#include "runtime/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace polycampaign::inline v1::engine {

/// How fast a client goes after its vendor has refused a request for its rate (HTTP 429). Limits nothing
/// before. Then nothing goes for a while; afterwards one request at a time until the first success, at a rate
/// below the one that was refused. Each success lets it go a little faster. See
/// docs/decisions/0008-rate-limits.md. A plain value without a clock.
class Throttle {
 public:
  using Span = std::chrono::nanoseconds;
  /// Without a Retry-After: most limits are told per second. Twice as long each time that the first request
  /// after it is refused too.
  static constexpr std::chrono::seconds first_pause{1};
  static constexpr std::chrono::seconds longest_pause{60};
  /// Of a Retry-After.
  static constexpr std::chrono::hours longest_hold{1};
  /// Of the rate that was refused.
  static constexpr double decrease = 0.8;
  /// Of the rate that was refused, for each success.
  static constexpr double increase = 1.0 / 400;
  /// Of the rate that was refused: it falls no lower while nothing is taken at all, which tells no rate.
  static constexpr double least_share = 0.25;
  /// Requests a second.
  static constexpr double slowest = 0.1, fastest = 1'000;

  [[nodiscard]] bool lets_go(std::size_t in_flight, runtime::TimePoint now) const noexcept {
    return in_flight < window_ && now >= held_until_ && now >= next_at_;
  }
  void went(runtime::TimePoint now) noexcept;
  /// The vendor has taken the request.
  void succeeded(runtime::TimePoint now) noexcept;
  /// The vendor has refused the request that went at `started`. `random`: uniform in [0, 1).
  void refused(runtime::TimePoint started, runtime::TimePoint now, std::optional<Span> retry_after,
               double random) noexcept;
  /// The vendor asks for a rest, for another reason.
  void hold(runtime::TimePoint until) noexcept;

  /// No request goes before.
  [[nodiscard]] runtime::TimePoint held_until() const noexcept { return held_until_; }
  /// The same, as the vendor said it.
  [[nodiscard]] runtime::TimePoint reported_until() const noexcept { return reported_until_; }
  /// The next request goes no sooner.
  [[nodiscard]] runtime::TimePoint next_at() const noexcept { return next_at_; }
  /// Requests a second; nothing where nothing is limited.
  [[nodiscard]] std::optional<double> rate() const noexcept { return rate_; }

 private:
  void slow_down(bool again) noexcept;

  static constexpr auto unlimited = (std::numeric_limits<std::size_t>::max)();

  std::optional<double> rate_{};
  double refused_rate_ = 0;         // the last one that was
  std::size_t window_ = unlimited;  // requests in flight at most
  runtime::TimePoint held_until_{};
  runtime::TimePoint reported_until_{};
  runtime::TimePoint next_at_{};                   // by the rate
  std::optional<runtime::TimePoint> slowed_at_{};  // requests that went before say nothing new
  Span pause_ = first_pause;
  bool probing_ = false;  // no success since the last refusal
  // successes in this second and in the one before, to know at what rate the vendor refuses
  runtime::TimePoint second_began_{};
  std::int64_t this_second_ = 0;
  std::int64_t last_second_ = 0;
};

}  // namespace polycampaign::inline v1::engine
