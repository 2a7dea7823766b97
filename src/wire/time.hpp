#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

/// A date and time as written: the clock on the wall, and the offset if the text has one.
struct DateTime {
  std::chrono::sys_seconds wall{};  ///< the wall clock read as if it were UTC
  std::optional<std::chrono::seconds> offset{};
};

/// `YYYY-MM-DD hh:mm:ss` with a blank, `T` or `t` between, or without seconds, a fraction (dropped), `Z`, `z`
/// or an offset (`+02:00`, `+0200`, `+02`), and the spellings `yyyyMM-dd` and `yyyy-MMdd` of Dexatel's pages;
/// blanks around it ignored. Strict otherwise: existing dates, hours to 23, seconds to 60 (60 counts as 59),
/// years 1970 to 9999.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view text) noexcept;

/// Whether RFC 3339 can write it: the years 0 to 9999.
[[nodiscard]] bool is_writable(std::chrono::sys_seconds time) noexcept;

/// Only `YYYY-MM-DD hh:mm:ss` with a blank or `T` between, nothing around it, no leap second: what nearly all
/// records hold, up to the year 9998, read without a branch for each digit. False for any other text, which
/// may still be a time.
[[nodiscard]] bool parse_plain_wall(std::string_view text, std::chrono::sys_seconds& wall) noexcept;

}  // namespace polycampaign::inline v1::wire
