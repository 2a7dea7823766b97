#include "vendors/yeastar/fixture.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::yeastar {
namespace {

std::string const ok = R"({"errcode":0,"errmsg":"SUCCESS"})";

NewCampaign campaign() {
  return {.sender = "+41 79 123 45 67",
          .text = "Hello",
          .recipients = {{.number = "+61400000001"}, {.number = "+61400000002"}}};
}

std::string channels(std::string_view items, int total) {
  return R"({"errcode":0,"errmsg":"SUCCESS","total_number":)" + std::to_string(total) + R"(,"list":[)" +
         std::string{items} + "]}";
}
constexpr std::string_view sms_channel =
    R"({"id":4,"name":"Shop","type":"sms","number":["+41791234568","+41791234567"]})";

Turn search(std::string body = channels(sms_channel, 1)) {
  return {"GET " + api +
              "message_channel/"
              "search?page=1&page_size=100&time_range=all&search_value=%2B41%2079%20123%2045%2067",
          answer(std::move(body))};
}
Turn detail(std::string dids = R"({"id":41,"number":"+41791234568"},{"id":42,"number":"+41791234567"})") {
  return {"GET " + api + "message_channel/get?id=4",
          answer(R"({"errcode":0,"data":{"id":4,"dids":[)" + dids + "]}}")};
}
Turn creates(std::string response, std::string send = R"("send_type":"immediately")",
             std::string name = "polycampaign-tok") {
  return {
      "POST " + api + "message_campaign/create", answer(std::move(response)),
      R"({"name":")" + name +
          R"(","channel_type":"sms","omnichannel_id":4,"sender":42,"recipient_type":"input",)"
          R"("number_list":[{"number":"+61400000001"},{"number":"+61400000002"}],"content_type":"text","content":"Hello",)" +
          send + R"(,"send_mode":"direct"})"};
}
Turn finds(std::string name, std::string items, int total) {
  return {"GET " + api + "message_campaign/search?page=1&page_size=100&search_value=" + name,
          answer(channels(items, total))};
}

Result<Submission> create(NewCampaign const& of, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  auto submission = adapter()->call(CreateCampaign{.campaign = of, .token = "tok"}, conversation);
  for (auto const& call : conversation.calls())
    EXPECT_EQ(call.request.action == Action::sends, call.request.method == "POST") << call.request.url;
  return submission;
}

TEST(YeastarCreate, FindsTheIdsOfTheSender) {
  auto const submission =
      create(campaign(), {search(), detail(), creates(R"({"errcode":0,"errmsg":"SUCCESS","id":6})")});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "6");
  EXPECT_EQ(submission->status, (CampaignStatus{StatusCode::queued, std::nullopt}));
  EXPECT_TRUE(submission->notes.empty());
}

TEST(YeastarCreate, WritesStartAndDraft) {
  auto of = campaign();
  of.start_at = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}};
  EXPECT_EQ(create(of, {search(), detail(),
                        creates(R"({"errcode":0,"data":{"id":"7"}})",
                                R"("send_type":"schedule","send_time":1800000000)")})
                ->status.code,
            StatusCode::scheduled);
  of.start_at.reset();
  of.draft = true;
  auto const draft =
      create(of, {search(), detail(), creates(R"({"errcode":0,"id":7})", R"("send_type":"draft")")});
  EXPECT_EQ(draft->status.code, StatusCode::draft);
}

TEST(YeastarCreate, SendsToAPhonebook) {
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"12"};
  of.options = {
      {"channel_id", "4"},          {"sender_id", "42"},         {"recipient_num_type", "business_number"},
      {"send_mode", "new_session"}, {"assign_to_type", "queue"}, {"assign_to_id", "3"}};
  EXPECT_TRUE(adapter()->review(of));
  EXPECT_TRUE(create(
      of,
      {{"POST " + api + "message_campaign/create", answer(R"({"errcode":0,"id":6})"),
        R"({"name":"polycampaign-tok","channel_type":"sms","omnichannel_id":4,"sender":42,"recipient_type":"phonebook",)"
        R"("recipient_id":12,"recipient_num_type":"business_number","content_type":"text","content":"Hello",)"
        R"("send_type":"immediately","send_mode":"new_session","assign_to_type":"queue","assign_to_id":3})"}}));
}

