#include "outbox/details.hpp"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace polycampaign::inline v1::outbox {

namespace {

using Json = nlohmann::json;
using std::chrono::sys_seconds;

constexpr int form = 1;

std::int64_t seconds_of(sys_seconds time) {
  return time.time_since_epoch().count();
}

sys_seconds time_of(Json const& value) {
  return sys_seconds{std::chrono::seconds{value.get<std::int64_t>()}};
}

template <class T>
std::optional<T> optional_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

Json of(VendorCounter const& counter) {
  return {{"name", counter.name}, {"value", counter.value}};
}

Json of(Submission const& submission) {
  Json json{{"status", to_string(submission.status.code)}, {"notes", submission.notes}};
  if (submission.id) json["id"] = *submission.id;
  if (submission.status.vendor_word) json["vendor_status"] = *submission.status.vendor_word;
  if (submission.recipients) json["recipients"] = *submission.recipients;
  if (submission.filtered) json["filtered"] = *submission.filtered;
  for (auto const& counter : submission.filtered_by) json["filtered_by"].push_back(of(counter));
  if (submission.cost)
    json["cost"] = {{"amount", submission.cost->amount.text()},
                    {"unit", submission.cost->unit},
                    {"kind", to_string(submission.cost->kind)}};
  if (submission.scheduled_at)
    json["scheduled_at"] = {{"time", seconds_of(submission.scheduled_at->time)},
                            {"assumed", submission.scheduled_at->zone == ZoneBasis::assumed}};
  return json;
}

Submission submission_of(Json const& json, ProviderName provider) {
  Submission submission{.provider = provider};
  submission.id = optional_at<std::string>(json, "id");
  submission.status.code =
      parse_status_code(json.at("status").get<std::string>()).value_or(StatusCode::unknown);
  submission.status.vendor_word = optional_at<std::string>(json, "vendor_status");
  submission.recipients = optional_at<std::int64_t>(json, "recipients");
  submission.filtered = optional_at<std::int64_t>(json, "filtered");
  if (auto const found = json.find("filtered_by"); found != json.end())
    for (auto const& counter : *found)
      submission.filtered_by.push_back(
          {counter.at("name").get<std::string>(), counter.at("value").get<std::int64_t>()});
  if (auto const found = json.find("cost"); found != json.end())
    if (auto amount = Decimal::parse(found->at("amount").get<std::string>())) {
      auto& cost = submission.cost.emplace();
      cost.amount = *std::move(amount);
      cost.unit = found->at("unit").get<std::string>();
      cost.kind = found->at("kind") == to_string(CostKind::billed) ? CostKind::billed : CostKind::estimate;
    }
  if (auto const found = json.find("scheduled_at"); found != json.end())
    submission.scheduled_at =
        Timestamp{time_of(found->at("time")),
                  found->at("assumed").get<bool>() ? ZoneBasis::assumed : ZoneBasis::documented};
  submission.notes = json.at("notes").get<std::vector<std::string>>();
  return submission;
}

Json of(Error const& error) {
  return {{"code", to_string(error.code)},    {"effect", to_string(error.effect)},
          {"transient", error.transient},     {"attempts", error.attempts},
          {"http_status", error.http_status}, {"vendor_code", error.vendor_code},
          {"provider", error.provider},       {"message", error.message}};
}

Error error_of(Json const& json) {
  Error error;
  auto const name = json.at("code").get<std::string>();
  for (auto code = ErrorCode::canceled; code <= ErrorCode::configuration;
       code = static_cast<ErrorCode>(static_cast<int>(code) + 1))
    if (to_string(code) == name) error.code = code;
  error.effect = json.at("effect") == to_string(Effect::none) ? Effect::none : Effect::unknown;
  error.transient = json.at("transient").get<bool>();
  error.attempts = json.at("attempts").get<int>();
  error.http_status = json.at("http_status").get<int>();
  error.vendor_code = json.at("vendor_code").get<std::string>();
  error.provider = json.at("provider").get<std::string>();
  error.message = json.at("message").get<std::string>();
  return error;
}

}  // namespace

std::string to_text(Details const& details) {
  Json json{{"form", form},
            {"by_reference", details.by_reference},
            {"parts", details.parts},
            {"part_size", details.part_size},
            {"token", details.token},
            {"earlier_tokens", details.earlier_tokens},
            {"reference", details.reference},
            {"own_reference", details.own_reference},
            {"named", details.named},
            {"sender_hash", details.sender_hash},
            {"text_hash", details.text_hash},
            {"name_hash", details.name_hash},
            {"send_until", seconds_of(details.send_until)},
            {"draft", details.draft}};
  if (details.start_at) json["start_at"] = seconds_of(*details.start_at);
  if (details.submission) json["submission"] = of(*details.submission);
  if (details.error) json["error"] = of(*details.error);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Details> read_details(std::string_view text, ProviderName provider) {
  try {
    auto const json = Json::parse(text);
    if (json.at("form") != form) return std::nullopt;
    Details details;
    details.by_reference = json.at("by_reference").get<bool>();
    details.parts = json.at("parts").get<std::int64_t>();
    details.part_size = json.at("part_size").get<std::int64_t>();
    details.token = json.at("token").get<std::string>();
    details.earlier_tokens = json.at("earlier_tokens").get<std::vector<std::string>>();
    details.reference = json.at("reference").get<std::string>();
    details.own_reference = json.at("own_reference").get<bool>();
    details.named = json.at("named").get<bool>();
    details.sender_hash = json.at("sender_hash").get<std::string>();
    details.text_hash = json.at("text_hash").get<std::string>();
    details.name_hash = json.at("name_hash").get<std::string>();
    details.send_until = time_of(json.at("send_until"));
    details.draft = json.at("draft").get<bool>();
    if (json.contains("start_at")) details.start_at = time_of(json.at("start_at"));
    if (json.contains("submission")) details.submission = submission_of(json.at("submission"), provider);
    if (json.contains("error")) details.error = error_of(json.at("error"));
    return details;
  } catch (Json::exception const&) {
    return std::nullopt;
  }
}

}  // namespace polycampaign::inline v1::outbox
