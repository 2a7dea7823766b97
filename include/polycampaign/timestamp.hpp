#pragma once

#include "polycampaign/compact_optional.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// How the library knows the time zone of a vendor's time.
enum class ZoneBasis : std::uint8_t {
  documented,  ///< the vendor documents it, or the time carries an offset, or it is a Unix time
  configured,  ///< the account's `time_zone` names it
  assumed,     ///< assumed by the library; also for a local time that occurs twice or never
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(ZoneBasis basis) noexcept;

/// A point in time in UTC, to the second.
struct Timestamp {
  std::chrono::sys_seconds time{};  ///< in UTC, whatever time zone the vendor uses
  /// How the time zone is known. With `assumed`, `time` may be wrong by hours.
  ZoneBasis zone = ZoneBasis::documented;

  friend bool operator==(Timestamp const&, Timestamp const&) = default;
};

namespace detail {

/// Stores both members in one number. Times more than 2^61 seconds from 1970 are clamped to that limit.
template <>
class CompactStorage<Timestamp> {
 public:
  [[nodiscard]] constexpr bool has() const noexcept { return packed_ != absent; }
  constexpr void clear() noexcept { packed_ = absent; }
  constexpr void set(Timestamp const& value) noexcept {
    auto const seconds = value.time.time_since_epoch().count();
    packed_ = (seconds > most ? most : seconds < -most ? -most : seconds) * 4 + static_cast<int>(value.zone);
  }
  [[nodiscard]] constexpr Timestamp operator*() const noexcept {
    return {std::chrono::sys_seconds{std::chrono::seconds{packed_ >> 2}},
            static_cast<ZoneBasis>(packed_ & 3)};
  }
  struct Pointer {
    Timestamp value;
    [[nodiscard]] constexpr Timestamp const* operator->() const noexcept { return &value; }
  };
  [[nodiscard]] constexpr Pointer operator->() const noexcept { return {**this}; }

 private:
  static constexpr std::int64_t absent = (std::numeric_limits<std::int64_t>::min)();
  static constexpr std::int64_t most = (std::int64_t{1} << 61) - 1;
  std::int64_t packed_ = absent;
};

}  // namespace detail

/// Formats the time as RFC 3339 in UTC: `2021-04-27T19:44:06Z`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(Timestamp const& timestamp);
/// Formats a time without a ZoneBasis in the same way.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_rfc3339(std::chrono::sys_seconds time);

/// Parses RFC 3339 (`2021-04-27T19:44:06+02:00`), also without seconds or with only hours in the offset
/// (`2021-04-27T19:44+02`), or a date (`2021-04-27`, 00:00 UTC). Years are 0 to 9999, also in UTC.
///
/// Errors: `invalid_argument`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::chrono::sys_seconds> parse_time(std::string_view text);

}  // namespace polycampaign::inline v1
