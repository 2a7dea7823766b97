#include <polycampaign/json.hpp>

#include "testing/other_program.hpp"

#include <gtest/gtest.h>

#include <string>

/// Messages, replies, opt-outs and lists as JSON, as another program reads them.
namespace polycampaign::test {
namespace {

Timestamp at(char const* time) {
  return {parse_time(time).value()};
}

/// Returns what python3 makes of the JSON: its members in order, as Python writes them.
std::string as_read(std::string const& json) {
  return output_of("python3 -c 'import json,sys; print(list(json.load(sys.stdin).items()))'", json);
}

TEST(ListsJson, WritesAMessage) {
  if (!has_program("python3")) GTEST_SKIP() << "python3 is not installed: its reading is NOT tested";
  Message message{.id = "4419393338", .provider = "bsg", .campaign = "53651994", .reference = "a1"};
  message.number = "+380501234567";
  message.sender = "Shop24";
  message.text = "\"caf\xC3\xA9\"\n\x01";
  message.status = {MessageStatusCode::delivered, "delivered"};
  message.created_at = at("2026-03-02T09:00:00Z");
  message.sent_at = at("2026-03-02T09:00:01Z");
  message.reported_at = at("2026-03-02T09:00:02Z");
  message.parts = 1;
  message.cost = Cost{*Decimal::parse("0.0527"), "USD", CostKind::billed};
  message.country = "UA";
  message.notes = {"odd"};
  message.raw_record = "{}";
  EXPECT_EQ(as_read(to_json(message, "promo")),
            "[('account', 'promo'), ('provider', 'bsg'), ('id', '4419393338'), ('campaign', '53651994'), "
            "('reference', 'a1'), ('number', '+380501234567'), ('sender', 'Shop24'), "
            "('text', '\"caf\xC3\xA9\"\\n\\x01'), ('status', 'delivered'), ('vendor_status', 'delivered'), "
            "('created_at', '2026-03-02T09:00:00Z'), ('sent_at', '2026-03-02T09:00:01Z'), "
            "('reported_at', '2026-03-02T09:00:02Z'), ('parts', 1), "
            "('cost', {'amount': '0.0527', 'unit': 'USD', 'kind': 'billed'}), ('country', 'UA'), "
            "('notes', ['odd'])]\n");
  EXPECT_EQ(as_read(to_json(Message{.provider = "bsg"})),
            "[('account', None), ('provider', 'bsg'), ('id', None), ('campaign', None), ('reference', None), "
            "('number', None), ('sender', None), ('text', None), ('status', 'unknown'), "
            "('vendor_status', None), ('created_at', None), ('sent_at', None), ('reported_at', None), "
            "('parts', None), ('cost', None), ('country', None), ('notes', [])]\n");
}

TEST(ListsJson, WritesRepliesAndOptOuts) {
  if (!has_program("python3")) GTEST_SKIP() << "python3 is not installed: its reading is NOT tested";
  Reply reply{.id = "1", .provider = "smsup", .campaign = "18969398"};
  reply.number = "+33601020304";
  reply.text = "oui";
  reply.at = at("2026-03-02T09:00:00Z");
  EXPECT_EQ(as_read(to_json(reply, "shop")),
            "[('account', 'shop'), ('provider', 'smsup'), ('campaign', '18969398'), "
            "('number', '+33601020304'), ('text', 'oui'), ('at', '2026-03-02T09:00:00Z'), "
            "('reference', None)]\n");
  OptOut opt_out{.provider = "smsup", .number = "+33601020304", .reference = "a1"};
  EXPECT_EQ(as_read(to_json(opt_out)),
            "[('account', None), ('provider', 'smsup'), ('campaign', None), ('number', '+33601020304'), "
            "('text', None), ('at', None), ('reference', 'a1')]\n");
}

TEST(ListsJson, WritesARecipientList) {
  if (!has_program("python3")) GTEST_SKIP() << "python3 is not installed: its reading is NOT tested";
  RecipientList list{.id = "12", .name = "Customers", .size = 340};
  list.created_at = at("2021-04-27T19:44:06Z");
  EXPECT_EQ(as_read(to_json(list, "bsg", "promo")),
            "[('account', 'promo'), ('provider', 'bsg'), ('id', '12'), ('name', 'Customers'), ('size', 340), "
            "('created_at', '2021-04-27T19:44:06Z'), ('notes', [])]\n");
  EXPECT_EQ(as_read(to_json(RecipientList{}, "bsg")),
            "[('account', None), ('provider', 'bsg'), ('id', None), ('name', None), ('size', None), "
            "('created_at', None), ('notes', [])]\n");
}

}  // namespace
}  // namespace polycampaign::test
