#pragma once

#include <chrono>

namespace polycampaign::loopback {

/// Moves the steady clock of the whole process, including libcurl: the program has its own `clock_gettime`.
class ShiftedClock {
 public:
  /// Lets time pass. Do not call it while a request is in flight, because its time limits would pass, too.
  static void forward(std::chrono::seconds span) noexcept;
};

}  // namespace polycampaign::loopback