TEST(YeastarCreate, ReadsEveryChannelIfTheSearchFindsNone) {
  std::string other;
  for (int i = 0; i < 100; ++i)
    other += (i == 0 ? "" : ",") + std::string{R"({"id":)"} + std::to_string(100 + i) +
             R"(,"name":"n","type":"sms","number":["+411"]})";
  auto of = campaign();
  EXPECT_TRUE(create(
      of,
      {search(channels("", 0)),
       {"GET " + api + "message_channel/list?page=1&page_size=100&time_range=all",
        answer(channels(other, 101))},
       {"GET " + api + "message_channel/list?page=2&page_size=100&time_range=all",
        answer(channels(std::string{R"({"id":5,"name":"w","type":"whatsapp","number":["+41791234567"]},)"} +
                            std::string{sms_channel},
                        101))},
       detail(),
       creates(R"({"errcode":0,"id":6})")}));
}

TEST(YeastarCreate, NamesTheCandidatesOfAnAmbiguousSender) {
  auto const submission = create(
      campaign(),
      {search(channels(
          std::string{sms_channel} +
              R"(,{"id":9,"name":"Old +41791111111","type":"sms","number":["0041791234567","+41791234567"]})",
          2))});
  ASSERT_FALSE(submission);
  EXPECT_EQ(submission.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(submission.error().http_status, 0);
  for (auto const* const words : {"channel_id 4 (Shop)", "channel_id 9 (Old", "`sender_id`"})
    EXPECT_NE(submission.error().message.find(words), std::string::npos) << submission.error().message;
  EXPECT_EQ(submission.error().message.find("1111111"), std::string::npos);
}

TEST(YeastarCreate, DoesNotGuessTheIdOfTheNumber) {
  for (std::string const dids : {R"({"id":41},{"id":42})", R"({"id":41,"number":"+41791234568"})", ""}) {
    auto const submission = create(campaign(), {search(), detail(dids)});
    ASSERT_FALSE(submission) << dids;
    EXPECT_NE(submission.error().message.find("does not show the id"), std::string::npos)
        << submission.error().message;
  }
  // the only number of a channel has the only id
  auto of = campaign();
  of.sender = "Shop";
  EXPECT_TRUE(create(
      of, {{"GET " + api + "message_channel/search?page=1&page_size=100&time_range=all&search_value=Shop",
            answer(channels(R"({"id":4,"name":"Shop","type":"sms","number":["+41791234567"]})", 1))},
           detail(R"({"id":42,"route":"x"})"),
           creates(R"({"errcode":0,"id":6})")}));
}

TEST(YeastarCreate, FindsTheIdByTheNameItMade) {
  auto const submission =
      create(campaign(), {search(), detail(), creates(ok),
                          finds("polycampaign-tok", R"({"id":77,"name":"polycampaign-tok"})", 1)});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "77");
}

TEST(YeastarCreate, TakesNoOtherCampaignOfTheSameNameForIt) {
  auto of = campaign();
  of.name = "Sale";
  auto const submission = create(
      of, {search(), detail(), finds("Sale", R"({"id":5,"name":"Sale"},{"id":6,"name":"Sale 2"})", 2),
           creates(ok, R"("send_type":"immediately")", "Sale"),
           finds("Sale", R"({"id":7,"name":"Sale"},{"id":5,"name":"Sale"},{"id":6,"name":"Sale 2"})", 3)});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "7");
  auto const none = create(of, {search(), detail(), finds("Sale", R"({"id":5,"name":"Sale"})", 1),
                                creates(ok, R"("send_type":"immediately")", "Sale"),
                                finds("Sale", R"({"id":5,"name":"Sale"})", 1)});
  ASSERT_TRUE(none) << "it was created";
  EXPECT_FALSE(none->id);
  EXPECT_FALSE(none->notes.empty());
}

