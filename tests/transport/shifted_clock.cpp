#include "transport/shifted_clock.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <ctime>

namespace {
std::atomic<std::time_t> shift{0};
}

void polycampaign::loopback::ShiftedClock::forward(std::chrono::seconds span) noexcept {
  shift += span.count();
}

// The program exports it (ENABLE_EXPORTS), so that the dynamic linker finds it before the C library's.
extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock,
                                                                    timespec* time) noexcept {
  auto const failed = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (failed == 0 && clock == CLOCK_MONOTONIC) time->tv_sec += shift.load(std::memory_order_relaxed);
  return failed;
}
