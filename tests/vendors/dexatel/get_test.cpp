#include "vendors/dexatel/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

std::string const id = "48e200b7-be98-4360-b5c7-5dfac16b06f9";
std::string const detail_url = "GET https://api.dexatel.com/v1/campaigns/" + id;
std::string const record = R"({"id":")" + id + R"(","name":"n"})";

Result<Campaign> get(std::string body, bool keep_raw = false) {
  ScriptedConversation conversation{{{detail_url, answer(std::move(body))}}};
  return dexatel_vendor()->call(GetCampaign{.id = std::string{id}, .keep_raw = keep_raw}, conversation);
}

TEST(DexatelGet, ReadsTheCountersOfTheDetail) {
  auto const campaign = get(data_file("dexatel/campaign_read.object.reconstructed.json"));
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->status, (CampaignStatus{StatusCode::sending, "in_progress"}));
  Statistics expected;
  expected.messages = 100;
  expected.delivered = 40;
  expected.failed = 2;
  EXPECT_EQ(campaign->statistics, expected);
  EXPECT_EQ(campaign->updated_at, (Timestamp{at("2025-03-01T09:00:02Z"), ZoneBasis::documented}));
  EXPECT_FALSE(campaign->cost || campaign->sender || campaign->text);
}

TEST(DexatelGet, AcceptsTheCampaignInEveryWrapper) {
  for (auto const& body : {R"({"data":[)" + record + "]}", R"({"data":)" + record + "}", record,
                           R"({"data":[{"id":"other"},)" + record + "]}"}) {
    auto const campaign = get(body, true);
    ASSERT_TRUE(campaign) << body << campaign.error().message;
    EXPECT_EQ(campaign->id, id);
    EXPECT_EQ(campaign->name, "n");
    EXPECT_EQ(campaign->raw(), record) << body;
    EXPECT_TRUE(campaign->notes.empty());
    EXPECT_EQ(get(body)->raw(), "");
  }
}

TEST(DexatelGet, ComparesIdsInAnyCase) {
  auto const campaign = get(R"({"data":[{"id":"48E200B7-BE98-4360-B5C7-5DFAC16B06F9"}]})");
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "48E200B7-BE98-4360-B5C7-5DFAC16B06F9");
}

TEST(DexatelGet, FindsNothingInAnEmptyArray) {
  for (std::string const body : {R"({"data":[]})", R"({"data":null})"}) {
    auto const campaign = get(body);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, ErrorCode::not_found);
    EXPECT_EQ(campaign.error().http_status, 200);
  }
}

TEST(DexatelGet, RefusesAnotherCampaignThanAskedFor) {
  for (std::string const body : {R"({"data":{"id":"7"}})", R"({"data":[{"id":"7"},{"id":"8"}]})",
                                 R"({"data":[{"name":"a"},{"name":"b"}]})"}) {
    auto const campaign = get(body);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, ErrorCode::protocol) << body;
  }
}

TEST(DexatelGet, NamesACampaignWithoutAnIdByTheOneAskedFor) {
  auto const campaign = get(R"({"data":{"name":"n"}})");
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, id);
  EXPECT_EQ(campaign->notes.size(), 1U);
}

TEST(DexatelGet, EncodesTheIdAndRefusesOnesThatNameAnotherResource) {
  auto const adapter = dexatel_vendor();
  ScriptedConversation conversation{
      {{"GET https://api.dexatel.com/v1/campaigns/..%2Fsenders%3Fx", answer("{}", 404)}}};
  EXPECT_EQ(adapter->call(GetCampaign{.id = "../senders?x"}, conversation).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(conversation.calls().at(0).operation, "get");
  EXPECT_EQ(conversation.calls().at(0).request.action, Action::read);
  for (auto const* none : {"", ".", ".."}) {
    ScriptedConversation silent{{}};
    EXPECT_EQ(adapter->call(GetCampaign{.id = std::string{none}}, silent).error().code,
              ErrorCode::invalid_argument)
        << none;
  }
}

Campaign listed() {
  Campaign campaign;
  campaign.id = id;
  campaign.provider = "dexatel";
  campaign.name = "listed";
  campaign.channel = Channel::sms;
  campaign.status = {StatusCode::scheduled, "scheduled"};
  campaign.created_at = Timestamp{at("2025-02-20T08:15:30Z"), ZoneBasis::documented};
  campaign.statistics.failed = 9;
  campaign.recipient_lists = {{"a", std::nullopt}};
  campaign.notes = {"a note"};
  return campaign;
}

Result<Campaign> complete(HttpResponse response) {
  ScriptedConversation conversation{{{detail_url, std::move(response)}}};
  return test::listing(*dexatel_vendor(), list_query()).complete(listed(), conversation);
}

TEST(DexatelComplete, AddsTheCountersAndKeepsWhatOnlyTheListTold) {
  auto const merged =
      complete(answer(R"({"data":{"id":")" + id +
                      R"(","name":"new","status":"completed","messages":{"total":5,"delivered":4}}})"));
  ASSERT_TRUE(merged);
  auto expected = listed();
  expected.name = "new";
  expected.status = {StatusCode::completed, "completed"};
  expected.statistics.messages = 5;
  expected.statistics.delivered = 4;
  EXPECT_EQ(*merged, expected);
}

TEST(DexatelComplete, GivesBackACampaignThatIsGoneWithANote) {
  auto const gone = complete(answer(data_file("dexatel/error_not_found.reconstructed.json"), 404));
  ASSERT_TRUE(gone);
  auto expected = listed();
  expected.notes = gone->notes;
  EXPECT_EQ(*gone, expected);
  EXPECT_EQ(gone->notes.size(), 2U);
}

TEST(DexatelComplete, PassesOtherErrorsOnAndAsksNothingWithoutAnId) {
  EXPECT_EQ(complete(answer("", 503)).error().code, ErrorCode::unavailable);
  ScriptedConversation silent{{}};
  auto const back = test::listing(*dexatel_vendor(), list_query()).complete(Campaign{}, silent);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->notes.size(), 1U);
}

}
}
