#include "planning/plan_parts.hpp"

#include "polycampaign/protocol/failure.hpp"

#include "text/ascii.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace polycampaign::inline v1::planning {

using protocol::failure;

namespace {

constexpr std::size_t most_shown_characters = 20;

std::optional<std::size_t> not_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    auto const bytes = text::first_code_point(text.substr(at)).bytes;
    if (bytes == 0) return at;
    at += bytes;
  }
  return std::nullopt;
}

std::string source(std::string_view evidence) {
  return evidence.empty() ? std::string{} : " (" + std::string{evidence} + ")";
}

/// Returns what is wrong with an option's value, or an empty string.
std::string fault(OptionRule const& rule, std::string const& value) {
  switch (rule.kind) {
    case OptionKind::text: {
      auto const size = static_cast<std::int64_t>(value.size());
      if (size < rule.least || (rule.most > 0 && size > rule.most))
        return "takes " + std::to_string(rule.least) + " to " + std::to_string(rule.most) + " bytes";
      if (not_utf8(value)) return "takes UTF-8";
      return {};
    }
    case OptionKind::number: {
      auto const number = text::whole_number(value);
      if (!number || *number < rule.least || *number > rule.most)
        return "takes a whole number from " + std::to_string(rule.least) + " to " + std::to_string(rule.most);
      return {};
    }
    case OptionKind::word: {
      if (std::ranges::find(rule.words, std::string_view{value}) != rule.words.end()) return {};
      return "takes one of " + text::listed({rule.words.begin(), rule.words.end()});
    }
    case OptionKind::flag:
      if (value == "true" || value == "false") return {};
      return "takes true or false";
  }
  return {};
}

/// Returns whether the pattern stands at the beginning of the text.
bool begins_with(std::string_view text, std::string_view pattern) noexcept {
  std::size_t at = 0;
  for (char const c : pattern) {
    auto const part = [c](char of_text) {
      return c == '#' ? text::is_digit(of_text)
                      : text::is_digit(of_text) || text::is_letter(of_text) || of_text == '_';
    };
    if (c == '#' || c == '*') {
      auto const begin = at;
      while (at < text.size() && part(text[at])) ++at;
      if (at == begin) return false;
    } else if (at == text.size() || text[at++] != c) {
      return false;
    }
  }
  return true;
}

bool contains(std::string_view text, std::string_view pattern) noexcept {
  for (auto at = text.find(pattern.front()); at != std::string_view::npos;
       at = text.find(pattern.front(), at + 1))
    if (begins_with(text.substr(at), pattern)) return true;
  return false;
}

}  // namespace

Error wrong(std::string message) {
  return failure(ErrorCode::invalid_argument, std::move(message));
}

std::int64_t characters(std::string_view text) noexcept {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count)
    at += std::max<std::size_t>(text::first_code_point(text.substr(at)).bytes, 1);
  return count;
}

Result<void> check_options(CampaignRules const& rules, std::span<CampaignOption const> options) {
  std::set<std::string_view> seen;
  for (auto const& option : options) {
    auto const rule = std::ranges::find(rules.options, std::string_view{option.name}, &OptionRule::name);
    if (rule == rules.options.end()) {
      if (rules.options.empty()) return wrong("options: this vendor has none");
      std::vector<std::string_view> names;
      for (auto const& known : rules.options) names.push_back(known.name);
      return wrong("options: " + text::unknown_word("option", option.name, names));
    }
    if (auto const what = fault(*rule, option.value); !what.empty())
      return wrong("options: `" + option.name + "` " + what);
    if (!seen.insert(rule->name).second && !rule->repeatable)
      return wrong("options: `" + option.name + "` is given twice");
  }
  return {};
}

bool replaces_text(CampaignRules const& rules, std::span<CampaignOption const> options) {
  return std::ranges::any_of(options, [&](CampaignOption const& option) {
    auto const rule = std::ranges::find(rules.options, std::string_view{option.name}, &OptionRule::name);
    return rule != rules.options.end() && rule->replaces_text;
  });
}

Planner::Planner(Capabilities const& capabilities, PlanContext const& context)
    : capabilities_{capabilities}, context_{context} {}

Error Planner::lacks(Feature feature, std::string_view member) const {
  auto const row = std::ranges::find(rules().features, feature, &FeatureSupport::feature);
  auto message = std::string{member} + ": " + vendor() + " does not support this";
  if (row != rules().features.end() && !row->evidence.empty()) message.append(": ").append(row->evidence);
  return failure(ErrorCode::unsupported, std::move(message));
}

Error Planner::no_channel(Channel channel) const {
  std::vector<std::string_view> words;
  for (auto const known : rules().channels) words.push_back(to_string(known));
  return failure(ErrorCode::unsupported, "channel: campaigns at " + vendor() + " can use " +
                                             text::listed(words) + ", not " +
                                             std::string{to_string(channel)});
}

Result<void> Planner::within(Limit const& limit, std::int64_t value, std::string_view member,
                             std::string_view unit) {
  if (limit.most > 0 && value > limit.most)
    return wrong(std::string{member} + ": " + std::to_string(value) + " " + std::string{unit} +
                 ", but at most " + std::to_string(limit.most) + " are possible" + source(limit.evidence));
  doubt(limit, value, member, unit);
  return {};
}

