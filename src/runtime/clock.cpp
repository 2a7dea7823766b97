#include "runtime/clock.hpp"

#include "text/hash.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::runtime {

namespace {
constexpr std::chrono::hours longest_span{24 * 3650};
// Limits what is passed to the operating system; a wait may end early.
constexpr std::chrono::hours longest_wait{1};
}  // namespace

TimePoint later(TimePoint time, std::chrono::milliseconds span) noexcept {
  return time + (std::min)(span, std::chrono::milliseconds{longest_span});
}

void Event::wake() noexcept {
  {
    std::lock_guard const lock{mutex_};
    set_ = true;
  }
  changed_.notify_one();
}

void Event::wait(std::optional<TimePoint> until) {
  std::unique_lock lock{mutex_};
  auto const is_set = [this] { return set_; };
  if (!until) {
    changed_.wait(lock, is_set);
  } else {
    changed_.wait_until(lock, (std::min)(*until, std::chrono::steady_clock::now() + longest_wait), is_set);
  }
  set_ = false;
}

bool Event::consume() noexcept {
  std::lock_guard const lock{mutex_};
  return std::exchange(set_, false);
}

Clock::Clock()
    : random_state_{
          text::mix(static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^
                    static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(this)))} {}
Clock::~Clock() = default;

TimePoint Clock::now() const noexcept {
  return std::chrono::steady_clock::now();
}

std::chrono::sys_seconds Clock::system_now() const noexcept {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

double Clock::random() noexcept {
  constexpr std::uint64_t step = 0x9E3779B97F4A7C15u;
  auto const bits = text::mix(random_state_.fetch_add(step, std::memory_order_relaxed) + step);
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

void Clock::wait(Event& event, std::optional<TimePoint> until) {
  event.wait(until);
}

}  // namespace polycampaign::inline v1::runtime
