#include "vendors/smsup/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

constexpr char const* url = "GET https://api.smsup.ch/campaign/18969398";

Result<Campaign> get(std::string body, bool keep_raw = false) {
  ScriptedConversation conversation{{{url, answer(std::move(body))}}};
  return smsup_vendor()->call(GetCampaign{.id = "18969398", .keep_raw = keep_raw}, conversation);
}

TEST(SmsupGet, AcceptsTheCampaignInEveryWrapper) {
  constexpr auto older_xml =
      "<response><status>1</status><campaigns><id>18969398</id><sender>S</sender></campaigns></response>";
  for (std::string const body : {
           R"({"status":1,"message":"OK","campaign":[{"id":"18969398","sender":"S"}]})",
           R"({"status":1,"message":"OK","campaign":{"id":18969398,"sender":"S"}})",
           R"({"campaign":[{"id":"18969398","sender":"S"}]})",
           R"({"status":1,"campaigns":[{"id":"7"},{"id":"18969398","sender":"S"}]})",
           "<response><status>1</status><campaign><id>18969398</id><sender>S</sender></campaign></response>",
           older_xml,
       }) {
    auto const campaign = get(body);
    ASSERT_TRUE(campaign) << body << campaign.error().message;
    EXPECT_EQ(campaign->id, "18969398");
    EXPECT_EQ(campaign->sender, "S");
    EXPECT_EQ(campaign->status, CampaignStatus{}) << body;
    EXPECT_TRUE(campaign->notes.empty()) << body;
  }
}

TEST(SmsupGet, FindsNothingInAnEmptyArray) {
  for (std::string const body : {R"({"status":1,"campaign":[]})", R"({"status":1,"campaign":null})",
                                 "<response><status>1</status><message>OK</message></response>",
                                 "<response><status>1</status><campaign></campaign></response>"}) {
    auto const campaign = get(body);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, ErrorCode::not_found) << body;
    EXPECT_EQ(campaign.error().http_status, 200);
  }
  EXPECT_EQ(get(R"({"status":1,"message":"OK"})").error().code, ErrorCode::protocol);
}

TEST(SmsupGet, RefusesAnotherCampaignThanAskedFor) {
  for (std::string const body : {R"({"status":1,"campaign":[{"id":"7"}]})",
                                 R"({"status":1,"campaign":[{"id":"7"},{"sender":"S"}]})"}) {
    auto const campaign = get(body);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, ErrorCode::protocol);
  }
}

TEST(SmsupGet, NamesACampaignWithoutAnIdByTheOneAskedFor) {
  auto const campaign = get(R"({"status":1,"campaign":[{"sender":"S"}]})");
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "18969398");
  EXPECT_EQ(campaign->notes.size(), 1U);
}

TEST(SmsupGet, KeepsTheRecordOnRequest) {
  EXPECT_EQ(get(R"({"campaign": [ {"id":"18969398"} ]})", true)->raw(), R"({"id":"18969398"})");
  EXPECT_EQ(get(R"({"campaign":{"id":"18969398"}})", true)->raw(), R"({"id":"18969398"})");
  EXPECT_EQ(get(R"({"campaign":{"id":"18969398"}})")->raw(), "");
  EXPECT_EQ(get("<response><campaign><id>18969398</id></campaign></response>", true)->raw(),
            "<campaign><id>18969398</id></campaign>");
}

TEST(SmsupGet, EncodesTheIdAndRefusesOnesThatNameAnotherResource) {
  ScriptedConversation conversation{
      {{"GET https://api.smsup.ch/campaign/..%2Faccount%3Fx", answer(R"({"status":-5,"message":"no"})")}}};
  auto const adapter = smsup_vendor();
  EXPECT_EQ(adapter->call(GetCampaign{.id = "../account?x"}, conversation).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(conversation.calls().at(0).operation, "get");
  EXPECT_EQ(conversation.calls().at(0).request.action, Action::read);
  for (auto const* id : {"", ".", ".."}) {
    ScriptedConversation silent{{}};
    EXPECT_EQ(adapter->call(GetCampaign{.id = std::string{id}}, silent).error().code,
              ErrorCode::invalid_argument)
        << id;
  }
}

Campaign listed() {
  Campaign campaign;
  campaign.id = "18969398";
  campaign.provider = "smsup";
  campaign.sender = "listed";
  campaign.text = "listed text";
  campaign.status = {StatusCode::scheduled, "Waiting"};
  campaign.statistics.delivered = 1;
  campaign.statistics.expired = 2;
  campaign.statistics.vendor_counters = {{"npai", 3}};
  campaign.recipient_lists = {{"9", std::nullopt}};
  campaign.notes = {"a note"};
  return campaign;
}

Result<Campaign> complete(HttpResponse response) {
  ScriptedConversation conversation{{{url, std::move(response)}}};
  return test::listing(*smsup_vendor(), list_query()).complete(listed(), conversation);
}

TEST(SmsupComplete, TakesTheDetailAndKeepsWhatOnlyTheListTold) {
  auto const merged = complete(answer(
      R"({"status":1,"campaign":[{"id":"18969398","sender":"new","status":"Sent","delivered":"5","cost":"7"}]})"));
  ASSERT_TRUE(merged);
  auto expected = listed();
  expected.channel = Channel::sms;
  expected.sender = "new";
  expected.status = {StatusCode::completed, "Sent"};
  expected.statistics.delivered = 5;
  expected.cost = Cost{*Decimal::parse("7"), "credits", CostKind::billed};
  EXPECT_EQ(*merged, expected);
}

TEST(SmsupComplete, KeepsTheListsStatusWhenXmlTellsNone) {
  auto const merged =
      complete(answer("<response><status>1</status><campaign><id>18969398</id></campaign></response>"));
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->status, listed().status);
  EXPECT_EQ(merged->statistics, listed().statistics);
}

TEST(SmsupComplete, GivesBackACampaignThatIsGoneWithANote) {
  auto const gone = complete(answer(R"({"status":-5,"message":"gone"})"));
  ASSERT_TRUE(gone);
  auto expected = listed();
  expected.notes = gone->notes;
  EXPECT_EQ(*gone, expected);
  EXPECT_EQ(gone->notes.size(), 2U);
}

TEST(SmsupComplete, PassesOtherErrorsOnAndAsksNothingWithoutAnId) {
  EXPECT_EQ(complete(answer("", 503)).error().code, ErrorCode::unavailable);
  ScriptedConversation silent{{}};
  Campaign nameless;
  auto const back = test::listing(*smsup_vendor(), list_query()).complete(nameless, silent);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->notes.size(), 1U);
}

}
}
