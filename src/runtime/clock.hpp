#pragma once

#include "runtime/waker.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

namespace polycampaign::inline v1::runtime {

using TimePoint = std::chrono::steady_clock::time_point;

/// Returns `time + span`, where `span` counts as at most ten years: callers may pass `milliseconds::max()`.
[[nodiscard]] TimePoint later(TimePoint time, std::chrono::milliseconds span) noexcept;

/// A flag that threads wait for. Setting it wakes one waiter, and a wait resets it. Everyone who may set it
/// holds a shared_ptr to it.
class Event final : public Waker {
 public:
  void wake() noexcept override;
  /// Waits until the flag is set or the time `until` has come.
  void wait(std::optional<TimePoint> until);
  /// Resets the flag. Returns whether it was set.
  [[nodiscard]] bool consume() noexcept;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

/// The engine's clock, its random numbers and its waits. Tests derive a clock whose waits take no time. All
/// members may be called from several threads at once.
class Clock {
 public:
  Clock();
  virtual ~Clock();
  Clock(Clock const&) = delete;
  Clock& operator=(Clock const&) = delete;

  [[nodiscard]] virtual TimePoint now() const noexcept;
  [[nodiscard]] virtual std::chrono::sys_seconds system_now() const noexcept;
  /// Returns a random number, uniform in [0, 1). It only spreads retries.
  [[nodiscard]] virtual double random() noexcept;
  /// Waits until the event is set or the time `until` has come. May return earlier.
  virtual void wait(Event& event, std::optional<TimePoint> until);

 private:
  std::atomic<std::uint64_t> random_state_;
};

}  // namespace polycampaign::inline v1::runtime
