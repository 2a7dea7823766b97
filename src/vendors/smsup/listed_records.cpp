#include "vendors/smsup/listed_records.hpp"

#include "polycampaign/protocol/json_text.hpp"

#include <array>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::smsup {
namespace {

using wire::Scalar;
using Code = MessageStatusCode;

/// The codes and names of delivery reports ("Delivery report"), and the words of the filter of "Get messages
/// over a period of time". The codes 8 and 10 are assigned to nothing. The page of the codes counts NOT_SENT
/// among those that can still change.
constexpr std::array<wire::MessageStatusWord, 26> status_words{{
    {"0", Code::queued},          {"NOT_SENT", Code::queued},
    {"1", Code::submitted},       {"SENT", Code::submitted},
    {"2", Code::undelivered},     {"NOT_DELIVERED", Code::undelivered},
    {"3", Code::delivered},       {"DELIVERED", Code::delivered},
    {"4", Code::rejected},        {"NOT_ALLOWED", Code::rejected},
    {"5", Code::failed},          {"INVALID_DESTINATION", Code::failed},
    {"6", Code::rejected},        {"INVALID_SENDER", Code::rejected},
    {"7", Code::failed},          {"ROUTE_NOT_AVAILABLE", Code::failed},
    {"9", Code::rejected},        {"REJECTED", Code::rejected},
    {"11", Code::failed},         {"NETWORK_ERROR", Code::failed},
    {"12", Code::expired},        {"EXPIRED", Code::expired},
    {"waiting", Code::scheduled}, {"moderation", Code::moderation},
    {"denied", Code::rejected},   {"undelivered", Code::undelivered},
}};

/// Returns whether the second word says more than the first one: what became of a message that was not
/// delivered.
bool says_more(Code first, Code second) noexcept {
  if (first == Code::unknown) return second != Code::unknown;
  return first == Code::undelivered &&
         (second == Code::expired || second == Code::failed || second == Code::rejected);
}

void read_statuses(Scalar const& status, Scalar const& details, wire::Notes& notes, Message& message) {
  message.status = wire::read_message_status(status, status_words, "status", notes);
  auto second = wire::read_message_status(details, status_words, "status_details", notes);
  if (says_more(message.status.code, second.code)) message.status.code = second.code;
  if (!second.vendor_word || second.vendor_word == message.status.vendor_word) return;
  if (!message.status.vendor_word)
    message.status.vendor_word = std::move(second.vendor_word);
  else
    notes.add({"status_details: ", *second.vendor_word});
}

/// The page calls `date` the send date, also of a message that was never sent, such as INVALID_DESTINATION.
bool handed_over(Code code) noexcept {
  return code == Code::submitted || code == Code::delivered || code == Code::undelivered ||
         code == Code::expired || code == Code::received;
}

std::string exact_text(ListedRecord const& record, std::string_view name, Scalar const& value) {
  return value.kind == Scalar::Kind::real ? protocol::json_member(record.text(), name) : std::string{};
}

std::optional<Timestamp> read_date(Scalar const& value, Reading const& reading, std::string_view name,
                                   wire::Notes& notes) {
  return wire::read_time(unquoted(value), reading.clock, name, notes);
}

}  // namespace

bool read_message(ListedRecord const& record, Reading const& reading, Message& message) {
  message.provider = "smsup";
  wire::Notes notes{message.notes};
  Scalar status;
  Scalar details;
  std::optional<Timestamp> date;
  bool incoming = false;
  bool known = false;
  for (auto const& [name, value] : record.members) {
    bool is_member = true;
    if (name == "message_id") {
      message.id = wire::read_word(value, name, notes).value_or("");
    } else if (name == "campaign_id") {
      message.campaign = wire::read_word(value, name, notes);
    } else if (name == "client_message_id") {
      message.reference = wire::read_text(value, name, notes);
      if (message.reference && message.reference->empty()) message.reference.reset();
    } else if (name == "destination") {
      message.number = wire::read_number(value, name, notes);
    } else if (name == "sender") {
      message.sender = wire::read_word(value, name, notes);
    } else if (name == "message") {
      message.text = wire::read_text(value, name, notes);
    } else if (name == "date") {
      date = read_date(value, reading, name, notes);
    } else if (name == "dlr_date") {
      message.reported_at = read_date(value, reading, name, notes);
    } else if (name == "country") {
      message.country = wire::read_word(value, name, notes);
    } else if (name == "cost") {
      if (auto amount = wire::read_decimal(value, exact_text(record, name, value), name, notes))
        message.cost = Cost{*std::move(amount), "credits", CostKind::billed};
    } else if (name == "type") {
      auto const type = wire::words_of(value);
      incoming = wire::same_word(type, "sms_mo") || wire::same_word(type, "messages-in");
      if (!incoming && !type.empty() && !wire::same_word(type, "sms_mt") &&
          !wire::same_word(type, "messages-out"))
        notes.unexpected(name, value, "a type of message that the pages show");
      is_member = false;
    } else {
      if (name == "status") status = value;
      if (name == "status_details") details = value;
      is_member = false;
    }
    known = known || (is_member && !value.empty());
  }
  if (!known) return false;
  read_statuses(status, details, notes, message);
  if (incoming) message.status.code = Code::received;
  if (handed_over(message.status.code)) message.sent_at = date;
  if (message.id.empty()) notes.add("the record has no message_id");
  if (reading.keep_raw) message.raw_record = std::string{record.text()};
  return true;
}

bool read_reply(ListedRecord const& record, Reading const& reading, Reply& reply) {
  reply.provider = "smsup";
  wire::Notes notes{reply.notes};
  for (auto const& [name, value] : record.members) {
    if (name == "message_id")
      reply.id = wire::read_word(value, name, notes).value_or("");
    else if (name == "campaign_id")
      reply.campaign = wire::read_word(value, name, notes);
    else if (name == "destination")
      reply.number = wire::read_number(value, name, notes);
    else if (name == "message")
      reply.text = wire::read_text(value, name, notes);
    else if (name == "date")
      reply.at = read_date(value, reading, name, notes);
  }
  return !reply.id.empty() || reply.number || reply.text || reply.at;
}

bool read_opt_out(ListedRecord const& record, Reading const& reading, OptOut& opt_out) {
  opt_out.provider = "smsup";
  wire::Notes notes{opt_out.notes};
  for (auto const& [name, value] : record.members) {
    if (name == "id")
      opt_out.id = wire::read_word(value, name, notes).value_or("");
    else if (name == "campaign_id")
      opt_out.campaign = wire::read_word(value, name, notes);
    else if (name == "destination")
      opt_out.number = wire::read_number(value, name, notes);
    else if (name == "date")
      opt_out.at = read_date(value, reading, name, notes);
  }
  if (!opt_out.number) notes.add("the record has no destination");
  return !opt_out.id.empty() || opt_out.number || opt_out.at;
}

bool read_recipient_list(ListedRecord const& record, Reading const& reading, RecipientList& list) {
  wire::Notes notes{list.notes};
  for (auto const& [name, value] : record.members) {
    if (name == "id")
      list.id = wire::read_word(value, name, notes);
    else if (name == "name")
      list.name = wire::read_text(value, name, notes);
    else if (name == "date")
      list.created_at = read_date(value, reading, name, notes);
    else if (name == "count")
      list.size = wire::read_count(value, name, notes);
  }
  if (!list.id) notes.add("the record has no id");
  return list.id || list.name || list.size;
}

}  // namespace polycampaign::inline v1::smsup
