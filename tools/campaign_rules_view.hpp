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
    "Limits: more is refused; more than the number in parentheses gives a warning, because\n"
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

/// The same for the limits of recipient lists.
/// @{
struct ListRuleRow {
  std::string_view name{};
  std::function<std::string(RecipientListRules const&)> cell{};
};
std::vector<ListRuleRow> list_rule_rows();
std::vector<RuleLimit> list_rule_limits(RecipientListRules const& rules);
nlohmann::ordered_json list_rules_json(RecipientListRules const& rules);
/// @}

/// Returns for how many hours a delivery report can come: `72`, `not documented`, or `-` for a vendor that
/// receives none.
std::string report_cell(ReportRules const& rules);
nlohmann::ordered_json reports_json(ReportRules const& rules);

}  // namespace polycampaign::inline v1::command
