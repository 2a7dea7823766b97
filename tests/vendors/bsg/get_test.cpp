#include "vendors/bsg/fixture.hpp"

namespace polycampaign::inline v1::bsg {
namespace {

constexpr auto detail_of_5 =
    R"({"data":{"id":"5","name":"n","status":"done","type":"instant","start_at":"2022-01-01 00:01:02",)"
    R"("finished_at":null,"statistics":[{"delivered":7,"sent":0,"undelivered":3}],"total_messages":10,)"
    R"("total_phones":9,"total_price":"0,30","currency":"USD"}})";

constexpr auto listed_5 =
    R"({"id":5,"name":"n","sender":"shop","status":"sending","message_type":"rcs","created_at":"2022-01-01 00:00:01",)"
    R"("finished_at":"2022-01-02 00:00:00","statistics":{"delivered":6,"sent":10},"calculated_price":0})";

std::string short_url(std::string const& id) {
  return "GET " + host + "/api/campaigns/" + id;
}
std::string detail_url(std::string const& id) {
  return short_url(id) + "/detail";
}

TEST(BsgGet, AsksForTheDetail) {
  ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(detail_of_5)}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "5");
  EXPECT_EQ(campaign->channel, std::nullopt);
  EXPECT_EQ(campaign->statistics.submitted, 10);
  EXPECT_EQ(campaign->statistics.recipients, 9);
  EXPECT_EQ(campaign->cost, (Cost{*Decimal::parse("0.30"), "USD", CostKind::billed}));
  ASSERT_EQ(conversation.calls().size(), 1U);
  auto const& call = conversation.calls().front();
  EXPECT_EQ(call.request.action, Action::read);
  EXPECT_EQ(call.operation, "get");
  EXPECT_TRUE(call.authenticated);
}

TEST(BsgGet, BriefAsksForTheShortFormWhoseSentIsCumulative) {
  ScriptedConversation conversation{
      {{.request = short_url("5"),
        .reply = answer(R"({"data":{"id":5,"statistics":{"delivered":7,"sent":10}}})")}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5", .brief = true}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->statistics.submitted, 10);
  EXPECT_EQ(campaign->statistics.in_flight, std::nullopt);
}

TEST(BsgGet, TheDetailsSentIsABucketEvenWhenItHasNoTotals) {
  ScriptedConversation conversation{
      {{.request = detail_url("5"),
        .reply = answer(R"({"data":{"id":5,"statistics":{"delivered":7,"sent":2}}})")}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->statistics.in_flight, 2);
  EXPECT_EQ(campaign->statistics.submitted, 9);
}

TEST(BsgGet, TheAnswerMayBeBareOrAnArray) {
  for (auto const* const body :
       {R"({"id":5,"name":"n"})", R"([{"id":5,"name":"n"}])", R"({"data":[{"id":5,"name":"n"}]})",
        R"({"data":[{"id":4},{"id":5,"name":"n"}]})"}) {
    ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(body)}}};
    auto const campaign = adapter()->call(GetCampaign{.id = "5", .keep_raw = true}, conversation);
    ASSERT_TRUE(campaign) << body;
    EXPECT_EQ(campaign->name, "n") << body;
    EXPECT_EQ(campaign->raw(), R"({"id":5,"name":"n"})") << body;
  }
}

TEST(BsgGet, AnIdThatBsgCannotHaveCostsNoRequest) {
  for (auto const* const id : {"", "abc", "5/stop", "-5", "5 ", "../5"}) {
    ScriptedConversation conversation{{}};
    auto const campaign = adapter()->call(GetCampaign{.id = std::string{id}}, conversation);
    ASSERT_FALSE(campaign) << id;
    EXPECT_EQ(campaign.error().code, ErrorCode::invalid_argument) << id;
  }
}

TEST(BsgGet, LeadingZerosNameTheSameCampaign) {
  ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(detail_of_5)}}};
  EXPECT_TRUE(adapter()->call(GetCampaign{.id = "005"}, conversation));
}

struct RefusedGet {
  std::string body;
  int status;
  ErrorCode code;
};

