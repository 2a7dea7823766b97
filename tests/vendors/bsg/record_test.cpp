#include "vendors/bsg/fixture.hpp"

#include <optional>

namespace polycampaign::inline v1::bsg {
namespace {

std::optional<Timestamp> assumed(std::string_view rfc3339) {
  return Timestamp{at(rfc3339), ZoneBasis::assumed};
}

TEST(BsgRecord, ReadsThePublishedListRecordWhole) {
  auto const campaigns = provider().decode(Document::list, data_file("bsg/campaigns_list.response.json"), {});
  ASSERT_TRUE(campaigns);
  ASSERT_EQ(campaigns->size(), 1U);
  Campaign expected;
  expected.id = "1";
  expected.provider = "bsg";
  expected.name = "string";
  expected.sender = "string";
  expected.channel = Channel::sms;
  expected.status = {StatusCode::queued, "creation"};
  expected.created_at = assumed("2021-04-27T19:44:06Z");
  expected.scheduled_at = expected.created_at;
  expected.started_at = expected.created_at;
  expected.finished_at = expected.created_at;
  expected.statistics.submitted = 0;
  expected.statistics.delivered = 0;
  EXPECT_EQ(campaigns->front(), expected);
}

TEST(BsgRecord, ReadsTheOpenApiDetailWhole) {
  auto const campaign = got(
      R"({"id":53651994,"name":"SMS api campaign / 2021-04-27 19:44:06","sender":"shop","status":"done","type":"sms",)"
      R"("started_at":"2021-04-27 19:44:06","actual_start_at":"2021-04-27 19:44:07","created_at":"2021-04-27 19:44:05",)"
      R"("finished_at":"2021-04-27 19:50:00","statistics":{"delivered":7,"scheduled":0,"moderation":0,"accepted":0,)"
      R"("sending":0,"sent":0,"expired":0,"failed":0,"undelivered":3,"unknown":0},"total_messages":10,)"
      R"("total_phones":10,"total_price":"0.16","currency":"USD","alternative_channels":[]})");
  Campaign expected;
  expected.id = "53651994";
  expected.provider = "bsg";
  expected.name = "SMS api campaign / 2021-04-27 19:44:06";
  expected.sender = "shop";
  expected.channel = Channel::sms;
  expected.status = {StatusCode::completed, "done"};
  expected.created_at = assumed("2021-04-27T19:44:05Z");
  expected.scheduled_at = assumed("2021-04-27T19:44:06Z");
  expected.started_at = assumed("2021-04-27T19:44:07Z");
  expected.finished_at = assumed("2021-04-27T19:50:00Z");
  expected.cost = Cost{*Decimal::parse("0.16"), "USD", CostKind::billed};
  auto& s = expected.statistics;
  s.recipients = 10;
  s.messages = 10;
  s.submitted = 10;
  s.pending = 0;
  s.in_flight = 0;
  s.delivered = 7;
  s.undelivered = 3;
  s.expired = 0;
  s.failed = 0;
  s.unreported = 0;
  EXPECT_EQ(campaign, expected);
}

struct StatusWord {
  std::string json;
  StatusCode code;
  std::optional<std::string> word;
};

TEST(BsgRecord, EveryStatusWordIsKnownInAnySpelling) {
  for (auto const& [json, code, word] : {
           StatusWord{R"("creation")", StatusCode::queued, "creation"},
           StatusWord{R"("CREATION")", StatusCode::queued, "CREATION"},
           StatusWord{R"("moderation")", StatusCode::moderation, "moderation"},
           StatusWord{R"(" Moderation ")", StatusCode::moderation, " Moderation "},
           StatusWord{R"("scheduled")", StatusCode::scheduled, "scheduled"},
           StatusWord{R"("Scheduled")", StatusCode::scheduled, "Scheduled"},
           StatusWord{R"("sending")", StatusCode::sending, "sending"},
           StatusWord{R"("paused")", StatusCode::paused, "paused"},
           StatusWord{R"("done")", StatusCode::completed, "done"},
           StatusWord{R"("Done\n")", StatusCode::completed, "Done\n"},
           StatusWord{R"("stopped")", StatusCode::canceled, "stopped"},
           StatusWord{R"("spam")", StatusCode::rejected, "spam"},
           StatusWord{R"("SPAM")", StatusCode::rejected, "SPAM"},
           StatusWord{R"("finished")", StatusCode::unknown, "finished"},
           StatusWord{"4", StatusCode::unknown, "4"},
           StatusWord{R"(" ")", StatusCode::unknown, std::nullopt},
           StatusWord{"null", StatusCode::unknown, std::nullopt},
       }) {
    auto const campaign = listed(R"({"id":1,"status":)" + json + "}");
    EXPECT_EQ(campaign.status, (CampaignStatus{code, word})) << json;
    EXPECT_TRUE(campaign.notes.empty()) << json;
  }
}

struct Kind {
  std::string members;
  std::optional<Channel> channel;
  std::size_t notes;
};

TEST(BsgRecord, TheChannelHasThreeNamesAndKindsOfStartAreNone) {
  for (auto const& [members, channel, notes] : {
           Kind{R"("message_type":"sms")", Channel::sms, 0},
           Kind{R"("type":"RCS")", Channel::rcs, 0},
           Kind{R"("mesage_type":"viber")", Channel::viber, 0},
           Kind{R"("message_type":"whatsapp","type":"instant")", Channel::whatsapp, 0},
           Kind{R"("type":"sms","message_type":null)", Channel::sms, 0},
           Kind{R"("type":"instant")", std::nullopt, 0},
           Kind{R"("type":"Scheduled")", std::nullopt, 0},
           Kind{R"("message_type":"")", std::nullopt, 0},
           Kind{R"("x":1)", std::nullopt, 0},
           Kind{R"("message_type":"hlr")", Channel::unknown, 1},
           Kind{R"("message_type":7)", std::nullopt, 1},
           Kind{R"("message_type":7,"type":"rcs")", Channel::rcs, 1},
           Kind{R"("message_type":{})", std::nullopt, 1},
       }) {
    auto const campaign = listed(R"({"id":1,)" + members + "}");
    EXPECT_EQ(campaign.channel, channel) << members;
    EXPECT_EQ(campaign.notes.size(), notes) << members;
  }
}

struct Times {
  std::string members;
  std::optional<Timestamp> created;
  std::optional<Timestamp> scheduled;
  std::optional<Timestamp> started;
  std::size_t notes;
};

TEST(BsgRecord, TimesHaveManyNamesAndShapes) {
  auto const a = assumed("2024-04-03T12:14:49Z");
  auto const b = assumed("2024-04-03T12:15:00Z");
  Timestamp const documented{at("2024-04-03T12:14:49Z"), ZoneBasis::documented};
  for (auto const& [members, created, scheduled, started, notes] : {
           Times{R"("created_at":"2024-04-03 12:14:49")", a, {}, {}, 0},
           Times{R"("creation_at":"2024-04-03 12:14:49")", a, {}, {}, 0},
           Times{R"("created_at":null,"creation_at":"2024-04-03 12:14:49")", a, {}, {}, 0},
           Times{R"("creation_at":"2024-04-03 12:15:00","created_at":"2024-04-03 12:14:49")", a, {}, {}, 0},
           Times{R"("start_at":"2024-04-03 12:14:49")", {}, a, {}, 0},
           Times{R"("start_date":"2024-04-03 12:14:49")", {}, a, {}, 0},
           Times{R"("started_at":"2024-04-03 12:14:49")", {}, a, {}, 0},
           Times{R"("started_at":"2024-04-03 12:15:00","start_at":"2024-04-03 12:14:49")", {}, a, {}, 0},
           Times{R"("start_at":"","start_date":"2024-04-03 12:14:49")", {}, a, {}, 0},
           Times{R"("real_start_at":"2024-04-03 12:14:49")", {}, {}, a, 0},
           Times{R"("actual_start_at":"2024-04-03 12:14:49")", {}, {}, a, 0},
           Times{R"("real_start_at":null,"actual_start_at":"2024-04-03 12:15:00")", {}, {}, b, 0},
           Times{R"("created_at":"2024-04-03T12:14:49")", a, {}, {}, 0},
           Times{R"("created_at":"2024-04-03 12:14:49.123")", a, {}, {}, 0},
           Times{R"("created_at":"2024-04-03T14:14:49+02:00")", documented, {}, {}, 0},
           Times{R"("created_at":"2024-04-03T12:14:49.000Z")", documented, {}, {}, 0},
           Times{R"("created_at":"yesterday")", {}, {}, {}, 1},
           Times{R"("created_at":"2024-02-30 12:00:00")", {}, {}, {}, 1},
           Times{R"("created_at":1712146489)", {}, {}, {}, 1},
           Times{R"("created_at":"x","creation_at":"2024-04-03 12:14:49")", a, {}, {}, 1},
       }) {
    for (auto const& campaign : {listed(R"({"id":1,)" + members + "}"), got(R"({"id":1,)" + members + "}")}) {
      EXPECT_EQ(campaign.created_at, created) << members;
      EXPECT_EQ(campaign.scheduled_at, scheduled) << members;
      EXPECT_EQ(campaign.started_at, started) << members;
      EXPECT_EQ(campaign.notes.size(), notes) << members;
    }
  }
}

TEST(BsgRecord, AConfiguredZoneReplacesTheAssumedOneOnly) {
  std::string const record =
      R"({"id":1,"created_at":"2024-04-03 12:14:49","start_at":"2024-04-03T12:14:49Z"})";
  auto const campaign = listed(record, {.time_zone = "Europe/Kyiv"});
  EXPECT_EQ(campaign.created_at, (Timestamp{at("2024-04-03T09:14:49Z"), ZoneBasis::configured}));
  EXPECT_EQ(campaign.scheduled_at, (Timestamp{at("2024-04-03T12:14:49Z"), ZoneBasis::documented}));

  auto const page = test::listing(*adapter("Europe/Kyiv"), list_query())
                        .page({.size = 500})
                        ->decode(answer(R"({"data":[)" + record + "]}"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.front().created_at, campaign.created_at);
}

TEST(BsgRecord, SentIsCumulativeInTheShortFormAndABucketInTheDetail) {
  auto const brief = got(R"({"id":53651994,"statistics":{"delivered":7,"sent":10}})");
  EXPECT_EQ(brief.statistics.submitted, 10);
  EXPECT_EQ(brief.statistics.delivered, 7);
  EXPECT_EQ(brief.statistics.in_flight, std::nullopt);
  EXPECT_EQ(brief.statistics.messages, std::nullopt);

  auto const detail =
      got(R"({"id":53651994,"statistics":{"delivered":7,"sent":0,"undelivered":3},"total_messages":10})");
  EXPECT_EQ(detail.statistics.submitted, 10);
  EXPECT_EQ(detail.statistics.in_flight, 0);
  EXPECT_EQ(detail.statistics.delivered, 7);
  EXPECT_EQ(detail.statistics.undelivered, 3);
  EXPECT_EQ(detail.statistics.pending, std::nullopt);
  EXPECT_EQ(detail.statistics.expired, std::nullopt);
  EXPECT_TRUE(detail.notes.empty());
}

struct Form {
  std::string members;
  bool detail;
};

TEST(BsgRecord, ARecordIsADetailWhenItHasATotalOrAnotherCounter) {
  for (auto const& [members, detail] : {
           Form{R"("statistics":{"delivered":1,"sent":2})", false},
           Form{R"("statistics":{"delivered":1,"sent":2},"total_messages":null)", false},
           Form{R"("statistics":{"delivered":1,"sent":2,"failed":null})", false},
           Form{R"("statistics":{"delivered":1,"sent":2},"calculated_price":0)", false},
           Form{R"("statistics":{"delivered":1,"sent":2},"total_messages":3)", true},
           Form{R"("statistics":{"delivered":1,"sent":2},"total_phones":3)", true},
           Form{R"("statistics":{"delivered":1,"sent":2},"total_price":"0.1")", true},
           Form{R"("statistics":{"delivered":1,"sent":2,"failed":0})", true},
           Form{R"("statistics":{"delivered":1,"sent":2,"read":0})", true},
           Form{R"("statistics":[{"delivered":1,"sent":2,"scheduled":0}])", true},
       }) {
    auto const statistics = got(R"({"id":1,)" + members + "}").statistics;
    EXPECT_EQ(statistics.in_flight, detail ? Count{2} : Count{}) << members;
    EXPECT_EQ(statistics.submitted, detail ? 3 : 2) << members;
  }
}

TEST(BsgRecord, EveryBucketHasItsPlace) {
  auto const campaign = got(
      R"({"id":1,"statistics":{"delivered":1,"scheduled":2,"moderation":4,"accepted":8,"sending":16,"sent":32,)"
      R"("expired":64,"failed":128,"undelivered":256,"unknown":512,"read":1024,"not_viber_user":2048,)"
      R"("not_rcs_user":4096},"total_messages":8191,"total_phones":8000})");
  auto const& s = campaign.statistics;
  EXPECT_EQ(s.pending, 2 + 4 + 16);
  EXPECT_EQ(s.in_flight, 8 + 32);
  EXPECT_EQ(s.delivered, 1 + 1024);
  EXPECT_EQ(s.read, 1024);
  EXPECT_EQ(s.undelivered, 256 + 2048 + 4096);
  EXPECT_EQ(s.expired, 64);
  EXPECT_EQ(s.failed, 128);
  EXPECT_EQ(s.unreported, 512);
  EXPECT_EQ(s.submitted, 8 + 32 + 1 + 1024 + 256 + 2048 + 4096 + 64 + 512);
  EXPECT_EQ(s.messages, 8191);
  EXPECT_EQ(s.recipients, 8000);
  EXPECT_EQ(s.vendor_counters,
            (std::vector<VendorCounter>{{"not_viber_user", 2048}, {"not_rcs_user", 4096}}));
  EXPECT_EQ(partition_sum(s), s.messages);
  EXPECT_TRUE(campaign.notes.empty());
}

struct Counted {
  std::string statistics;
  Count delivered;
  Count failed;
  std::size_t notes;
};

TEST(BsgRecord, StatisticsComeInManyWrappersAndCountersInManyTypes) {
  for (auto const& [statistics, delivered, failed, notes] : {
           Counted{R"({"delivered":7,"failed":1})", 7, 1, 0},
           Counted{R"([{"delivered":7,"failed":1}])", 7, 1, 0},
           Counted{R"([{"delivered":7,"failed":1},{"delivered":9}])", 7, 1, 1},
           Counted{"[]", {}, {}, 0},
           Counted{"[[]]", {}, {}, 1},
           Counted{"{}", {}, {}, 0},
           Counted{"null", {}, {}, 0},
           Counted{R"("none")", {}, {}, 1},
           Counted{R"({"delivered":"7","failed":" 1 "})", 7, 1, 0},
           Counted{R"({"delivered":7.0,"failed":""})", 7, {}, 0},
           Counted{R"({"delivered":-3,"failed":1})", {}, 1, 1},
           Counted{R"({"delivered":9007199254740993,"failed":1})", 9007199254740993, 1, 0},
           Counted{R"({"delivered":9223372036854775806,"failed":1})", 9223372036854775806, 1, 0},
           Counted{R"({"delivered":9223372036854775808,"failed":1})", {}, 1, 1},
           Counted{R"({"delivered":{},"failed":1})", {}, 1, 1},
       }) {
    auto const campaign = got(R"({"id":1,"total_phones":1,"statistics":)" + statistics + "}");
    EXPECT_EQ(campaign.statistics.delivered, delivered) << statistics;
    EXPECT_EQ(campaign.statistics.failed, failed) << statistics;
    EXPECT_EQ(campaign.notes.size(), notes) << statistics;
  }
}

TEST(BsgRecord, ASumThatDoesNotFitIsAbsentWithANote) {
  auto const campaign =
      got(R"({"id":1,"total_phones":1,"statistics":{"delivered":9223372036854775807,"read":1,"expired":2}})");
  EXPECT_EQ(campaign.statistics.delivered, std::nullopt);
  EXPECT_EQ(campaign.statistics.submitted, std::nullopt);
  EXPECT_EQ(campaign.statistics.expired, 2);
  EXPECT_EQ(campaign.notes.size(), 2U);
}

TEST(BsgRecord, OtherSpellingsAndUnknownCountersAreKept) {
  auto const campaign = got(
      R"({"id":1,"total_messages":5,"statistics":{"undelivered":2,"not_service_user":3,"blocked":4,"x":"y"}})");
  EXPECT_EQ(campaign.statistics.undelivered, 5);
  EXPECT_EQ(campaign.statistics.vendor_counters,
            (std::vector<VendorCounter>{{"not_service_user", 3}, {"blocked", 4}}));
}

TEST(BsgRecord, CountersThatDoNotAddUpAreNoted) {
  auto const odd = got(R"({"id":1,"total_messages":12,"statistics":{"delivered":7,"undelivered":3}})");
  EXPECT_EQ(notes_holding(odd, "10").size(), 1U);
  EXPECT_EQ(notes_holding(odd, "12").size(), 1U);
  EXPECT_EQ(odd.statistics.messages, 12);
  EXPECT_TRUE(got(R"({"id":1,"total_messages":12,"statistics":{}})").notes.empty());
  EXPECT_TRUE(got(R"({"id":1,"statistics":{"delivered":7,"undelivered":3}})").notes.empty());
}

struct Priced {
  std::string members;
  std::optional<Cost> cost;
  std::size_t notes;
};

std::optional<Cost> cost(std::string_view amount, CostKind kind, std::string unit = "USD") {
  return Cost{*Decimal::parse(amount), std::move(unit), kind};
}

TEST(BsgRecord, PricesAreExactAndHaveAUnit) {
  for (auto const& [members, expected, notes] : {
           Priced{R"("total_price":"0.16","currency":"USD")", cost("0.16", CostKind::billed), 0},
           Priced{R"("total_price":"0.3000000","currency":"EUR")", cost("0.3000000", CostKind::billed, "EUR"),
                  0},
           Priced{R"("total_price":"35,0987645","currency":"USD")", cost("35.0987645", CostKind::billed), 0},
           Priced{R"("total_price":0.10,"currency":"USD")", cost("0.10", CostKind::billed), 0},
           Priced{R"("total_price":3,"currency":"USD")", cost("3", CostKind::billed), 0},
           Priced{R"("total_price":"0","currency":"USD")", cost("0", CostKind::billed), 0},
           Priced{R"("total_price":"0.16")", {}, 1},
           Priced{R"("total_price":"0.16","currency":"")", {}, 1},
           Priced{R"("total_price":"0.00","currency":null)", {}, 0},
           Priced{R"("total_price":"","currency":"USD")", {}, 0},
           Priced{R"("total_price":"cheap","currency":"USD")", {}, 1},
           Priced{R"("total_price":"1.000,50","currency":"USD")", {}, 1},
           Priced{R"("total_price":[],"currency":"USD")", {}, 1},
           Priced{R"("calculated_price":0.0527088,"currency":"USD")", cost("0.0527088", CostKind::estimate),
                  0},
           Priced{R"("calculated_price":"0.05","currency":"USD")", cost("0.05", CostKind::estimate), 0},
           Priced{R"("calculated_price":0,"currency":null)", {}, 0},
           Priced{R"("calculated_price":0.0,"currency":null)", {}, 0},
           Priced{R"("calculated_price":0.0)", {}, 0},
           Priced{R"("calculated_price":null,"currency":null)", {}, 0},
           Priced{R"("calculated_price":0.00,"currency":"USD")", cost("0.00", CostKind::estimate), 0},
           Priced{R"("calculated_price":0.05)", {}, 1},
           Priced{R"("total_price":"0.2","calculated_price":0.1,"currency":"USD")",
                  cost("0.2", CostKind::billed), 0},
           Priced{R"("currency":"USD")", {}, 0},
       }) {
    auto const campaign = got(R"({"id":1,)" + members + "}");
    EXPECT_EQ(campaign.cost, expected) << members;
    EXPECT_EQ(campaign.notes.size(), notes) << members;
  }
}

TEST(BsgRecord, ExactPricesAreTakenFromTheirOwnRecord) {
  auto const campaigns = provider().decode(
      Document::list,
      R"({"meta":{"page":{"total":2}},"data":[{"id":1,"calculated_price":0.10,"currency":"USD"},)"
      R"({"id":2,"calculated_price":0.20,"currency":"USD"}]})",
      {});
  ASSERT_TRUE(campaigns);
  EXPECT_EQ((*campaigns)[0].cost, cost("0.10", CostKind::estimate));
  EXPECT_EQ((*campaigns)[1].cost, cost("0.20", CostKind::estimate));
}

struct Id {
  std::string json;
  std::string id;
  bool noted;
};

TEST(BsgRecord, IdsAreExactWhateverTheirType) {
  for (auto const& [json, id, noted] : {
           Id{"53651994", "53651994", false},
           Id{R"("12345")", "12345", false},
           Id{"4419393338", "4419393338", false},
           Id{"9007199254740993", "9007199254740993", false},
           Id{R"(" ")", "", true},
           Id{"null", "", true},
           Id{"1.5", "", true},
           Id{"{}", "", true},
       }) {
    auto const campaign = listed(R"({"id":)" + json + R"(,"name":"n"})");
    EXPECT_EQ(campaign.id, id) << json;
    EXPECT_EQ(campaign.name, "n") << json;
    EXPECT_EQ(!campaign.notes.empty(), noted) << json;
  }
}

TEST(BsgRecord, OneOddRecordFailsNoPage) {
  auto const campaigns = provider().decode(
      Document::list, R"({"data":[{"id":1,"name":{},"finished_at":[],"statistics":5},7,null,{"id":2}]})",
      {.keep_raw = true});
  ASSERT_TRUE(campaigns);
  ASSERT_EQ(campaigns->size(), 2U);
  EXPECT_EQ((*campaigns)[0].id, "1");
  EXPECT_EQ((*campaigns)[0].notes.size(), 4U);
  EXPECT_EQ(notes_holding((*campaigns)[0], "2 elements").size(), 1U);
  EXPECT_EQ((*campaigns)[1].id, "2");
  EXPECT_EQ((*campaigns)[1].raw(), R"({"id":2})");
}

TEST(BsgRecord, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const campaign = got(
      R"({"id":1,"id":2,"total_price":9.10,"currency":"USD","total_price":2.50,"currency":"EUR","name":"a","name":null,)"
      R"("statistics":{"delivered":9},"statistics":{"sent":1,"sent":2,"failed":3,"failed":"x","odd":1,"odd":2,)"
      R"("gone":1,"gone":null,"not_rcs_user":4,"not_rcs_user":5}})");
  EXPECT_EQ(campaign.id, "2");
  EXPECT_EQ(campaign.name, std::nullopt);
  EXPECT_EQ(campaign.cost->amount.text(), "2.50");
  EXPECT_EQ(campaign.cost->unit, "EUR");
  EXPECT_EQ(campaign.statistics.in_flight, 2);
  EXPECT_EQ(campaign.statistics.delivered, std::nullopt);
  EXPECT_EQ(campaign.statistics.failed, std::nullopt);
  EXPECT_EQ(campaign.statistics.vendor_counters,
            (std::vector<VendorCounter>{{"odd", 2}, {"not_rcs_user", 5}}));
}

TEST(BsgRecord, KeepsNoMoreUnknownCountersThanAPersonReads) {
  std::string counters = R"("sent":1)";
  for (int i = 0; i < 5'000; ++i) counters += ",\"c" + std::to_string(i) + "\":" + std::to_string(i);
  auto const campaign = got(R"({"id":1,"statistics":{)" + counters + "}}");
  EXPECT_EQ(campaign.statistics.vendor_counters.size(), 32U);
  EXPECT_EQ(notes_holding(campaign, "4968 undocumented counters").size(), 1U);
}

TEST(BsgRecord, ReadsStatisticsKeyedByNumbers) {
  EXPECT_EQ(got(R"({"id":1,"statistics":{"1":{"delivered":7,"sent":9}}})").statistics.delivered, 7);
}

TEST(BsgRecord, AlternativeChannelsOfAnyShapeDisturbNothing) {
  for (auto const* const value : {"null", "[]", R"({"sms":{"statistics":{"delivered":1}}})"}) {
    auto const campaign =
        got(std::string{R"({"id":1,"statistics":{"delivered":7,"sent":9},"alternative_channels":)"} + value +
            "}");
    EXPECT_EQ(campaign.statistics.delivered, 7) << value;
    EXPECT_TRUE(campaign.notes.empty()) << value;
  }
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
