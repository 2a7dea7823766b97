#pragma once

#include "runtime/clock.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace polycampaign::test {

/// Time that passes only during a wait: every timed wait ends at once and moves the clock. For tests with one
/// thread and a transport that responds at once.
class QuickClock : public runtime::Clock {
 public:
  runtime::TimePoint now() const noexcept override { return runtime::TimePoint{nanoseconds_.load()}; }
  std::chrono::sys_seconds system_now() const noexcept override {
    return std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}} +
           std::chrono::floor<std::chrono::seconds>(now() - start);
  }
  double random() noexcept override { return random_value; }
  void wait(runtime::Event& event, std::optional<runtime::TimePoint> until) override {
    if (event.consume()) return;
    if (!until) {
      event.wait(std::nullopt);
      return;
    }
    auto const before = now();
    if (*until <= before) return;
    waits_.push_back(std::chrono::ceil<std::chrono::milliseconds>(*until - before));
    nanoseconds_ = until->time_since_epoch();
  }

  void advance(std::chrono::nanoseconds span) { nanoseconds_ = nanoseconds_.load() + span; }
  /// Returns how long each wait would have been.
  [[nodiscard]] std::vector<std::chrono::milliseconds> const& waits() const { return waits_; }

  static constexpr runtime::TimePoint start{std::chrono::hours{1000}};
  double random_value = 1.0;

 private:
  std::atomic<std::chrono::nanoseconds> nanoseconds_{start.time_since_epoch()};
  std::vector<std::chrono::milliseconds> waits_;
};

/// Waits for events in real time, but only the test moves the clock. For tests with several threads. A timed
/// wait ends when the test has moved the clock far enough.
class SteppedClock : public runtime::Clock {
 public:
  runtime::TimePoint now() const noexcept override {
    std::lock_guard const lock{mutex_};
    return now_;
  }
  double random() noexcept override { return 1.0; }
  void wait(runtime::Event& event, std::optional<runtime::TimePoint> until) override {
    {
      std::lock_guard const lock{mutex_};
      if (until && *until <= now_) return;
      waiting_.push_back(&event);
      changed_.notify_all();
    }
    event.wait(std::nullopt);
    std::lock_guard const lock{mutex_};
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &event));
  }

  /// Moves the clock and lets every waiting thread look at it.
  void advance(std::chrono::nanoseconds span) {
    std::lock_guard const lock{mutex_};
    now_ += span;
    for (auto* event : waiting_) event->wake();
  }
  /// Waits until that many threads wait in this clock.
  void wait_for_waiting(std::size_t threads) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, std::chrono::seconds{30}, [&] { return waiting_.size() >= threads; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  runtime::TimePoint now_{std::chrono::hours{1000}};
  std::vector<runtime::Event*> waiting_;
};

}  // namespace polycampaign::test