TEST(BsgGet, WhatIsNotThereOrNotReadableIsAnError) {
  for (auto const& [body, status, code] : {
           RefusedGet{R"({"message":"Not found"})", 404, ErrorCode::not_found},
           RefusedGet{R"({"data":[]})", 200, ErrorCode::not_found},
           RefusedGet{R"({"data":{}})", 200, ErrorCode::not_found},
           RefusedGet{R"({"data":null})", 200, ErrorCode::not_found},
           RefusedGet{R"({"data":{"balance":-50.25,"currency":"EUR","credit":125}})", 200,
                      ErrorCode::protocol},
           RefusedGet{R"({"data":{"data":{"id":5}}})", 200, ErrorCode::protocol},
           RefusedGet{R"({"data":[7,[]]})", 200, ErrorCode::protocol},
           RefusedGet{R"({"data":{"id":6}})", 200, ErrorCode::protocol},
           RefusedGet{R"({"code":401,"message":"Expired JWT Token"})", 401, ErrorCode::unauthenticated},
           RefusedGet{"<html>", 200, ErrorCode::protocol},
           RefusedGet{data_file("bsg/campaign_detail.response.malformed.txt"), 200, ErrorCode::protocol},
       }) {
    ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(body, status)}}};
    auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, code) << body;
    EXPECT_EQ(campaign.error().effect, Effect::none) << body;
  }
}

TEST(BsgGet, ARecordWithoutIdIsTheOneThatWasAskedFor) {
  ScriptedConversation conversation{
      {{.request = detail_url("5"), .reply = answer(R"({"data":{"name":"n"}})")}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "5");
  EXPECT_EQ(notes_holding(*campaign, "id").size(), 1U);
}

TEST(BsgComplete, TheDetailWinsAndTheListsOwnFactsStay) {
  ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(detail_of_5)}}};
  auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status.code, StatusCode::completed);
  EXPECT_EQ(campaign->sender, "shop");
  EXPECT_EQ(campaign->channel, Channel::rcs);
  EXPECT_EQ(campaign->created_at, (Timestamp{at("2022-01-01T00:00:01Z"), ZoneBasis::assumed}));
  EXPECT_EQ(campaign->scheduled_at, (Timestamp{at("2022-01-01T00:01:02Z"), ZoneBasis::assumed}));
  EXPECT_EQ(campaign->finished_at, (Timestamp{at("2022-01-02T00:00:00Z"), ZoneBasis::assumed}));
  EXPECT_EQ(campaign->statistics.delivered, 7);
  EXPECT_EQ(campaign->statistics.submitted, 10);
  EXPECT_EQ(campaign->statistics.messages, 10);
  EXPECT_EQ(campaign->cost, (Cost{*Decimal::parse("0.30"), "USD", CostKind::billed}));
}

TEST(BsgComplete, ADetailWithoutCountersLeavesTheLists) {
  ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer(R"({"data":{"id":5}})")}}};
  auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(*campaign, listed(listed_5));
}

TEST(BsgComplete, ACampaignThatIsGoneComesBackWithANote) {
  ScriptedConversation conversation{{{.request = detail_url("5"), .reply = answer("", 404)}}};
  auto expected = listed(listed_5);
  auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
  ASSERT_TRUE(campaign);
  ASSERT_EQ(campaign->notes.size(), 1U);
  expected.notes = campaign->notes;
  EXPECT_EQ(*campaign, expected);
}

TEST(BsgComplete, ACampaignWithoutIdComesBackWithANote) {
  ScriptedConversation conversation{{}};
  auto const campaign =
      test::listing(*adapter(), list_query()).complete(listed(R"({"name":"n"})"), conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->name, "n");
  EXPECT_EQ(campaign->notes.size(), 2U);
}

TEST(BsgComplete, OtherErrorsArePassedOn) {
  for (auto const code : {ErrorCode::network, ErrorCode::canceled, ErrorCode::unavailable}) {
    ScriptedConversation conversation{{{.request = detail_url("5"), .reply = Error{.code = code}}}};
    auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
    ASSERT_FALSE(campaign);
    EXPECT_EQ(campaign.error().code, code);
  }
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
