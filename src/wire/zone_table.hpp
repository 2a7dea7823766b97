#pragma once

#include "polycampaign/protocol/zone.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

using protocol::Zone;

/// A zone's offsets from 1970 to the end of `last_year`, copied out of the system's data base once: a look-up
/// then takes nanoseconds and neither throws nor allocates, whatever library the data came from. Later
/// years are served by an equal calendar year within the last 28, which is exact for every zone whose rule
/// repeats yearly.
struct ZoneTable {
  /// Fat zone files end here, and some libraries read nothing else of a zone file.
  static constexpr int last_year = 2037;

  struct Period {
    std::chrono::sys_seconds begin{};
    std::chrono::seconds offset{};
    /// The wall clock from which this period may be the one: before it, it is not.
    std::chrono::sys_seconds earliest_wall{};
    /// The wall clock from which it is the only one.
    std::chrono::sys_seconds latest_wall{};
  };
  std::string name{};
  std::vector<Period> periods{};  ///< by time; the first one also serves all time before it
  /// For each 2^24 seconds (194 days) since 1970: the last period that can begin before them.
  std::array<std::uint16_t, 128> first_guess{};

  /// In order of time.
  void add(std::chrono::sys_seconds begin, std::chrono::seconds offset);
  [[nodiscard]] Zone::Instant to_utc(std::chrono::sys_seconds wall) const noexcept;
  [[nodiscard]] std::chrono::sys_seconds to_wall(std::chrono::sys_seconds time) const noexcept;
};

/// Central European time by the rule of directive 2000/84/EC and its forerunners: summer time from the last
/// Sunday of March to the last Sunday of October, 01:00 UTC. Right from 1996 on; winter time before.
[[nodiscard]] ZoneTable central_european_table();

/// Nothing when the data base cannot be read or does not know the name.
[[nodiscard]] std::optional<ZoneTable> database_table(std::string const& name) noexcept;

/// Whether the data base told more than the beginnings of zones: a library that stops at a zone file's table
/// shows Paris in winter time for ever where the file leaves the current rule to its footer.
[[nodiscard]] bool knows_summer_time(ZoneTable const& paris) noexcept;

/// What `Zone::find` serves: `found`, unless the data base cannot be trusted by what it says of Paris.
/// Errors: `configuration`.
[[nodiscard]] Result<ZoneTable> trusted_table(std::string_view name, std::optional<ZoneTable> found,
                                              std::optional<ZoneTable> const& paris);

}  // namespace polycampaign::inline v1::wire
