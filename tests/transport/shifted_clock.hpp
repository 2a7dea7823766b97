#pragma once

#include <chrono>

namespace polycampaign::loopback {

/// The steady clock of this whole process, libcurl's included: the program has a `clock_gettime` of its own.
class ShiftedClock {
 public:
  /// Time has passed. Not while anything is in flight: its time limits would pass as well.
  static void forward(std::chrono::seconds span) noexcept;
};

}  // namespace polycampaign::loopback
