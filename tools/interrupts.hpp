#pragma once

#include "polycampaign/cancel.hpp"

#include <signal.h>

#include <atomic>
#include <thread>

namespace polycampaign::inline v1::command {

/// Cancels a token on SIGINT, SIGTERM and SIGHUP for as long as it lives, except on those that were ignored
/// when it was made. A second signal ends the process at once. Make it before any other thread, because it
/// blocks the signals for threads that are started later. Throws std::system_error if it cannot start a
/// thread.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(Interrupts const&) = delete;
  Interrupts& operator=(Interrupts const&) = delete;

  [[nodiscard]] CancelToken token() const noexcept { return source_.token(); }
  /// Returns the signal that has arrived, or 0.
  [[nodiscard]] int signal() const noexcept { return signal_.load(); }
  /// Waits until a signal arrives.
  void wait() const noexcept { signal_.wait(0); }

 private:
  void wait_for(sigset_t const& set);

  CancelSource source_;
  std::atomic<int> signal_{0};
  std::atomic<bool> leaving_{false};
  std::thread thread_;
};

}  // namespace polycampaign::inline v1::command
