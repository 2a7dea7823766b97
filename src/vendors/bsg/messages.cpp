#include "vendors/bsg/messages.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/json_text.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/number.hpp"
#include "vendors/bsg/answers.hpp"
#include "vendors/bsg/lists.hpp"
#include "vendors/bsg/requests.hpp"
#include "vendors/bsg/windows.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using protocol::ListPage;
using protocol::PageInfo;
using protocol::PageKey;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using wire::JsonValue;

// "Three months" is the longest period of one query, which 89 days never exceed.
constexpr days before_creation{1};
constexpr days longest_period{89};
// A campaign's list may end 30 days ahead; one day covers every time zone.
constexpr days furthest_ahead{29};
constexpr std::int64_t latest_day = 2'900'000;  // in the year 9909

constexpr std::array message_words{
    wire::MessageStatusWord{"scheduled", MessageStatusCode::scheduled},
    wire::MessageStatusWord{"moderation", MessageStatusCode::moderation},
    wire::MessageStatusWord{"accepted", MessageStatusCode::submitted},  // by the operator
    wire::MessageStatusWord{"sending", MessageStatusCode::queued},      // "queued for sending"
    wire::MessageStatusWord{"sent", MessageStatusCode::submitted},
    wire::MessageStatusWord{"delivered", MessageStatusCode::delivered},
    wire::MessageStatusWord{"read", MessageStatusCode::read},
    wire::MessageStatusWord{"expired", MessageStatusCode::expired},
    wire::MessageStatusWord{"failed", MessageStatusCode::failed},
    wire::MessageStatusWord{"undelivered", MessageStatusCode::undelivered},
    wire::MessageStatusWord{"unknown", MessageStatusCode::unreported},  // "no delivery report"
    wire::MessageStatusWord{"not_viber_user", MessageStatusCode::undelivered},
    wire::MessageStatusWord{"not_service_user", MessageStatusCode::undelivered},
    wire::MessageStatusWord{"not_rcs_user", MessageStatusCode::undelivered},
    wire::MessageStatusWord{"rejected", MessageStatusCode::rejected},  // in exports only
};

std::optional<Cost> read_amount(JsonValue amount, std::size_t place, wire::RecordTexts& texts,
                                wire::Notes& notes) {
  if (!amount || amount.is_null()) return std::nullopt;
  if (!amount.is_object()) {
    notes.unexpected("amount", amount.scalar(), "an object");
    return std::nullopt;
  }
  if (!amount["value"]) notes.add("amount: an object without a value");
  auto const scalar = amount["value"].scalar();
  std::string exact;
  if (scalar.kind == wire::Scalar::Kind::real)
    exact = protocol::json_member(protocol::json_member(texts[place], "amount"), "value");
  auto value = wire::read_decimal(scalar, exact, "amount.value", notes);
  auto currency = wire::read_word(amount["currency"].scalar(), "amount.currency", notes);
  if (!value) return std::nullopt;
  if (currency) return Cost{*std::move(value), *std::move(currency), CostKind::billed};
  if (!value->is_zero()) notes.add("amount: " + value->text() + " without a currency");
  return std::nullopt;
}

// The first spelling that gives a time.
void read_first_time(CompactOptional<Timestamp>& into, JsonValue record, wire::ClockRule const& clock,
                     std::initializer_list<std::string_view> spellings, wire::Notes& notes) {
  for (auto const name : spellings)
    if (!into) into = wire::read_time(record[name].scalar(), clock, name, notes);
}

Record read_message(JsonValue record, std::size_t place, wire::RecordTexts& texts,
                    MessageReading const& reading, Message& message) {
  // not `status`, `type` and `source`, which answers about other things have too
  if (!reports_any(record,
                   {"id", "phone", "campaign_id", "reference_id", "sender", "text", "amount", "parts",
                    "country", "created_at", "sent_at", "send_at", "delivered_at", "time_dr", "time_dlr"}))
    return Record::unexpected;
  message.provider = "bsg";
  if (reading.keep_raw) message.raw_record = std::string{texts[place]};
  wire::Notes notes{message.notes};
  if (auto id = wire::read_word(record["id"].scalar(), "id", notes))
    message.id = *std::move(id);
  else
    notes.add("the record has no readable id");
  message.campaign = wire::read_word(record["campaign_id"].scalar(), "campaign_id", notes);
  if (message.campaign == reading.id) message.campaign = reading.campaign;
  message.reference = wire::read_word(record["reference_id"].scalar(), "reference_id", notes);
  message.number = wire::read_number(record["phone"].scalar(), "phone", notes);
  message.sender = wire::read_text(record["sender"].scalar(), "sender", notes);
  message.text = wire::read_text(record["text"].scalar(), "text", notes);
  message.status = wire::read_message_status(record["status"].scalar(), message_words, "status", notes);
  auto const& clock = reading.clock;
  read_first_time(message.created_at, record, clock, {"created_at"}, notes);
  read_first_time(message.sent_at, record, clock, {"sent_at", "send_at"}, notes);
  read_first_time(message.reported_at, record, clock, {"delivered_at", "time_dr", "time_dlr"}, notes);
  message.parts = wire::read_count(record["parts"].scalar(), "parts", notes);
  if (auto cost = read_amount(record["amount"], place, texts, notes)) message.cost = *std::move(cost);
  message.country = wire::read_word(record["country"].scalar(), "country", notes);
  texts.note_repairs(place, notes);
  return Record::element;
}

}  // namespace

