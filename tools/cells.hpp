#pragma once

#include "polycampaign/cost.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Values as people read them in tables and cards. An absent value is `-`.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view absent = "-";

[[nodiscard]] std::string text_or_absent(std::optional<std::string> const& text);
[[nodiscard]] std::string count_text(Count const& count);
[[nodiscard]] std::string cost_cell(std::optional<Cost> const& cost);
/// Returns text such as `2021-04-27 19:44`, with a `~` if the time zone is assumed.
[[nodiscard]] std::string minute(CompactOptional<Timestamp> const& time);

}  // namespace polycampaign::inline v1::command
