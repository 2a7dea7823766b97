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

/// `time + span`, at most ten years ahead: callers may pass `milliseconds::max()`.
[[nodiscard]] TimePoint later(TimePoint time, std::chrono::milliseconds span) noexcept;

/// A flag that threads wait for. Waiting takes it back; setting it wakes one waiter. Held by a shared_ptr by
/// everybody who may set it.
class Event final : public Waker {
 public:
  void wake() noexcept override;
  /// Until the flag is set, or until the time has come.
  void wait(std::optional<TimePoint> until);
  /// Takes the flag back; whether it was set.
  [[nodiscard]] bool consume() noexcept;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

/// The world that the engine reads and waits in. Tests derive one whose waits take no time. All members may
/// be called from several threads at once.
class Clock {
 public:
  Clock();
  virtual ~Clock();
  Clock(Clock const&) = delete;
  Clock& operator=(Clock const&) = delete;

  [[nodiscard]] virtual TimePoint now() const noexcept;
  [[nodiscard]] virtual std::chrono::sys_seconds system_now() const noexcept;
  /// Uniform in [0, 1): spreads retries, nothing else.
  [[nodiscard]] virtual double random() noexcept;
  /// Until the event is set or the time has come; may return earlier.
  virtual void wait(Event& event, std::optional<TimePoint> until);

 private:
  std::atomic<std::uint64_t> random_state_;
};

}  // namespace polycampaign::inline v1::runtime
