#include "vendors/dexatel/answer.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "vendors/dexatel/refusal.hpp"
#include "wire/fields.hpp"
#include "wire/json.hpp"
#include "wire/text.hpp"

#include <array>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

/// "Campaign, Query", with both spellings of canceled.
constexpr std::array<wire::StatusWord, 6> status_words{{
    {"completed", StatusCode::completed},
    {"scheduled", StatusCode::scheduled},
    {"in_progress", StatusCode::sending},
    {"failed", StatusCode::failed},
    {"canceled", StatusCode::canceled},
    {"cancelled", StatusCode::canceled},
}};

void read_counters(Statistics& statistics, wire::JsonValue value, wire::Notes& notes) {
  if (value.is_null()) return;
  if (!value.is_object()) {
    notes.odd("messages", value.scalar(), "an object of counters");
    return;
  }
  value.for_each_member([&](std::string_view name, wire::JsonValue member) {
    if (name == "total")
      wire::read_count(member, "messages.total", notes, statistics.messages);
    else if (name == "delivered")
      wire::read_count(member, "messages.delivered", notes, statistics.delivered);
    else if (name == "failed")
      wire::read_count(member, "messages.failed", notes, statistics.failed);
  });
}

void read_record(Campaign& campaign, wire::JsonValue record, wire::ClockRule const& schedule) {
  static constexpr wire::ClockRule utc{};
  wire::Notes notes{campaign.notes};
  record.for_each_member([&](std::string_view name, wire::JsonValue value) {
    switch (name.size()) {
      case 2:
        if (name == "id") static_cast<void>(wire::read_word(value, name, notes, campaign.id));
        break;
      case 4:
        if (name == "name") wire::read_text(value, name, notes, campaign.name);
        break;
      case 6:
        if (name == "status") wire::read_status(value, status_words, "status", notes, campaign.status);
        break;
      case 7:
        if (name == "channel") campaign.channel = protocol::read_channel(value.scalar(), name, notes);
        break;
      case 8:
        if (name == "schedule")
          wire::read_time(value, schedule, name, notes, campaign.scheduled_at);
        else if (name == "messages")
          read_counters(campaign.statistics, value, notes);
        break;
      case 11:
        if (name == "create_date")
          wire::read_time(value, utc, name, notes, campaign.created_at);
        else if (name == "update_date")
          wire::read_time(value, utc, name, notes, campaign.updated_at);
        else if (name == "audience_id")
          if (auto id = wire::read_word(value.scalar(), name, notes))
            campaign.recipient_lists.push_back({std::move(id), std::nullopt});
        break;
      default: break;
    }
  });
  if (campaign.id.empty()) notes.add("the record has no id");
}

/// What the body complains about: `errors`, else what older clients read.
Complaints complaints_of(wire::JsonValue root) {
  Complaints complaints;
  auto const errors = root["errors"];
  if (errors.is_array())
    errors.for_each_item([&](wire::JsonValue entry) { complaints.add(entry); });
  else if (!errors.scalar().empty())
    complaints.add(errors);
  return complaints;
}

Complaints fallback_complaints(wire::JsonValue root) {
  Complaints complaints;
  if (root["error"].is_object())
    complaints.add(root["error"]);
  else if (root["message"] || root["error"])
    complaints.add(root);
  return complaints;
}

}  // namespace

Result<Answer> read_answer(HttpResponse response, Reading const& reading) {
  if (response.body.empty()) return protocol::no_answer(std::move(response), "the answer is empty");
  auto document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message);
  auto const root = document->root();
  if (!root.is_object()) return protocol::no_answer(response, "the answer is not a JSON object");

  auto const data = root["data"];
  bool const bare = !data && root["id"];
  auto const records = bare ? root : data;
  bool const succeeded = response.status >= 200 && response.status < 300;
  auto complaints = complaints_of(root);
  if (!complaints.any() && !(succeeded && records)) complaints = fallback_complaints(root);
  if (complaints.any()) {
    auto error = complaints.as_error(response);
    error.effect = Effect::none;  // of a read
    return error;
  }
  if (!succeeded) return protocol::no_answer(response, {});

  Answer answer;
  auto const read = [&](wire::JsonValue value, std::string_view text) {
    auto const index = answer.campaigns.size();
    auto& campaign = answer.campaigns.emplace_back();
    campaign.provider = "dexatel";
    if (value.is_object())
      read_record(campaign, value, reading.schedule);
    else
      campaign.notes.emplace_back("the entry is not a campaign record");
    for (auto& repair : document->repairs(index)) campaign.notes.push_back(std::move(repair));
    campaign.raw_record = text;
  };
  std::vector<std::string_view> texts;
  if (reading.keep_raw) texts = bare ? document->texts({}) : document->texts({"data"});
  auto const text = [&] {
    auto const index = answer.campaigns.size();
    return index < texts.size() ? texts[index] : std::string_view{};
  };
  if (records.is_array()) {
    answer.campaigns.reserve(records.size());
    records.for_each_item([&](wire::JsonValue value) { read(value, text()); });
  } else if (records.is_object()) {
    read(records, text());
  } else if (!records.is_null()) {
    return protocol::no_answer(response, "a campaign or a list of campaigns was expected under data");
  }

  auto const pagination = root["pagination"];
  if (auto const total = pagination["total"].scalar();
      total.kind == wire::Scalar::Kind::integer && total.integer >= 0)
    answer.total = total.integer;
  if (reading.base) {
    answer.next = read_next(pagination["links"]["next"], *reading.base);
  }
  return answer;
}

}  // namespace polycampaign::inline v1::dexatel
