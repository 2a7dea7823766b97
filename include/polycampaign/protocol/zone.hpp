#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/timestamp.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {
struct ZoneTable;
}

namespace polycampaign::inline v1::protocol {

/// A time zone with its real rules. Cheap to copy; never throws.
///
/// Threads: immutable, so any number of threads may use it.
class POLYCAMPAIGN_EXPORT Zone {
 public:
  /// Creates UTC.
  Zone() noexcept = default;

  /// Returns the zone with an IANA name. `UTC` and `Etc/UTC` always work. Errors: `configuration` (the name
  /// is unknown, or the system's time zone data cannot be read in full; Europe/Paris is then still available,
  /// by the EU rule).
  [[nodiscard]] static Result<Zone> find(std::string_view name);

  /// The instant that a wall clock time means.
  struct Instant {
    std::chrono::sys_seconds time{};  ///< UTC
    /// False: the wall clock showed this time twice (`time` is the first) or never (`time` is the
    /// transition).
    bool exact = true;
  };
  /// Converts a wall clock time to UTC. `wall` is the wall clock time read as if it were UTC.
  [[nodiscard]] Instant to_utc(std::chrono::sys_seconds wall) const noexcept {
    return table_ == nullptr ? Instant{.time = wall} : by_table(wall);
  }
  /// Returns what the wall clock shows at `time`, as if that were UTC.
  [[nodiscard]] std::chrono::sys_seconds to_wall(std::chrono::sys_seconds time) const noexcept;

 private:
  [[nodiscard]] Instant by_table(std::chrono::sys_seconds wall) const noexcept;

  wire::ZoneTable const* table_ = nullptr;  // null: UTC. Valid for the lifetime of the program.
};

/// What a vendor's times without an offset mean, and how that is known. A plain value. The default is UTC,
/// documented by the vendor.
struct ClockRule {
  Zone zone{};                              ///< the zone of the wall clock
  ZoneBasis basis = ZoneBasis::documented;  ///< the basis for `Timestamp::zone` of times read by this rule
};

/// Returns the rule for a vendor that documents no time zone: the account's `time_zone` (`configured`) or, if
/// that is empty, `otherwise` (`assumed`). Errors: `configuration`, naming `time_zone`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<ClockRule> clock_rule(std::string_view time_zone,
                                                               std::string_view otherwise = "UTC");

/// Formats a wall clock time as `YYYY-MM-DD hh:mm:ss`, for the bounds in a request. For a vendor with a zone
/// of its own, pass the result of `Zone::to_wall`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string format_wall(std::chrono::sys_seconds wall);

}  // namespace polycampaign::inline v1::protocol