Result<void> Planner::within_text(Limit const& limit, std::string_view value, std::string_view member) {
  if (not_utf8(value)) return wrong(std::string{member} + ": it is not valid UTF-8");
  return within(limit, characters(value), member, "characters");
}

void Planner::doubt(Limit const& limit, std::int64_t value, std::string_view member, std::string_view unit) {
  if (limit.doubtful == 0 || value <= limit.doubtful || (limit.most > 0 && value > limit.most)) return;
  // once for all recipients
  auto const name = member.starts_with("recipients[") ? std::string{"recipients"} : std::string{member};
  if (!doubted_.insert(name + ' ' + std::string{unit}).second) return;
  plan.warnings.push_back(std::string{member} + ": more than " + std::to_string(limit.doubtful) + " " +
                          std::string{unit} + "; the vendor may refuse that" + source(limit.evidence) + ".");
}

Result<void> Planner::check_sender(std::string_view sender) {
  auto const& rule = rules().sender;
  if (sender.empty())
    return rule.required ? Result<void>{wrong("sender: a campaign at " + vendor() + " needs one")}
                         : Result<void>{};
  if (not_utf8(sender)) return wrong("sender: it is not valid UTF-8");
  auto const digits = std::ranges::count_if(sender, text::is_digit);
  bool const number = digits > 0 && sender.find_first_not_of("+0123456789 -./()") == std::string_view::npos;
  return number ? within(rule.digits, digits, "sender", "digits")
                : within(rule.letters, characters(sender), "sender", "characters");
}

Result<void> Planner::check_start(std::chrono::sys_seconds start, Feature feature) {
  using std::chrono::days;
  using std::chrono::floor;
  if (rules().support(feature) == Support::unsupported) return lacks(feature, "start_at");
  auto const text = to_rfc3339(start);
  if (context_.now && start <= *context_.now)
    return wrong("start_at: " + text + " is in the past; leave it out to send at once");
  plan.start_at = start;

  auto const zone = context_.clock ? context_.clock->zone : protocol::Zone{};
  auto const wall = zone.to_wall(start);
  if (context_.now && rules().days_ahead.most > 0) {
    auto const ahead = floor<days>(wall) - floor<days>(zone.to_wall(*context_.now));
    if (ahead.count() > rules().days_ahead.most)
      return wrong("start_at: " + text + " is " + std::to_string(ahead.count()) +
                   " days ahead, but at most " + std::to_string(rules().days_ahead.most) + " are possible" +
                   source(rules().days_ahead.evidence));
  }
  if (!context_.clock) return {};
  plan.vendor_start = protocol::format_wall(wall);
  auto const read = zone.to_utc(wall);
  if (read.time != start)
    return wrong("start_at: " + text + " cannot be expressed to " + vendor() + ": its clock shows " +
                 plan.vendor_start + " twice that day, and means the first time, " + to_rfc3339(read.time));
  if (!read.exact)
    plan.warnings.push_back("start_at: " + vendor() + "'s clock shows " + plan.vendor_start +
                            " twice that day; the campaign is meant to start at the first time, " + text +
                            ".");
  if (context_.clock->basis == ZoneBasis::assumed)
    plan.warnings.push_back(
        "start_at: " + vendor() +
        " documents no time zone for starts, so UTC is assumed; the account's `time_zone` "
        "sets another one.");
  return {};
}

Result<std::int64_t> Planner::read_text(std::string_view text, std::string const& member) {
  if (text.empty() && text_is_elsewhere) return std::int64_t{0};
  if (text.empty()) return wrong(member + ": the text is empty");
  auto analysis = analyze(text);
  if (!analysis) return wrong(member + ": " + analysis.error().message);
  auto const& limit = analysis->encoding == TextEncoding::gsm7 ? rules().gsm7_units : rules().ucs2_units;
  auto const unit = analysis->encoding == TextEncoding::gsm7 ? "GSM-7 units" : "UCS-2 units";
  if (auto fits = within(limit, analysis->units, member, unit); !fits) return fits.error();
  if (auto fits = within(rules().characters, analysis->characters, member, "characters"); !fits)
    return fits.error();
  if (analysis->parts > max_text_parts)
    return wrong(member + ": " + std::to_string(analysis->parts) + " parts, but a message has at most " +
                 std::to_string(max_text_parts));
  if (analysis->encoding == TextEncoding::ucs2) plan.encoding = TextEncoding::ucs2;
  plan.parts = std::max(plan.parts, analysis->parts);
  for (auto& character : analysis->ucs2_characters) {
    if (plan.ucs2_characters.size() >= most_shown_characters) break;
    if (std::ranges::find(plan.ucs2_characters, character) == plan.ucs2_characters.end())
      plan.ucs2_characters.push_back(std::move(character));
  }
  return analysis->parts;
}

void Planner::note_placeholders(NewCampaign const& campaign) {
  for (auto const& placeholder : rules().placeholders) {
    if (placeholder.lists_only && campaign.lists.empty()) continue;
    auto const in = [&](std::string_view text) { return contains(text, placeholder.pattern); };
    if (in(campaign.text) || std::ranges::any_of(campaign.recipients, [&](Recipient const& recipient) {
          return recipient.text && in(*recipient.text);
        }))
      plan.warnings.push_back("text: " + vendor() + " replaces " + std::string{placeholder.pattern} +
                              " by something else (# stands for digits, * for a word).");
  }
}

}  // namespace polycampaign::inline v1::planning
