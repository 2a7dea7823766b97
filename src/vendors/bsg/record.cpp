#include "vendors/bsg/record.hpp"

#include "vendors/bsg/counters.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using wire::JsonValue;
using wire::Notes;
using wire::Scalar;

// One member for each spelling: which of several counts is decided afterwards, not by their order.
struct Members {
  JsonValue id{}, name{}, sender{}, status{}, currency{}, statistics{};
  JsonValue message_type{}, type{}, mesage_type{};
  JsonValue start_at{}, start_date{}, started_at{};
  JsonValue real_start_at{}, actual_start_at{};
  JsonValue created_at{}, creation_at{};
  JsonValue finished_at{};
  JsonValue total_messages{}, total_phones{}, total_price{}, calculated_price{};

  JsonValue* find(std::string_view key) noexcept {
    switch (key.size()) {
      case 2: return key == "id" ? &id : nullptr;
      case 4: return key == "name" ? &name : key == "type" ? &type : nullptr;
      case 6: return key == "sender" ? &sender : key == "status" ? &status : nullptr;
      case 8: return key == "start_at" ? &start_at : key == "currency" ? &currency : nullptr;
      case 10:
        return key == "created_at"   ? &created_at
               : key == "statistics" ? &statistics
               : key == "started_at" ? &started_at
               : key == "start_date" ? &start_date
                                     : nullptr;
      case 11:
        return key == "finished_at"   ? &finished_at
               : key == "total_price" ? &total_price
               : key == "creation_at" ? &creation_at
               : key == "mesage_type" ? &mesage_type
                                      : nullptr;
      case 12: return key == "message_type" ? &message_type : key == "total_phones" ? &total_phones : nullptr;
      case 13: return key == "real_start_at" ? &real_start_at : nullptr;
      case 14: return key == "total_messages" ? &total_messages : nullptr;
      case 15: return key == "actual_start_at" ? &actual_start_at : nullptr;
      case 16: return key == "calculated_price" ? &calculated_price : nullptr;
      default: return nullptr;
    }
  }
};

struct Named {
  std::string_view name;
  JsonValue const& value;
};

struct Word {
  std::string_view text;
  StatusCode code;
};

constexpr std::array words{
    Word{"done", StatusCode::completed},        Word{"sending", StatusCode::sending},
    Word{"scheduled", StatusCode::scheduled},   Word{"creation", StatusCode::queued},
    Word{"moderation", StatusCode::moderation}, Word{"paused", StatusCode::paused},
    Word{"stopped", StatusCode::canceled},      Word{"spam", StatusCode::rejected},
};

StatusCode status_code(std::string_view word) {
  for (auto const& known : words)
    if (known.text == word) return known.code;
  for (auto const& known : words)
    if (wire::same_word(known.text, word)) return known.code;
  return StatusCode::unknown;
}

void read_status(Scalar const& value, CampaignStatus& status, Notes& notes) {
  auto word = wire::read_text(value, "status", notes);
  if (!word || wire::trim(*word).empty()) return;
  status.code = status_code(*word);
  status.vendor_word = std::move(word);
}

// Details may put how a campaign was started where its channel is expected.
bool starts_only(std::string_view word) {
  return wire::same_word(word, "instant") || wire::same_word(word, "scheduled");
}

std::optional<Channel> read_channel(Members const& members, Notes& notes) {
  std::initializer_list<Named> const spellings{
      {"message_type", members.message_type}, {"type", members.type}, {"mesage_type", members.mesage_type}};
  for (auto const& [name, value] : spellings) {
    auto const word = value.scalar();
    if (word.empty()) continue;
    auto const is_text = word.kind == Scalar::Kind::text;
    if (is_text && wire::trim(word.text).empty()) continue;
    auto const channel = is_text ? parse_channel(word.text) : Channel::unknown;
    if (channel != Channel::unknown) return channel;
    if (is_text && starts_only(word.text)) continue;
    notes.odd(name, word, "a channel that this library knows");
    if (is_text) return channel;
  }
  return std::nullopt;
}

std::optional<Timestamp> read_time(std::initializer_list<Named> spellings, wire::ClockRule const& clock,
                                   Notes& notes) {
  for (auto const& [name, value] : spellings) {
    if (!value) continue;
    if (auto const time = wire::read_time(value.scalar(), clock, name, notes)) return time;
  }
  return std::nullopt;
}

void read_statistics(Members const& members, Form form, Campaign& campaign, Notes& notes) {
  Counters counters{members.statistics, notes};
  if (form == Form::told_by_record) {
    auto const told = [](JsonValue value) { return !value.scalar().empty(); };
    form = told(members.total_messages) || told(members.total_phones) || told(members.total_price) ||
                   counters.detailed()
               ? Form::detail
               : Form::brief;
  }
  auto& statistics = campaign.statistics;
  statistics.messages = wire::read_count(members.total_messages.scalar(), "total_messages", notes);
  statistics.recipients = wire::read_count(members.total_phones.scalar(), "total_phones", notes);
  if (form == Form::brief) {
    counters.fill_brief(statistics);
  } else {
    counters.fill_detail(statistics, notes);
  }
}

