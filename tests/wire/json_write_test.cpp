#include "polycampaign/json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace polycampaign {
namespace {

Timestamp at(char const* time) {
  return {*parse_time(time)};
}

Campaign full() {
  Campaign c{
      .id = "53651994", .provider = "bsg", .name = "Spring", .sender = "Shop", .channel = Channel::sms};
  c.status = {StatusCode::completed, "done"};
  c.created_at = at("2021-04-27T19:44:06Z");
  c.statistics = {.recipients = 10,
                  .messages = 10,
                  .submitted = 10,
                  .pending = 0,
                  .in_flight = 0,
                  .delivered = 7,
                  .undelivered = 3,
                  .expired = 0,
                  .failed = 0,
                  .unreported = 0};
  c.cost = Cost{*Decimal::parse("0.16"), "USD", CostKind::billed};
  c.recipient_lists = {{"5a0331bffc5886074551ce97", std::nullopt}};
  c.raw_record = "{}";
  return c;
}

TEST(ToJson, WritesACampaignAsTheCommandPrintsIt) {
  EXPECT_EQ(
      to_json(full(), "promo"),
      R"({"account":"promo","provider":"bsg","id":"53651994","name":"Spring","sender":"Shop","text":null,"channel":"sms",)"
      R"("status":"completed","vendor_status":"done",)"
      R"("created_at":"2021-04-27T19:44:06Z","scheduled_at":null,"started_at":null,"finished_at":null,"updated_at":null,)"
      R"("statistics":{"recipients":10,"filtered":null,"messages":10,"submitted":10,"pending":0,"in_flight":0,)"
      R"("delivered":7,"undelivered":3,"expired":0,"failed":0,"unreported":0,)"
      R"("read":null,"replies":null,"opt_outs":null,"clicks":null,"vendor_counters":{},"reported_rates":{}},)"
      R"("cost":{"amount":"0.16","unit":"USD","kind":"billed"},)"
      R"("recipient_lists":[{"id":"5a0331bffc5886074551ce97","name":null}],"notes":[]})");
}

TEST(ToJson, WritesWhatIsAbsentAsNull) {
  EXPECT_EQ(
      to_json(Campaign{}),
      R"({"account":null,"provider":"","id":"","name":null,"sender":null,"text":null,"channel":null,)"
      R"("status":"unknown","vendor_status":null,)"
      R"("created_at":null,"scheduled_at":null,"started_at":null,"finished_at":null,"updated_at":null,)"
      R"("statistics":{"recipients":null,"filtered":null,"messages":null,"submitted":null,"pending":null,)"
      R"("in_flight":null,"delivered":null,"undelivered":null,"expired":null,"failed":null,"unreported":null,)"
      R"("read":null,"replies":null,"opt_outs":null,"clicks":null,"vendor_counters":{},"reported_rates":{}},)"
      R"("cost":null,"recipient_lists":[],"notes":[]})");
}

TEST(ToJson, WritesListsMapsAndTimes) {
  auto c = full();
  c.text = "";
  c.status.vendor_word = "";
  c.channel = Channel::unknown;
  c.scheduled_at = at("2021-04-28T00:00:00Z");
  c.started_at = at("2021-04-28T00:00:01Z");
  c.finished_at = at("2021-04-28T00:00:02Z");
  c.updated_at = at("2021-04-28T00:00:03Z");
  c.statistics.read = std::numeric_limits<std::int64_t>::max();
  c.statistics.vendor_counters = {{"npai", 2}, {"x", 0}};
  c.statistics.reported_rates = {{"delivery_rate", "85.50"}};
  c.cost->kind = CostKind::estimate;
  c.recipient_lists = {{"1", "a"}, {std::nullopt, "b"}};
  c.notes = {"one", "two"};
  auto const json = nlohmann::json::parse(to_json(c), nullptr, false);
  ASSERT_TRUE(json.is_object());
  EXPECT_EQ(json["text"], "");
  EXPECT_EQ(json["vendor_status"], "");
  EXPECT_EQ(json["channel"], "unknown");
  EXPECT_EQ(json["scheduled_at"], "2021-04-28T00:00:00Z");
  EXPECT_EQ(json["started_at"], "2021-04-28T00:00:01Z");
  EXPECT_EQ(json["finished_at"], "2021-04-28T00:00:02Z");
  EXPECT_EQ(json["updated_at"], "2021-04-28T00:00:03Z");
  EXPECT_EQ(json["statistics"]["read"], std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(json["statistics"]["vendor_counters"].dump(), R"({"npai":2,"x":0})");
  EXPECT_EQ(json["statistics"]["reported_rates"].dump(), R"({"delivery_rate":"85.50"})");
  EXPECT_EQ(json["cost"]["kind"], "estimate");
  EXPECT_EQ(json["recipient_lists"].dump(), R"([{"id":"1","name":"a"},{"id":null,"name":"b"}])");
  EXPECT_EQ(json["notes"].dump(), R"(["one","two"])");
}

TEST(ToJson, StaysValidWhateverATextHolds) {
  auto c = full();
  std::string every;
  for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
  c.text = every;
  c.name = "caf\xC3\xA9 \xF0\x9F\x98\x80 \"\\/\n\x7f";
  c.notes = {"\xED\xA0\x80"};
  c.statistics.vendor_counters = {{"a\"b\xFF", 1}};
  auto const line = to_json(c, "a\"c");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  auto const json = nlohmann::json::parse(line, nullptr, false);
  ASSERT_TRUE(json.is_object()) << line;
  EXPECT_EQ(json["account"], "a\"c");
  EXPECT_EQ(json["name"], *c.name);
  EXPECT_EQ(json["text"].get<std::string>().substr(0, 128), every.substr(0, 128));
  EXPECT_NE(json["text"].get<std::string>().find("\xEF\xBF\xBD"), std::string::npos);
  EXPECT_EQ(json["statistics"]["vendor_counters"]["a\"b\xEF\xBF\xBD"], 1);
}

TEST(ToJson, WritesAnError) {
  EXPECT_EQ(
      to_json(Error{.code = ErrorCode::unavailable,
                    .effect = Effect::unknown,
                    .transient = true,
                    .retry_after = std::chrono::seconds{900},
                    .attempts = 3,
                    .http_status = 503,
                    .vendor_code = "-99",
                    .provider = "smsup",
                    .message = "try \"later\""},
              "shop"),
      R"({"account":"shop","provider":"smsup","code":"unavailable","effect":"unknown","transient":true,)"
      R"("retry_after":900000,"http_status":503,)"
      R"("vendor_code":"-99","attempts":3,"message":"try \"later\""})");
  EXPECT_EQ(to_json(Error{.code = ErrorCode::configuration, .message = "no api_key"}),
            R"({"account":null,"provider":null,"code":"configuration","effect":"none","transient":false,)"
            R"("retry_after":null,"http_status":null,)"
            R"("vendor_code":null,"attempts":0,"message":"no api_key"})");
}

TEST(ToJson, WritesWhatWritingAnswers) {
  Submission submission{.provider = "smsup", .id = "7", .status = {StatusCode::moderation, {}}};
  submission.recipients = 3;
  submission.filtered = 1;
  submission.filtered_by = {{"blacklisted", 1}};
  submission.cost = Cost{*Decimal::parse("2"), "credits", CostKind::billed};
  submission.scheduled_at = at("2026-12-01T08:00:00Z");
  submission.notes = {"a \"note\""};
  EXPECT_EQ(
      to_json(submission, "shop"),
      R"({"account":"shop","provider":"smsup","id":"7","status":"moderation","vendor_status":null,"recipients":3,)"
      R"("filtered":1,"filtered_by":{"blacklisted":1},"scheduled_at":"2026-12-01T08:00:00Z",)"
      R"("cost":{"amount":"2","unit":"credits","kind":"billed"},"notes":["a \"note\""]})");
  EXPECT_EQ(
      to_json(Submission{.provider = "bsg"}),
      R"({"account":null,"provider":"bsg","id":null,"status":"unknown","vendor_status":null,"recipients":null,)"
      R"("filtered":null,"filtered_by":{},"scheduled_at":null,"cost":null,"notes":[]})");
  Estimate estimate{.provider = "bsg", .counted_by = CountedBy::vendor};
  estimate.recipients = 340;
  estimate.parts = 1;
  estimate.messages = 340;
  estimate.cost = Cost{*Decimal::parse("17.92"), "USD", CostKind::estimate};
  EXPECT_EQ(
      to_json(estimate, "promo"),
      R"({"account":"promo","provider":"bsg","recipients":340,"parts":1,"messages":340,"counted_by":"vendor",)"
      R"("filtered":null,"filtered_by":{},"cost":{"amount":"17.92","unit":"USD","kind":"estimate"},"warnings":[]})");
  EXPECT_EQ(to_json(Balance{.provider = "bsg",
                            .amount = *Decimal::parse("-50.25"),
                            .unit = "EUR",
                            .credit_limit = *Decimal::parse("125")},
                    "promo"),
            R"({"account":"promo","provider":"bsg","amount":"-50.25","unit":"EUR","credit_limit":"125"})");
  EXPECT_EQ(
      to_json(Sender{.provider = "bsg",
                     .text = "Shop24",
                     .channel = Channel::sms,
                     .status = {SenderStatusCode::active, "active"},
                     .is_default = true},
              "promo"),
      R"({"account":"promo","provider":"bsg","id":null,"sender":"Shop24","channel":"sms","status":"active",)"
      R"("vendor_status":"active","countries":[],"is_default":true})");
}

}  // namespace
}  // namespace polycampaign
