#pragma once

#include "console.hpp"

#include <chrono>

namespace polycampaign::inline v1::command {

/// Shows the progress of something long in one line, which is erased at the end.
class Progress {
 public:
  Progress(Console& console, bool wanted) : console_{console}, wanted_{wanted && console.shows_progress()} {}
  ~Progress() { console_.progress({}); }
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  /// Shows what `text()` returns, unless it is too early or the line has just been changed.
  void tick(auto const& text) {
    constexpr auto patience = std::chrono::milliseconds{300};
    constexpr auto interval = std::chrono::milliseconds{100};
    if (!wanted_) return;
    auto const now = Clock::now();
    if (now - start_ < patience || now - shown_ < interval) return;
    shown_ = now;
    console_.progress(text());
  }

 private:
  using Clock = std::chrono::steady_clock;

  Console& console_;
  bool wanted_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_{};
};

}  // namespace polycampaign::inline v1::command
