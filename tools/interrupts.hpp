#pragma once

#include "polycampaign/cancel.hpp"

#include <atomic>
#include <thread>

namespace polycampaign::inline v1::command {

/// Turns SIGINT and SIGTERM into a cancelled token as long as it lives; a second one ends the process at
/// once. Make it before any other thread: it blocks the signals for those that are started later.
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
  CancelSource source_;
  std::atomic<int> signal_{0};
  std::thread thread_;
};

}  // namespace polycampaign::inline v1::command