TEST(YeastarCreate, IsASuccessWhateverHappensAfterwards) {
  Error const gone{.code = ErrorCode::network, .message = "gone"};
  auto const submission =
      create(campaign(), {search(), detail(), creates(ok), {finds("polycampaign-tok", "", 0).request, gone}});
  ASSERT_TRUE(submission);
  EXPECT_FALSE(submission->id);
}

TEST(YeastarCreate, TakesPartialAndProcessingForSuccesses) {
  for (auto const& [code, word] : {std::pair{1, "PARTIAL SUCCESS"}, {2, "PROCESSING"}}) {
    auto const submission = create(
        campaign(), {search(), detail(), creates(R"({"errcode":)" + std::to_string(code) + R"(,"id":6})")});
    ASSERT_TRUE(submission) << word;
    ASSERT_EQ(submission->notes.size(), 1U);
    EXPECT_NE(submission->notes[0].find(word), std::string::npos);
  }
}

TEST(YeastarCreate, TellsARefusalFromAnAnswerThatCannotBeRead) {
  struct {
    std::string body;
    ErrorCode code;
    Effect effect;
  } const cases[] = {
      {R"({"errcode":40002,"errmsg":"PARAMETER ERROR","invalid_param_list":[{"field":"sender","value":"+61400000001"}]})",
       ErrorCode::invalid_argument, Effect::none},
      {R"({"errcode":60002,"errmsg":"MAX LIMITATION EXCEEDED"})", ErrorCode::rejected, Effect::none},
      {R"({"errcode":10004,"errmsg":"TOKEN EXPIRED"})", ErrorCode::unauthenticated, Effect::none},
      {R"({"errcode":-2,"errmsg":"INTERNAL SERVER ERROR"})", ErrorCode::unavailable, Effect::unknown},
      {R"({"errcode":70082,"errmsg":"OVERLOAD_TASK_RUNNING"})", ErrorCode::unavailable, Effect::unknown},
      {"{}", ErrorCode::protocol, Effect::unknown},
      {R"({"id":6})", ErrorCode::protocol, Effect::unknown},
      {"", ErrorCode::protocol, Effect::unknown},
  };
  for (auto const& one : cases) {
    auto const submission = create(campaign(), {search(), detail(), creates(one.body)});
    ASSERT_FALSE(submission) << one.body;
    EXPECT_EQ(submission.error().code, one.code) << one.body;
    EXPECT_EQ(submission.error().effect, one.effect) << one.body;
    EXPECT_EQ(submission.error().message.find("61400000001"), std::string::npos);
  }
}

TEST(YeastarReview, ChecksWhatBelongsTogether) {
  auto const refused = [](NewCampaign const& of, std::string_view words) {
    auto const review = adapter()->review(of);
    ASSERT_FALSE(review) << words;
    EXPECT_NE(review.error().message.find(words), std::string::npos) << review.error().message;
  };
  auto of = campaign();
  of.options = {{"channel_id", "4"}};
  refused(of, "only useful together");
  of.options.clear();
  of.sender.clear();
  refused(of, "sender: a campaign at Yeastar needs one");
  of.options = {{"channel_id", "4"}, {"sender_id", "2"}};
  EXPECT_TRUE(adapter()->review(of));
  of.options.push_back({"send_mode", "new_session"});
  refused(of, "needs `assign_to_type` and `assign_to_id`");
  of = campaign();
  of.lists = {"abc"};
  refused(of, "an id at Yeastar is a number");
}

