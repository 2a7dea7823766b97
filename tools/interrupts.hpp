#pragma once

#include "polycampaign/cancel.hpp"

#include <signal.h>

#include <atomic>
#include <thread>

namespace polycampaign::inline v1::command {

/// Turns SIGINT, SIGTERM and SIGHUP into a canceled token as long as it lives, unless they were ignored when
/// it was made; a second one ends the process at once. Make it before any other thread: it blocks the signals
/// for those that are started later. Throws std::system_error when no thread can be started.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(Interrupts const&) = delete;
  Interrupts& operator=(Interrupts const&) = delete;

  [[nodiscard]] CancelToken token() const noexcept { return source_.token(); }
  /// The signal that came; 0 for none.
  [[nodiscard]] int signal() const noexcept { return signal_.load(); }
  /// Returns when a signal came.
  void wait() const noexcept { signal_.wait(0); }

 private:
  void wait_for(sigset_t const& set);

  CancelSource source_;
  std::atomic<int> signal_{0};
  std::thread thread_;
};

}  // namespace polycampaign::inline v1::command
