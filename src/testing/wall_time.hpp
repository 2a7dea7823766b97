#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing {

/// What a clock on a wall in UTC, or in Paris, shows at that moment. Independent of the library's own zones
/// on purpose: Paris follows the rule of the EU since 1996 (summer from 01:00 UTC of March's last Sunday to
/// 01:00 UTC of October's).
[[nodiscard]] std::chrono::local_seconds utc_wall(std::chrono::sys_seconds time) noexcept;
[[nodiscard]] std::chrono::local_seconds paris_wall(std::chrono::sys_seconds time) noexcept;

/// `2024-10-21 10:16:58`
[[nodiscard]] std::string wall_text(std::chrono::local_seconds wall);
/// The same read back; nothing for any other text and for days that do not exist.
[[nodiscard]] std::optional<std::chrono::local_seconds> read_wall(std::string_view text);

}  // namespace polycampaign::inline v1::testing
