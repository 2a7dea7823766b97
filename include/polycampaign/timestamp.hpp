#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// How the zone of a vendor's time is known.
enum class ZoneBasis : std::uint8_t {
  documented,  ///< the vendor's documents say it, or the text carries an offset, or it is a Unix time
  configured,  ///< the account's `time_zone` says it
  assumed,     ///< nobody says it: the library's assumption for this vendor
};

/// The enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(ZoneBasis basis) noexcept;

/// A point in time, UTC, to the second.
struct Timestamp {
  std::chrono::sys_seconds time{};  ///< UTC, whatever zone the vendor writes
  /// How sure the zone is: with `assumed`, `time` may be hours off.
  ZoneBasis zone = ZoneBasis::documented;

  friend bool operator==(Timestamp const&, Timestamp const&) = default;
};

/// RFC 3339 in UTC: `2021-04-27T19:44:06Z`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(Timestamp const& timestamp);
/// The same without a basis.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_rfc3339(std::chrono::sys_seconds time);

/// Reads RFC 3339 (`2021-04-27T19:44:06+02:00`), also without seconds or with whole hours as the offset
/// (`2021-04-27T19:44+02`), or a date (`2021-04-27`, 00:00 UTC). Years 0 to 9999, in UTC too.
///
/// Errors: `invalid_argument`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::chrono::sys_seconds> parse_time(std::string_view text);

}  // namespace polycampaign::inline v1
