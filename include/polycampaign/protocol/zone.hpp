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
/// Threads: immutable, so any number.
class POLYCAMPAIGN_EXPORT Zone {
 public:
  /// UTC.
  Zone() noexcept = default;

  /// The zone of an IANA name. Errors: `configuration` (unknown, or the system's time zone data cannot be
  /// read in full; Europe/Paris is then still served, by the EU rule). `UTC` and `Etc/UTC` always work.
  [[nodiscard]] static Result<Zone> find(std::string_view name);

  /// What a clock on the wall means.
  struct Instant {
    std::chrono::sys_seconds time{};  ///< UTC
    /// False: the wall clock showed this twice (`time` is the first) or never (`time` is the transition).
    bool exact = true;
  };
  /// `wall` is the wall clock read as if it were UTC.
  [[nodiscard]] Instant to_utc(std::chrono::sys_seconds wall) const noexcept {
    return table_ == nullptr ? Instant{.time = wall} : by_table(wall);
  }
  /// What the wall clock shows then, as if it were UTC.
  [[nodiscard]] std::chrono::sys_seconds to_wall(std::chrono::sys_seconds time) const noexcept;

 private:
  [[nodiscard]] Instant by_table(std::chrono::sys_seconds wall) const noexcept;

  wire::ZoneTable const* table_ = nullptr;  // null: UTC. Lives as long as the program.
};

/// What a vendor's times without an offset mean, and how that is known. A plain value; by default UTC, as the
/// vendor documents it.
struct ClockRule {
  Zone zone{};                              ///< of the wall clock
  ZoneBasis basis = ZoneBasis::documented;  ///< what `Timestamp::zone` says of times that are read by it
};

/// For a vendor that documents no zone: the account's `time_zone` (`configured`) or, when that is empty,
/// `otherwise` (`assumed`). Errors: `configuration`, naming `time_zone`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<ClockRule> clock_rule(std::string_view time_zone,
                                                               std::string_view otherwise = "UTC");

/// `YYYY-MM-DD hh:mm:ss`, for a request's bounds: of `Zone::to_wall`, for a vendor with a zone of its own.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string format_wall(std::chrono::sys_seconds wall);

}  // namespace polycampaign::inline v1::protocol
