#include "submission_view.hpp"

#include "polycampaign/json.hpp"

#include "lines.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::command {

namespace {

using Json = nlohmann::ordered_json;

std::string_view outcome_of(CreateReport const& report) noexcept {
  if (report.planned) return "planned";
  return to_string(report.dispatch ? report.dispatch->outcome : DispatchOutcome::refused);
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

/// One campaign, in the library's own form but for what is about the whole create.
Json campaign_json(DispatchPart const& part, CreateReport const& report) {
  auto const& submission = part.submission ? *part.submission : Submission{};
  auto const parsed = Json::parse(to_json(submission));
  auto const of_plan = report.plan && report.dispatch->parts.size() == 1 ? report.plan->recipients : Count{};
  Json campaign;
  campaign["id"] = parsed["id"];
  campaign["outcome"] = to_string(part.outcome);
  campaign["status"] = part.submission ? parsed["status"] : Json{};
  campaign["vendor_status"] = parsed["vendor_status"];
  campaign["recipients"] = part.submission       ? parsed["recipients"]
                           : part.recipients > 0 ? Json(part.recipients)
                                                 : number(of_plan);
  campaign["filtered"] = parsed["filtered"];
  campaign["filtered_by"] = parsed["filtered_by"];
  campaign["scheduled_at"] = parsed["scheduled_at"];
  campaign["cost"] = parsed["cost"];
  campaign["notes"] = own_notes(submission, report.plan);
  return campaign;
}

/// A campaign that was refused, and is the only one, is none.
Json campaigns_json(CreateReport const& report) {
  auto campaigns = Json::array();
  if (!report.dispatch) return campaigns;
  auto const& parts = report.dispatch->parts;
  for (auto const& part : parts)
    if (parts.size() > 1 || part.outcome != DispatchOutcome::refused)
      campaigns.push_back(campaign_json(part, report));
  return campaigns;
}

Json recipients_json(CreateReport const& report) {
  auto const* const dispatch = report.dispatch ? &*report.dispatch : nullptr;
  if (dispatch != nullptr && dispatch->parts.size() == 1 && dispatch->parts.front().submission)
    return number(dispatch->parts.front().submission->recipients);
  if (dispatch != nullptr && dispatch->recipients > 0) return Json(dispatch->recipients);
  return report.plan ? number(report.plan->recipients) : Json{};
}

std::vector<std::string> const& warnings_of(CreateReport const& report) {
  static std::vector<std::string> const none;
  if (report.dispatch) return report.dispatch->warnings;
  return report.plan ? report.plan->warnings : none;
}

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

Dispatch dispatch_of(Result<Submission> submission, CreateReport const& report) {
  Dispatch dispatch{.account = report.account, .key = report.key};
  if (report.plan) dispatch.warnings = report.plan->warnings;
  auto& part = dispatch.parts.emplace_back();
  if (submission) {
    part.outcome = DispatchOutcome::accepted;
    part.submission = *std::move(submission);
  } else {
    part.outcome =
        submission.error().effect == Effect::unknown ? DispatchOutcome::unresolved : DispatchOutcome::refused;
    part.error = std::move(submission).error();
  }
  dispatch.outcome = part.outcome;
  return dispatch;
}

std::string report_json(CreateReport const& report) {
  Json json{{"account", report.account},
            {"provider", report.provider},
            {"key", report.key.empty() ? Json{} : Json(report.key)},
            {"outcome", outcome_of(report)},
            {"repeated", report.dispatch && report.dispatch->repeated},
            {"recipients", recipients_json(report)},
            {"parts", parts_of(report.plan)},
            {"campaigns", campaigns_json(report)}};
  if (report.estimate) json["estimate"] = Json::parse(to_json(*report.estimate, report.account));
  json["warnings"] = warnings_of(report);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string report_text(CreateReport const& report) {
  Lines lines;
  lines.add("Account", report.account + " (" + std::string{report.provider} + ")");
  auto const repeated = report.dispatch && report.dispatch->repeated;
  lines.add("Outcome", std::string{outcome_of(report)} + (repeated ? " (nothing was sent now)" : ""));
  if (!report.dispatch) return std::move(lines).text();
  auto const& parts = report.dispatch->parts;
  for (auto const& part : parts) {
    if (parts.size() > 1)
      lines.add("Part " + std::to_string(part.part), std::string{to_string(part.outcome)} + ", " +
                                                         std::to_string(part.recipients) + " recipients");
    if (!part.submission) continue;
    auto const& submission = *part.submission;
    lines.add("Campaign", submission.id.value_or("unknown"));
    lines.add("Status",
              std::string{to_string(submission.status.code)} +
                  (submission.status.vendor_word ? " (" + *submission.status.vendor_word + ")" : ""));
    lines.add("Recipients", count_or_unknown(submission.recipients));
    if (submission.filtered)
      lines.add("Filtered", filtered_text(submission.filtered, submission.filtered_by));
    lines.add("Starts",
              submission.scheduled_at ? to_string(*submission.scheduled_at) : at_once(report.draft));
    if (submission.cost) lines.add("Cost", cost_text(*submission.cost));
    add_warnings(lines, submission.notes, "Note");
  }
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
