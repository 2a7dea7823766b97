#pragma once

#include "polycampaign/result.hpp"

#include <chrono>
#include <string_view>

namespace polycampaign::inline v1::command {

/// Parses `500ms`, `30s`, `2m` or `1h`: positive, and at most a day. Errors: `invalid_argument`.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Parses an RFC 3339 time, a date (00:00 UTC), or a time before `now`: `90m`, `12h`, `30d`, `2w`. Errors:
/// `invalid_argument`.
[[nodiscard]] Result<std::chrono::sys_seconds> parse_moment(std::string_view text,
                                                            std::chrono::sys_seconds now);

/// Parses an RFC 3339 time, a date (00:00 UTC), or a wait from `now`: `+90m`, `+2h`, `+3d`, `+1w`. Errors:
/// `invalid_argument`.
[[nodiscard]] Result<std::chrono::sys_seconds> parse_start(std::string_view text,
                                                           std::chrono::sys_seconds now);

}  // namespace polycampaign::inline v1::command