std::optional<Cost> read_price(Named const& price, CostKind kind, std::optional<std::string> const& currency,
                               std::size_t number, RecordTexts& texts, Notes& notes) {
  auto const scalar = price.value.scalar();
  auto const is_real = scalar.kind == Scalar::Kind::real;
  auto const is_zero =
      is_real ? scalar.real == 0 : scalar.kind == Scalar::Kind::integer && scalar.integer == 0;
  // 0 without a currency is what reads answer for "not given"
  if (scalar.empty() || (is_zero && !currency)) return std::nullopt;
  auto const exact = is_real ? texts.document().member_text(texts[number], price.name) : std::string{};
  auto amount = wire::read_decimal(scalar, exact, price.name, notes);
  if (!amount) return std::nullopt;
  if (currency) return Cost{*std::move(amount), *currency, kind};
  if (!amount->is_zero()) notes.add(std::string{price.name} + ": " + amount->text() + " without a currency");
  return std::nullopt;
}

void read_cost(Members const& members, std::size_t number, RecordTexts& texts, Campaign& campaign,
               Notes& notes) {
  if (!members.total_price && !members.calculated_price) return;
  auto const currency = wire::read_word(members.currency.scalar(), "currency", notes);
  campaign.cost =
      read_price({"total_price", members.total_price}, CostKind::billed, currency, number, texts, notes);
  if (campaign.cost) return;
  campaign.cost = read_price({"calculated_price", members.calculated_price}, CostKind::estimate, currency,
                             number, texts, notes);
}

template <class T>
void take(std::optional<T>& into, std::optional<T>& from) {
  if (from) into = std::move(from);
}

}  // namespace

std::string_view RecordTexts::operator[](std::size_t record) {
  if (!looked_up_) {
    texts_ = member_.empty() ? document_.texts({}) : document_.texts({member_});
    looked_up_ = true;
  }
  return record < texts_.size() ? texts_[record] : std::string_view{};
}

void read_record(JsonValue record, std::size_t number, RecordTexts& texts, Reading const& reading,
                 Campaign& campaign) {
  campaign.provider = "bsg";
  if (reading.keep_raw) campaign.raw_record = texts[number];
  Notes notes{campaign.notes};
  if (!record.is_object()) return notes.add("the record is no object");

  Members members;
  record.for_each_member([&](std::string_view key, JsonValue value) {
    if (auto* const member = members.find(key)) *member = value;
  });

  if (auto id = wire::read_word(members.id.scalar(), "id", notes)) {
    campaign.id = *std::move(id);
  } else {
    notes.add("the record has no readable id");
  }
  campaign.name = wire::read_text(members.name.scalar(), "name", notes);
  campaign.sender = wire::read_text(members.sender.scalar(), "sender", notes);
  read_status(members.status.scalar(), campaign.status, notes);
  campaign.channel = read_channel(members, notes);
  if (!campaign.channel) campaign.channel = reading.channel;
  auto const& clock = reading.clock;
  campaign.created_at =
      read_time({{"created_at", members.created_at}, {"creation_at", members.creation_at}}, clock, notes);
  campaign.scheduled_at = read_time({{"start_at", members.start_at},
                                     {"start_date", members.start_date},
                                     {"started_at", members.started_at}},
                                    clock, notes);
  campaign.started_at = read_time(
      {{"real_start_at", members.real_start_at}, {"actual_start_at", members.actual_start_at}}, clock, notes);
  campaign.finished_at = read_time({{"finished_at", members.finished_at}}, clock, notes);
  read_statistics(members, reading.form, campaign, notes);
  read_cost(members, number, texts, campaign, notes);

  for (auto& repair : texts.document().repairs(number)) notes.add(std::move(repair));
}

Campaign merged(Campaign listed, Campaign detail) {
  take(listed.name, detail.name);
  take(listed.sender, detail.sender);
  take(listed.channel, detail.channel);
  take(listed.created_at, detail.created_at);
  take(listed.scheduled_at, detail.scheduled_at);
  take(listed.started_at, detail.started_at);
  take(listed.finished_at, detail.finished_at);
  take(listed.cost, detail.cost);
  if (detail.status.vendor_word) listed.status = std::move(detail.status);
  // never mixed: `sent` means another thing in each
  if (detail.statistics != Statistics{}) listed.statistics = std::move(detail.statistics);
  for (auto& note : detail.notes)
    if (std::find(listed.notes.begin(), listed.notes.end(), note) == listed.notes.end())
      listed.notes.push_back(std::move(note));
  if (!detail.raw_record.empty()) listed.raw_record = std::move(detail.raw_record);
  return listed;
}

}  // namespace polycampaign::inline v1::bsg
