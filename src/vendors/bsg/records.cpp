#include "vendors/bsg/records.hpp"

#include "vendors/bsg/counters.hpp"
#include "wire/fields.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <array>
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
      case 2: return wire::is(key, "id") ? &id : nullptr;
      case 4: return wire::is(key, "name") ? &name : wire::is(key, "type") ? &type : nullptr;
      case 6: return wire::is(key, "sender") ? &sender : wire::is(key, "status") ? &status : nullptr;
      case 8: return wire::is(key, "start_at") ? &start_at : wire::is(key, "currency") ? &currency : nullptr;
      case 10:
        return wire::is(key, "created_at")   ? &created_at
               : wire::is(key, "statistics") ? &statistics
               : wire::is(key, "started_at") ? &started_at
               : wire::is(key, "start_date") ? &start_date
                                             : nullptr;
      case 11:
        return wire::is(key, "finished_at")   ? &finished_at
               : wire::is(key, "total_price") ? &total_price
               : wire::is(key, "creation_at") ? &creation_at
               : wire::is(key, "mesage_type") ? &mesage_type
                                              : nullptr;
      case 12:
        return wire::is(key, "message_type")   ? &message_type
               : wire::is(key, "total_phones") ? &total_phones
                                               : nullptr;
      case 13: return wire::is(key, "real_start_at") ? &real_start_at : nullptr;
      case 14: return wire::is(key, "total_messages") ? &total_messages : nullptr;
      case 15: return wire::is(key, "actual_start_at") ? &actual_start_at : nullptr;
      case 16: return wire::is(key, "calculated_price") ? &calculated_price : nullptr;
      default: return nullptr;
    }
  }

  /// Whether one of those is there that answers about other things lack (a balance has a currency).
  [[nodiscard]] bool tell_a_campaign() const noexcept {
    auto const reported = [](auto const&... members) { return ((members && !members.is_null()) || ...); };
    return reported(id, name, sender, statistics, message_type, mesage_type, start_at, start_date, started_at,
                    real_start_at, actual_start_at, created_at, creation_at, finished_at, total_messages,
                    total_phones, total_price, calculated_price);
  }
};

struct Named {
  std::string_view name;
  JsonValue const& value;
};

constexpr std::array status_words{
    wire::StatusWord{"done", StatusCode::completed},        wire::StatusWord{"sending", StatusCode::sending},
    wire::StatusWord{"scheduled", StatusCode::scheduled},   wire::StatusWord{"creation", StatusCode::queued},
    wire::StatusWord{"moderation", StatusCode::moderation}, wire::StatusWord{"paused", StatusCode::paused},
    wire::StatusWord{"stopped", StatusCode::canceled},      wire::StatusWord{"spam", StatusCode::rejected},
};

// Details may put how a campaign was started where its channel is expected.
bool starts_only(std::string_view word) {
  return wire::same_word(word, "instant") || wire::same_word(word, "scheduled");
}

// Whether a spelling of the channel decides it.
bool read_channel(Named const& spelling, Notes& notes, std::optional<Channel>& into) {
  std::string_view text;
  if (!spelling.value.is_text(text)) {
    auto const word = spelling.value.scalar();
    if (!word.empty()) notes.unexpected(spelling.name, word, "a channel that this library knows");
    return false;
  }
  if (wire::trim(text).empty()) return false;
  auto const channel = parse_channel(text);
  if (channel == Channel::unknown) {
    if (starts_only(text)) return false;
    notes.unexpected(spelling.name, spelling.value.scalar(), "a channel that this library knows");
  }
  into = channel;
  return true;
}

// The first spelling that gives a time.
template <class... Spellings>
void read_time(CompactOptional<Timestamp>& into, wire::ClockRule const& clock, Notes& notes,
               Spellings const&... spellings) {
  auto const read = [&](Named const& spelling) {
    if (!into && spelling.value) wire::read_time(spelling.value, clock, spelling.name, notes, into);
  };
  (read(spellings), ...);
}

