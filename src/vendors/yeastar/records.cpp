#include "vendors/yeastar/records.hpp"

#include "polycampaign/protocol/detail.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "wire/fields.hpp"
#include "wire/scalar.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

using wire::JsonValue;
using wire::Notes;
using wire::Scalar;

struct Members {
  JsonValue id{}, name{}, status{}, sender{}, channel_type{}, recipient_type{}, recipient_name{},
      recipient_id{}, send_time{}, result_count{}, response_rate{}, content_type{}, content{};

  JsonValue* find(std::string_view key) noexcept {
    switch (key.size()) {
      case 2: return wire::is(key, "id") ? &id : nullptr;
      case 4: return wire::is(key, "name") ? &name : nullptr;
      case 6: return wire::is(key, "status") ? &status : wire::is(key, "sender") ? &sender : nullptr;
      case 7: return wire::is(key, "content") ? &content : nullptr;
      case 9: return wire::is(key, "send_time") ? &send_time : nullptr;
      case 12:
        return wire::is(key, "channel_type")   ? &channel_type
               : wire::is(key, "result_count") ? &result_count
               : wire::is(key, "recipient_id") ? &recipient_id
               : wire::is(key, "content_type") ? &content_type
                                               : nullptr;
      case 13: return wire::is(key, "response_rate") ? &response_rate : nullptr;
      case 14:
        return wire::is(key, "recipient_name")   ? &recipient_name
               : wire::is(key, "recipient_type") ? &recipient_type
                                                 : nullptr;
      default: return nullptr;
    }
  }

  /// Whether one of those is there that answers about other things lack.
  [[nodiscard]] bool tell_a_campaign() const noexcept {
    auto const reported = [](auto const&... members) { return ((members && !members.is_null()) || ...); };
    return reported(id, name, sender, channel_type, recipient_type, recipient_name, recipient_id, send_time,
                    result_count, response_rate, content_type, content);
  }
};

constexpr std::array status_words{
    wire::StatusWord{"completed", StatusCode::completed},
    wire::StatusWord{"scheduled", StatusCode::scheduled},
    wire::StatusWord{"executing", StatusCode::sending},
    wire::StatusWord{"pending", StatusCode::queued},
    wire::StatusWord{"draft", StatusCode::draft},
    wire::StatusWord{"retrying", StatusCode::retrying},
    wire::StatusWord{"stop", StatusCode::interrupted},
    wire::StatusWord{"stopped", StatusCode::interrupted},
};

void read_channel(JsonValue value, Campaign& campaign, Notes& notes) {
  if (std::string_view text; value.is_text(text)) {
    if (wire::trim(text).empty()) return;
    campaign.channel = parse_channel(text);
    if (campaign.channel != Channel::unknown) return;
  } else if (!value || value.is_null()) {
    return;
  }
  notes.unexpected("channel_type", value.scalar(), "a channel that this library knows");
}

// `x/y`, `failed_count/total_count` by both languages of the page; its own samples show 2/2 and 10/10 for
// completed campaigns, so the order is doubtful and the raw text always goes into a note.
void read_result_count(JsonValue value, Statistics& statistics, Notes& notes) {
  auto const count = [](std::string_view digits) -> Count {
    digits = wire::trim(digits);
    std::int64_t number = 0;
    if (wire::read_short_count(digits, number)) return number;
    return text::is_digits(digits) ? text::whole_number(digits) : std::nullopt;
  };
  if (std::string_view text; value.is_text(text)) {
    if (wire::trim(text).empty()) return;
    auto const slash = text.find('/');
    if (slash != std::string_view::npos) {
      auto const failed = count(text.substr(0, slash));
      auto const total = count(text.substr(slash + 1));
      if (failed && total) {
        statistics.failed = failed;
        statistics.messages = total;
        return notes.add({"result_count: \"", text,
                          "\" was read as failed/total, an order that the vendor has not confirmed"});
      }
    }
  } else if (!value || value.is_null()) {
    return;
  }
  notes.unexpected("result_count", value.scalar(), "failed/total");
}

void read_response_rate(JsonValue value, std::size_t place, wire::RecordTexts& texts, Statistics& statistics,
                        Notes& notes) {
  auto const add = [&statistics](auto&& rate) {
    if (wire::trim(rate).empty()) return;
    auto& reported = statistics.reported_rates.emplace_back();
    reported.name = "response_rate";
    reported.text = std::forward<decltype(rate)>(rate);
  };
  if (std::string_view text; value.is_text(text)) return add(text);
  auto const scalar = value.scalar();
  if (scalar.kind == Scalar::Kind::real) return add(texts.member(place, "response_rate"));
  if (auto rate = wire::read_text(scalar, "response_rate", notes)) add(*std::move(rate));
}

void read_recipients(Members const& members, Campaign& campaign, Notes& notes) {
  std::string_view name;
  bool const plain = members.recipient_name.is_text(name);
  name = wire::trim(name);
  if (plain && name.empty() && !members.recipient_id) return;
  auto& list = campaign.recipient_lists.emplace_back();
  if (plain) {
    if (!name.empty()) list.name.emplace(name);
  } else {
    list.name = wire::read_word(members.recipient_name.scalar(), "recipient_name", notes);
  }
  // the id is a phonebook's, so it means nothing for typed numbers; 0 is what the PBX writes for none
  std::string_view type;
  if (members.recipient_id && !(members.recipient_type.is_text(type) && wire::same_word(type, "input")))
    list.id = wire::read_word(members.recipient_id.scalar(), "recipient_id", notes);
  if (list.id == "0") list.id.reset();
  if (!list.id && !list.name) campaign.recipient_lists.pop_back();
}

}  // namespace

bool read_record(JsonValue record, std::size_t place, wire::RecordTexts& texts, Reading const& reading,
                 Campaign& campaign) {
  Members members;
  record.for_each_member([&](std::string_view key, JsonValue value) {
    if (auto* const member = members.find(key)) *member = value;
  });
  if (!members.tell_a_campaign()) return false;

  campaign.provider = "yeastar";
  if (reading.keep_raw) campaign.raw_record = texts[place];
  Notes notes{campaign.notes};
  if (!wire::read_word(members.id, "id", notes, campaign.id)) notes.add("the record has no readable id");
  wire::read_text(members.name, "name", notes, campaign.name);
  wire::read_text(members.sender, "sender", notes, campaign.sender);
  wire::read_status(members.status, status_words, "status", notes, campaign.status);
  read_channel(members.channel_type, campaign, notes);
  wire::read_unix_time(members.send_time, "send_time", notes, campaign.scheduled_at);
  read_result_count(members.result_count, campaign.statistics, notes);
  read_response_rate(members.response_rate, place, texts, campaign.statistics, notes);
  read_recipients(members, campaign, notes);
  // other kinds hold a file's description or a template's
  std::string_view kind;
  if (members.content_type.is_text(kind) && wire::same_word(kind, "text"))
    wire::read_text(members.content, "content", notes, campaign.text);
  else
    campaign.text.reset();
  texts.note_repairs(place, notes);
  return true;
}

Campaign merged(Campaign listed, Campaign detail) {
  // the list names the phonebook, the detail numbers it
  if (!listed.recipient_lists.empty() && !detail.recipient_lists.empty()) {
    auto& numbered = detail.recipient_lists.front();
    auto& named = listed.recipient_lists.front();
    if (!numbered.id) numbered.id = std::move(named.id);
    if (!numbered.name) numbered.name = std::move(named.name);
  }
  return protocol::merged(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::yeastar
