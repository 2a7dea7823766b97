#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing {

/// Returns what a wall clock in UTC, or in Paris, shows at that moment. Deliberately independent of the
/// library's own time zones. Paris follows the rule that the EU has had since 1996: summer time lasts from
/// 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
[[nodiscard]] std::chrono::local_seconds utc_wall(std::chrono::sys_seconds time) noexcept;
[[nodiscard]] std::chrono::local_seconds paris_wall(std::chrono::sys_seconds time) noexcept;

/// Returns the moment at which a wall clock in Paris shows that time, the first of two. Nothing if it never
/// does.
[[nodiscard]] std::optional<std::chrono::sys_seconds> paris_time(std::chrono::local_seconds wall) noexcept;

/// Returns text such as `2024-10-21 10:16:58`.
[[nodiscard]] std::string wall_text(std::chrono::local_seconds wall);
/// Parses such text. Returns nothing for any other text, and for days that do not exist.
[[nodiscard]] std::optional<std::chrono::local_seconds> read_wall(std::string_view text);

}  // namespace polycampaign::inline v1::testing
