#pragma once

#include "polycampaign/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

struct ZoneTable;

/// A time zone with its real rules. Cheap to copy; immutable. Never throws.
class Zone {
 public:
  /// UTC.
  Zone() noexcept = default;

  /// An IANA name. Errors: `configuration` (unknown, or the system's time zone data cannot be read in full;
  /// Europe/Paris is then still served, by the EU rule). `UTC` and `Etc/UTC` always work.
  [[nodiscard]] static Result<Zone> find(std::string_view name);

  struct Instant {
    std::chrono::sys_seconds time{};
    bool exact =
        true;  ///< false: the wall clock showed this twice (the first is taken) or never (the transition is)
  };
  [[nodiscard]] Instant to_utc(std::chrono::sys_seconds wall) const noexcept {
    return table_ == nullptr ? Instant{.time = wall} : by_table(wall);
  }
  [[nodiscard]] std::chrono::sys_seconds to_wall(std::chrono::sys_seconds time) const noexcept;

 private:
  [[nodiscard]] Instant by_table(std::chrono::sys_seconds wall) const noexcept;

  ZoneTable const* table_ = nullptr;  // null: UTC. Lives as long as the program.
};

}  // namespace polycampaign::inline v1::wire