std::string const detail_url = "GET " + api + "message_campaign/get?id=7";
Turn campaign_detail(std::string members) {
  return {detail_url, answer(R"({"errcode":0,"data":{"id":7,"name":"n")" + members + "}}")};
}
Turn campaign_status(std::string_view status) {
  return finds("n", R"({"id":7,"name":"n","status":")" + std::string{status} + R"("})", 1);
}

TEST(YeastarChange, UpdatesWhatIsNamed) {
  ScriptedConversation conversation{
      {{"POST " + api + "message_campaign/update", answer(ok),
        R"({"id":7,"name":"n","content_type":"text","content":"new","send_type":"schedule","send_time":1800000000})"},
       campaign_detail(R"(,"content_type":"text","content":"new")"),
       campaign_status("scheduled")}};
  UpdateCampaign const change{.id = "7",
                              .name = "n",
                              .text = "new",
                              .start_at = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}}};
  auto const campaign = adapter()->call(change, conversation);
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->status.code, StatusCode::scheduled);
  EXPECT_EQ(conversation.calls()[0].request.action, Action::sends) << "a draft that gets a start is sent";
  ScriptedConversation name{
      {{"POST " + api + "message_campaign/update", answer(ok), R"({"id":7,"name":"n"})"},
       campaign_detail(""),
       campaign_status("draft")}};
  ASSERT_TRUE(adapter()->call(UpdateCampaign{.id = "7", .name = "n"}, name));
  EXPECT_EQ(name.calls()[0].request.action, Action::write);
}

TEST(YeastarChange, DeletesAndRetriesWithAGet) {
  ScriptedConversation deletion{{{"GET " + api + "message_campaign/delete?id=7", answer(ok)}}};
  EXPECT_TRUE(adapter()->call(DeleteCampaign{"7"}, deletion));
  EXPECT_EQ(deletion.calls()[0].request.action, Action::write);
  ScriptedConversation retry{{{"GET " + api + "message_campaign/retry?id=7", answer(ok)},
                              campaign_detail(""),
                              campaign_status("retrying")}};
  EXPECT_EQ(adapter()->call(RetryCampaign{"7"}, retry)->status.code, StatusCode::retrying);
  EXPECT_EQ(retry.calls()[0].request.action, Action::sends);
}

TEST(YeastarChange, LooksAfterALostAnswer) {
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  Turn const retries{"GET " + api + "message_campaign/retry?id=7", lost};
  ScriptedConversation runs{{retries, campaign_detail(""), campaign_status("retrying")}};
  EXPECT_TRUE(adapter()->call(RetryCampaign{"7"}, runs));
  ScriptedConversation ended{{retries, campaign_detail(""), campaign_status("completed")}};
  EXPECT_EQ(adapter()->call(RetryCampaign{"7"}, ended).error().effect, Effect::unknown)
      << "it may be over again";
  ScriptedConversation gone{{{"GET " + api + "message_campaign/delete?id=7", lost},
                             {detail_url, answer(R"({"errcode":60001,"errmsg":"DATA NOT FOUND"})")}}};
  EXPECT_TRUE(adapter()->call(DeleteCampaign{"7"}, gone));
}

TEST(YeastarSenders, ShowsChannelsAndTheirNumbers) {
  ScriptedConversation conversation{
      {{"GET " + api + "message_channel/list?page=1&page_size=100&time_range=all",
        answer(channels(std::string{sms_channel} + R"(,{"id":8,"name":"Chat","type":"livechat","number":[]})",
                        2))},
       detail()}};
  auto const senders = adapter()->call(GetSenders{}, conversation);
  ASSERT_TRUE(senders) << senders.error().message;
  ASSERT_EQ(senders->size(), 2U);
  EXPECT_EQ((*senders)[0].text, "+41791234568");
  EXPECT_EQ((*senders)[0].id, "41");
  EXPECT_EQ((*senders)[1].id, "42");
  EXPECT_EQ((*senders)[1].notes, std::vector<std::string>{"channel_id 4: Shop"});
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
