#include "submission_view.hpp"

#include "polycampaign/json.hpp"

#include "display.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::command {

namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(CreateOutcome outcome) noexcept {
  switch (outcome) {
    case CreateOutcome::planned: return "planned";
    case CreateOutcome::accepted: return "accepted";
    case CreateOutcome::unresolved: return "unresolved";
    case CreateOutcome::refused: break;
  }
  return "refused";
}

Json number(Count const& count) {
  return count ? Json(*count) : Json{};
}

Json parts_of(std::optional<Plan> const& plan) {
  return plan && plan->parts > 0 ? Json(plan->parts) : Json{};
}

/// Returns the notes of a submission without those that the plan has already.
Json own_notes(Submission const& submission, std::optional<Plan> const& plan) {
  auto notes = Json::array();
  for (auto const& note : submission.notes)
    if (!plan || std::ranges::find(plan->warnings, note) == plan->warnings.end()) notes.push_back(note);
  return notes;
}

/// The campaign that was created, in the library's own form but for what is about the whole create.
Json campaign_json(CreateReport const& report) {
  Submission const none{};
  auto const& submission = report.submission ? *report.submission : none;
  auto const parsed = Json::parse(to_json(submission));
  Json campaign;
  campaign["id"] = parsed["id"];
  campaign["outcome"] = name_of(report.outcome);
  campaign["status"] = report.submission ? parsed["status"] : Json{};
  campaign["vendor_status"] = parsed["vendor_status"];
  campaign["recipients"] = report.submission ? parsed["recipients"]
                           : report.plan     ? number(report.plan->recipients)
                                             : Json{};
  campaign["filtered"] = parsed["filtered"];
  campaign["filtered_by"] = parsed["filtered_by"];
  campaign["scheduled_at"] = parsed["scheduled_at"];
  campaign["cost"] = parsed["cost"];
  campaign["notes"] = own_notes(submission, report.plan);
  return campaign;
}

/// Lines of a title and a value, with the values below each other.
class Lines {
 public:
  void add(std::string_view title, std::string_view value) {
    constexpr std::size_t width = 12;
    text_.append("  ").append(pad_right(title, width)).append(" ").append(printable(value)).append("\n");
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_{};
};

std::string count_or_unknown(Count const& count) {
  return count ? std::to_string(*count) : std::string{"unknown"};
}

std::string filtered_text(Count const& filtered, std::vector<VendorCounter> const& by) {
  auto text = count_or_unknown(filtered);
  for (std::size_t i = 0; i < by.size(); ++i)
    text += (i == 0 ? " (" : ", ") + by[i].name + " " + std::to_string(by[i].value);
  return by.empty() ? text : text + ")";
}

std::string cost_text(Cost const& cost) {
  return cost.amount.text() + " " + cost.unit + (cost.kind == CostKind::estimate ? " (estimate)" : "");
}

void add_warnings(Lines& lines, std::vector<std::string> const& warnings, std::string_view title) {
  for (auto const& warning : warnings) lines.add(title, warning);
}

std::string parts_text(Plan const& plan) {
  if (plan.parts == 0) return "unknown, because the text is at the vendor";
  auto text = std::to_string(plan.parts) + " (" + std::string{to_string(plan.encoding)};
  if (!plan.ucs2_characters.empty()) {
    text += ", because of";
    for (auto const& character : plan.ucs2_characters) text += " " + character;
  }
  return text + ")";
}

std::string at_once(bool draft) {
  return draft ? "not scheduled (draft)" : "at once";
}

}  // namespace

std::string report_json(CreateReport const& report) {
  auto campaigns = Json::array();
  if (report.submission || report.outcome == CreateOutcome::unresolved)
    campaigns.push_back(campaign_json(report));
  Json json{{"account", report.account},
            {"provider", report.provider},
            {"key", report.key.empty() ? Json{} : Json(report.key)},
            {"outcome", name_of(report.outcome)},
            {"repeated", false},
            {"recipients", report.submission ? number(report.submission->recipients)
                           : report.plan     ? number(report.plan->recipients)
                                             : Json{}},
            {"parts", parts_of(report.plan)},
            {"campaigns", std::move(campaigns)}};
  if (report.estimate) json["estimate"] = Json::parse(to_json(*report.estimate, report.account));
  json["warnings"] = report.plan ? Json(report.plan->warnings) : Json::array();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string report_text(CreateReport const& report) {
  Lines lines;
  lines.add("Account", report.account + " (" + std::string{report.provider} + ")");
  lines.add("Outcome", name_of(report.outcome));
  if (!report.submission) return std::move(lines).text();
  auto const& submission = *report.submission;
  lines.add("Campaign", submission.id.value_or("unknown"));
  lines.add("Status", std::string{to_string(submission.status.code)} +
                          (submission.status.vendor_word ? " (" + *submission.status.vendor_word + ")" : ""));
  lines.add("Recipients", count_or_unknown(submission.recipients));
  if (submission.filtered) lines.add("Filtered", filtered_text(submission.filtered, submission.filtered_by));
  lines.add("Starts", submission.scheduled_at ? to_string(*submission.scheduled_at) : at_once(report.draft));
  if (submission.cost) lines.add("Cost", cost_text(*submission.cost));
  add_warnings(lines, submission.notes, "Note");
  return std::move(lines).text();
}

std::string plan_text(CreateReport const& report) {
  auto const& plan = *report.plan;
  auto const& estimate = report.estimate;
  Lines lines;
  lines.add("Account", report.account + " (" + std::string{report.provider} + ")");
  lines.add("Recipients", plan.lists > 0 ? std::to_string(plan.lists) + (plan.lists == 1 ? " list" : " lists")
                                         : count_or_unknown(plan.recipients));
  lines.add("Parts", parts_text(plan));
  if (!plan.start_at)
    lines.add("Starts", at_once(report.draft));
  else
    lines.add("Starts",
              to_rfc3339(*plan.start_at) +
                  (plan.vendor_start.empty() ? "" : " (for the vendor: " + plan.vendor_start + ")"));
  if (estimate && estimate->filtered && *estimate->filtered > 0)
    lines.add("Filtered", filtered_text(estimate->filtered, estimate->filtered_by));
  lines.add("Cost", estimate && estimate->cost ? cost_text(*estimate->cost) : "unknown");
  add_warnings(lines, plan.warnings, "Warning");
  return std::move(lines).text();
}

std::string estimate_text(Estimate const& estimate, std::string_view account) {
  Lines lines;
  lines.add("Account", std::string{account} + " (" + std::string{estimate.provider} + ")");
  lines.add("Recipients", count_or_unknown(estimate.recipients));
  lines.add("Parts", count_or_unknown(estimate.parts));
  lines.add("Messages", count_or_unknown(estimate.messages));
  lines.add("Filtered", filtered_text(estimate.filtered, estimate.filtered_by));
  lines.add("Cost", estimate.cost ? cost_text(*estimate.cost) : "unknown");
  lines.add("Counted by", to_string(estimate.counted_by));
  add_warnings(lines, estimate.notes, "Note");
  return std::move(lines).text();
}

}  // namespace polycampaign::inline v1::command
