#include "campaign_rules_view.hpp"

#include "polycampaign/capabilities.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::command {

namespace {

constexpr std::string_view sender_letters = "letters of a sender";
constexpr std::string_view sender_digits = "digits of a sender";
constexpr std::string_view numbers_of_request = "numbers of a request";
constexpr std::string_view name_of_list = "characters of a name";

std::string limit_cell(Limit const& limit) {
  auto const doubt = limit.doubtful == 0 ? std::string{} : "(" + std::to_string(limit.doubtful) + ")";
  if (limit.most == 0) return doubt.empty() ? "-" : doubt;
  return std::to_string(limit.most).append(doubt.empty() ? "" : " ").append(doubt);
}

/// By the names that the tables and the JSON show.
struct NamedLimit {
  std::string_view name{};
  std::string_view member{};
  Limit CampaignRules::*limit{};
};

constexpr std::array named_limits{
    NamedLimit{"numbers of a campaign", "recipients", &CampaignRules::recipients},
    NamedLimit{"lists of a campaign", "lists", &CampaignRules::lists},
    NamedLimit{"characters of a name", "name", &CampaignRules::name},
    NamedLimit{"characters of a reference", "reference", &CampaignRules::reference},
    NamedLimit{"units of a GSM-7 text", "gsm7_units", &CampaignRules::gsm7_units},
    NamedLimit{"units of a UCS-2 text", "ucs2_units", &CampaignRules::ucs2_units},
    NamedLimit{"characters of a text", "characters", &CampaignRules::characters},
    NamedLimit{"days ahead", "days_ahead", &CampaignRules::days_ahead},
};

std::string joined(auto const& words, auto text_of) {
  std::string all;
  for (auto const& word : words) all.append(all.empty() ? "" : ", ").append(text_of(word));
  return all;
}

std::string_view word_for(OptionKind kind) {
  switch (kind) {
    case OptionKind::number: return "number";
    case OptionKind::word: return "word";
    case OptionKind::flag: return "flag";
    case OptionKind::text: break;
  }
  return "text";
}

std::string values_of(OptionRule const& rule) {
  auto const range = std::to_string(rule.least) + " to " + std::to_string(rule.most);
  switch (rule.kind) {
    case OptionKind::number: return "a number from " + range;
    case OptionKind::word: return joined(rule.words, [](std::string_view word) { return word; });
    case OptionKind::flag: return "true, false";
    case OptionKind::text: break;
  }
  return "a text of " + range + " bytes";
}

nlohmann::ordered_json limit_json(Limit const& limit) {
  return {
      {"most", limit.most == 0 ? nlohmann::ordered_json{} : nlohmann::ordered_json(limit.most)},
      {"doubtful", limit.doubtful == 0 ? nlohmann::ordered_json{} : nlohmann::ordered_json(limit.doubtful)},
      {"evidence", limit.evidence}};
}

nlohmann::ordered_json options_json(CampaignRules const& rules) {
  nlohmann::ordered_json options = nlohmann::ordered_json::array();
  for (auto const& rule : rules.options) {
    nlohmann::ordered_json option{{"name", rule.name}, {"kind", word_for(rule.kind)}};
    bool const sized = rule.kind == OptionKind::text || rule.kind == OptionKind::number;
    option["least"] = sized ? nlohmann::ordered_json(rule.least) : nlohmann::ordered_json{};
    option["most"] = sized ? nlohmann::ordered_json(rule.most) : nlohmann::ordered_json{};
    option["words"] = nlohmann::ordered_json::array();
    for (auto const word : rule.words) option["words"].push_back(word);
    option["repeatable"] = rule.repeatable;
    option["replaces_text"] = rule.replaces_text;
    option["summary"] = rule.summary;
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace

std::vector<RuleRow> rule_rows() {
  std::vector<RuleRow> rows{
      {"channels",
       [](CampaignRules const& rules) {
         return joined(rules.channels, [](Channel channel) { return to_string(channel); });
       }},
      {"a sender is",
       [](CampaignRules const& rules) { return rules.sender.required ? "required" : "optional"; }},
      {sender_letters, [](CampaignRules const& rules) { return limit_cell(rules.sender.letters); }},
      {sender_digits, [](CampaignRules const& rules) { return limit_cell(rules.sender.digits); }},
      {"digits of a number, least",
       [](CampaignRules const& rules) { return std::to_string(rules.least_number_digits); }},
  };
  for (auto const& each : named_limits)
    rows.push_back(
        {each.name, [limit = each.limit](CampaignRules const& rules) { return limit_cell(rules.*limit); }});
  return rows;
}

std::vector<RuleLimit> rule_limits(CampaignRules const& rules) {
  std::vector<RuleLimit> all{{sender_letters, rules.sender.letters.evidence},
                             {sender_digits, rules.sender.digits.evidence}};
  for (auto const& each : named_limits) all.push_back({each.name, (rules.*each.limit).evidence});
  std::erase_if(all, [](RuleLimit const& each) { return each.evidence.empty(); });
  return all;
}

std::vector<std::string> option_lines(CampaignRules const& rules) {
  std::vector<std::string> lines;
  for (auto const& rule : rules.options) {
    std::string line{rule.name};
    line.append(" (").append(values_of(rule));
    if (rule.repeatable) line.append("; may be repeated");
    if (rule.replaces_text) line.append("; instead of a text");
    lines.push_back(line.append("): ").append(rule.summary));
  }
  return lines;
}

std::string placeholder_line(CampaignRules const& rules) {
  return joined(rules.placeholders, [](Placeholder const& each) {
    return std::string{each.pattern}.append(each.lists_only ? " (to lists only)" : "");
  });
}

nlohmann::ordered_json rules_json(CampaignRules const& rules) {
  nlohmann::ordered_json features = nlohmann::ordered_json::object();
  for (auto const feature : all_features()) {
    auto const found = std::ranges::find(rules.features, feature, &FeatureSupport::feature);
    features[std::string{to_string(feature)}] = {
        {"support", to_string(rules.support(feature))},
        {"evidence", found == rules.features.end() ? std::string_view{} : found->evidence}};
  }
  nlohmann::ordered_json channels = nlohmann::ordered_json::array();
  for (auto const channel : rules.channels) channels.push_back(to_string(channel));
  nlohmann::ordered_json limits = nlohmann::ordered_json::object();
  for (auto const& each : named_limits) limits[std::string{each.member}] = limit_json(rules.*each.limit);
  limits["least_number_digits"] = rules.least_number_digits;
  nlohmann::ordered_json placeholders = nlohmann::ordered_json::array();
  for (auto const& each : rules.placeholders)
    placeholders.push_back({{"pattern", each.pattern}, {"lists_only", each.lists_only}});
  return {{"features", features},
          {"channels", channels},
          {"sender",
           {{"required", rules.sender.required},
            {"letters", limit_json(rules.sender.letters)},
            {"digits", limit_json(rules.sender.digits)}}},
          {"limits", limits},
          {"options", options_json(rules)},
          {"placeholders", placeholders}};
}

std::vector<ListRuleRow> list_rule_rows() {
  return {
      {numbers_of_request, [](RecipientListRules const& rules) { return limit_cell(rules.numbers); }},
      {name_of_list, [](RecipientListRules const& rules) { return limit_cell(rules.name); }},
      {"characters of a name, least",
       [](RecipientListRules const& rules) { return std::to_string(rules.least_name); }},
      {"a name consists of",
       [](RecipientListRules const& rules) {
         return rules.plain_name ? "letters, digits, - and _" : "any characters";
       }},
      {"a new list needs a number",
       [](RecipientListRules const& rules) { return rules.needs_numbers ? "yes" : "no"; }},
  };
}

std::vector<RuleLimit> list_rule_limits(RecipientListRules const& rules) {
  std::vector<RuleLimit> all{{numbers_of_request, rules.numbers.evidence},
                             {name_of_list, rules.name.evidence}};
  std::erase_if(all, [](RuleLimit const& each) { return each.evidence.empty(); });
  return all;
}

nlohmann::ordered_json list_rules_json(RecipientListRules const& rules) {
  return {{"limits",
           {{"numbers", limit_json(rules.numbers)},
            {"name", limit_json(rules.name)},
            {"least_name", rules.least_name}}},
          {"plain_name", rules.plain_name},
          {"needs_numbers", rules.needs_numbers}};
}

std::string report_cell(ReportRules const& rules) {
  if (!rules.delivery_reports) return "-";
  return rules.validity_hours > 0 ? std::to_string(rules.validity_hours) : "not documented";
}

nlohmann::ordered_json reports_json(ReportRules const& rules) {
  auto const hours =
      rules.validity_hours > 0 ? nlohmann::ordered_json(rules.validity_hours) : nlohmann::ordered_json{};
  return {
      {"delivery_reports", rules.delivery_reports}, {"validity_hours", hours}, {"evidence", rules.evidence}};
}

}  // namespace polycampaign::inline v1::command