Result<protocol::Call> messages_call(protocol::Endpoint const& endpoint, MessageReading const& reading,
                                     PageKey const& key, sys_seconds now) {
  if (key.part < 1 || key.part > latest_day || key.size < 1)
    return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
  sys_seconds const from = sys_days{days{key.part - 1}};
  auto const latest = reading.clock.zone.to_wall(now) + furthest_ahead;
  auto const to = std::max(from, std::min<sys_seconds>(from + longest_period, latest));
  protocol::Query parameters;
  parameters.add("filter[campaign_id]", reading.id)
      .add("filter[from]", protocol::format_wall(from))
      .add("filter[to]", protocol::format_wall(to))
      .add("page[offset]", key.offset)
      .add("page[limit]", key.size)
      .add("sort", "id")
      .add("way", "asc");
  auto call = call_of(endpoint, "GET", "messages", "/api/messages", Action::read);
  call.request.url += parameters.text();
  return call;
}

Result<protocol::Call> find_call(protocol::Endpoint const& endpoint, FindMessages const& find,
                                 protocol::Zone const& zone, PageKey const& key) {
  if (key.part != 0 || key.size < 1)
    return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
  if (find.until < find.since || find.until - find.since > longest_period)
    return protocol::failure(ErrorCode::invalid_argument,
                             "since, until: BSG searches a period of at most 89 days");
  protocol::Query parameters;
  parameters.add("filter[reference_id]", find.reference)
      .add("filter[from]", protocol::format_wall(zone.to_wall(find.since)))
      .add("filter[to]", protocol::format_wall(wall_end(zone, find.until)))
      .add("page[offset]", key.offset)
      .add("page[limit]", key.size)
      .add("sort", "id")
      .add("way", "asc");
  auto call = call_of(endpoint, "GET", "find_messages", "/api/messages", Action::read);
  call.request.url += parameters.text();
  return call;
}

std::vector<PageKey> messages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (key.part > 0) return pages_behind(key.part + 1, key, info, most);
  auto const day = text::whole_number(info.next_token);
  if (!day || most == 0) return {};
  return {{.part = 1 + *day, .size = key.size}};
}

Result<ListPage<Message>> read_period(HttpResponse response, MessageReading const& reading) {
  auto const campaign =
      read_campaign(std::move(response), reading.id,
                    {.clock = reading.clock, .form = Form::detail, .channel = {}, .keep_raw = false});
  if (!campaign) return campaign.error();
  ListPage<Message> page;
  page.info.expected = campaign->statistics.messages;
  page.info.expected_doubt =
      "BSG lists messages by their time of creation, and those that were created more than 88 days after the "
      "campaign were not requested.";
  if (!campaign->created_at) {
    page.info.next_error = protocol::failure(
        ErrorCode::protocol,
        "BSG reports no creation time for this campaign, so the period of its messages is unknown");
    return page;
  }
  auto const created = std::chrono::floor<days>(reading.clock.zone.to_wall(campaign->created_at->time));
  auto const first = std::max(sys_days{}, created - before_creation);
  page.info.next_token = std::to_string(first.time_since_epoch().count());
  return page;
}

Result<ListPage<Message>> read_messages(HttpResponse response, MessageReading const& reading) {
  return read_list<Message>(
      std::move(response), "messages",
      [&](JsonValue record, std::size_t place, wire::RecordTexts& texts, Message& message) {
        return read_message(record, place, texts, reading, message);
      });
}

}  // namespace polycampaign::inline v1::bsg
