#pragma once

#include "polycampaign/campaign_rules.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// A line of a table of limits: its name, and what it contains for a vendor.
struct RuleRow {
  std::string_view name{};
  std::function<std::string(CampaignRules const&)> cell{};
};

/// Explains the cells of `rule_rows`.
inline constexpr std::string_view rule_legend =
    "Limits of new campaigns: more is refused; more than the number in parentheses gives a warning, because\n"
    "the vendor's documents disagree.\n";

std::vector<RuleRow> rule_rows();

/// A limit for which the vendor's page is known.
struct RuleLimit {
  std::string_view name{};      ///< as in `rule_rows`
  std::string_view evidence{};  ///< see Limit
};

std::vector<RuleLimit> rule_limits(CampaignRules const& rules);

/// Returns a line per option: its name, its values and what it does.
std::vector<std::string> option_lines(CampaignRules const& rules);

/// Returns what the vendor replaces in texts, with a comma between two; empty if there is nothing.
std::string placeholder_line(CampaignRules const& rules);

nlohmann::ordered_json rules_json(CampaignRules const& rules);

}  // namespace polycampaign::inline v1::command