void read_statistics(Members const& members, Form form, Campaign& campaign, Notes& notes) {
  Counters counters{members.statistics, notes};
  if (form == Form::shown_by_record) {
    auto const reported = [](JsonValue value) { return value && !value.is_null(); };
    form = reported(members.total_messages) || reported(members.total_phones) ||
                   reported(members.total_price) || counters.detailed()
               ? Form::detail
               : Form::brief;
  }
  auto& statistics = campaign.statistics;
  wire::read_count(members.total_messages, "total_messages", notes, statistics.messages);
  wire::read_count(members.total_phones, "total_phones", notes, statistics.recipients);
  if (form == Form::brief) {
    counters.fill_brief(statistics);
  } else {
    counters.fill_detail(statistics, notes);
  }
}

std::optional<Cost> read_price(Named const& price, CostKind kind, std::optional<std::string> const& currency,
                               std::size_t place, wire::RecordTexts& texts, Notes& notes) {
  auto const scalar = price.value.scalar();
  auto const is_real = scalar.kind == Scalar::Kind::real;
  auto const is_zero =
      is_real ? scalar.real == 0 : scalar.kind == Scalar::Kind::integer && scalar.integer == 0;
  // 0 without a currency is what reads answer for "not given"
  if (scalar.empty() || (is_zero && !currency)) return std::nullopt;
  auto const exact = is_real ? texts.member(place, price.name) : std::string{};
  auto amount = wire::read_decimal(scalar, exact, price.name, notes);
  if (!amount) return std::nullopt;
  if (currency) return Cost{*std::move(amount), *currency, kind};
  if (!amount->is_zero()) notes.add(std::string{price.name} + ": " + amount->text() + " without a currency");
  return std::nullopt;
}

void read_cost(Members const& members, std::size_t place, wire::RecordTexts& texts, Campaign& campaign,
               Notes& notes) {
  if (!members.total_price && !members.calculated_price) return;
  auto const currency = wire::read_word(members.currency.scalar(), "currency", notes);
  campaign.cost =
      read_price({"total_price", members.total_price}, CostKind::billed, currency, place, texts, notes);
  if (campaign.cost) return;
  campaign.cost = read_price({"calculated_price", members.calculated_price}, CostKind::estimate, currency,
                             place, texts, notes);
}

}  // namespace

bool read_record(JsonValue record, std::size_t place, wire::RecordTexts& texts, Reading const& reading,
                 Campaign& campaign) {
  Members members;
  record.for_each_member([&](std::string_view key, JsonValue value) {
    if (auto* const member = members.find(key)) *member = value;
  });
  if (!members.tell_a_campaign()) return false;

  campaign.provider = "bsg";
  if (reading.keep_raw) campaign.raw_record = texts[place];
  Notes notes{campaign.notes};
  if (!wire::read_word(members.id, "id", notes, campaign.id)) notes.add("the record has no readable id");
  wire::read_text(members.name, "name", notes, campaign.name);
  wire::read_text(members.sender, "sender", notes, campaign.sender);
  campaign.text.reset();
  wire::read_status(members.status, status_words, "status", notes, campaign.status);
  if (!read_channel({"message_type", members.message_type}, notes, campaign.channel) &&
      !read_channel({"type", members.type}, notes, campaign.channel) &&
      !read_channel({"mesage_type", members.mesage_type}, notes, campaign.channel))
    campaign.channel = reading.channel;
  auto const& clock = reading.clock;
  read_time(campaign.created_at, clock, notes, Named{"created_at", members.created_at},
            Named{"creation_at", members.creation_at});
  read_time(campaign.scheduled_at, clock, notes, Named{"start_at", members.start_at},
            Named{"start_date", members.start_date}, Named{"started_at", members.started_at});
  read_time(campaign.started_at, clock, notes, Named{"real_start_at", members.real_start_at},
            Named{"actual_start_at", members.actual_start_at});
  read_time(campaign.finished_at, clock, notes, Named{"finished_at", members.finished_at});
  read_statistics(members, reading.form, campaign, notes);
  read_cost(members, place, texts, campaign, notes);
  texts.note_repairs(place, notes);
  return true;
}

}  // namespace polycampaign::inline v1::bsg
