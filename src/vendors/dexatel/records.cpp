#include "vendors/dexatel/records.hpp"

#include "wire/fields.hpp"
#include "wire/text.hpp"

#include <array>
#include <string_view>
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

struct Members {
  wire::JsonValue id{}, name{}, status{}, channel{}, schedule{}, messages{}, create_date{}, update_date{},
      audience_id{};

  wire::JsonValue* find(std::string_view key) noexcept {
    switch (key.size()) {
      case 2: return wire::is(key, "id") ? &id : nullptr;
      case 4: return wire::is(key, "name") ? &name : nullptr;
      case 6: return wire::is(key, "status") ? &status : nullptr;
      case 7: return wire::is(key, "channel") ? &channel : nullptr;
      case 8: return wire::is(key, "schedule") ? &schedule : wire::is(key, "messages") ? &messages : nullptr;
      case 11:
        return wire::is(key, "create_date")   ? &create_date
               : wire::is(key, "update_date") ? &update_date
               : wire::is(key, "audience_id") ? &audience_id
                                              : nullptr;
      default: return nullptr;
    }
  }

  /// Whether one of those is there that answers about other things lack.
  [[nodiscard]] bool tell_a_campaign() const noexcept {
    auto const reported = [](auto const&... members) { return ((members && !members.is_null()) || ...); };
    return reported(id, name, channel, schedule, create_date, update_date, audience_id);
  }
};

void read_counters(Statistics& statistics, wire::JsonValue value, wire::Notes& notes) {
  if (!value || value.is_null()) return;
  if (!value.is_object()) {
    notes.unexpected("messages", value.scalar(), "an object with counters");
    return;
  }
  wire::JsonValue total;
  wire::JsonValue delivered;
  wire::JsonValue failed;
  value.for_each_member([&](std::string_view name, wire::JsonValue member) {
    if (name == "total")
      total = member;
    else if (name == "delivered")
      delivered = member;
    else if (name == "failed")
      failed = member;
  });
  if (total) wire::read_count(total, "messages.total", notes, statistics.messages);
  if (delivered) wire::read_count(delivered, "messages.delivered", notes, statistics.delivered);
  if (failed) wire::read_count(failed, "messages.failed", notes, statistics.failed);
}

}  // namespace

bool read_record(wire::JsonValue record, std::size_t place, wire::RecordTexts& texts, Reading const& reading,
                 Campaign& campaign) {
  static constexpr wire::ClockRule utc{};
  Members members;
  record.for_each_member([&](std::string_view key, wire::JsonValue value) {
    if (auto* const member = members.find(key)) *member = value;
  });
  if (!members.tell_a_campaign()) return false;

  campaign.provider = "dexatel";
  if (reading.keep_raw) campaign.raw_record = texts[place];
  wire::Notes notes{campaign.notes};
  static_cast<void>(wire::read_word(members.id, "id", notes, campaign.id));
  wire::read_text(members.name, "name", notes, campaign.name);
  campaign.sender.reset();
  campaign.text.reset();
  wire::read_status(members.status, status_words, "status", notes, campaign.status);
  campaign.channel = protocol::read_channel(members.channel.scalar(), "channel", notes);
  wire::read_time(members.schedule, reading.schedule, "schedule", notes, campaign.scheduled_at);
  wire::read_time(members.create_date, utc, "create_date", notes, campaign.created_at);
  wire::read_time(members.update_date, utc, "update_date", notes, campaign.updated_at);
  if (auto id = wire::read_word(members.audience_id.scalar(), "audience_id", notes))
    campaign.recipient_lists.push_back({std::move(id), std::nullopt});
  read_counters(campaign.statistics, members.messages, notes);
  if (campaign.id.empty()) notes.add("the record has no id");
  texts.note_repairs(place, notes);
  return true;
}

}  // namespace polycampaign::inline v1::dexatel
