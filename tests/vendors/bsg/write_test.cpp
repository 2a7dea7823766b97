#include "vendors/bsg/fixture.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::bsg {
namespace {

/// As published: a create that has not begun answers `done`.
std::string const created =
    R"({"data":{"id":53651994,"name":"SMS api campaign / 2024-06-30 12:00:00","sender":"Shop24","status":"done",)"
    R"("message_type":"sms","start_at":"2024-06-30 12:00:00","real_start_at":null,"finished_at":null,)"
    R"("created_at":"2024-06-30 12:00:00","statistics":{"delivered":0,"sent":0},"calculated_price":0.0527088,)"
    R"("currency":"USD","alternative_channels":null}})";

NewCampaign campaign() {
  return {.sender = "Shop24",
          .text = "Hello",
          .recipients = {{.number = "+380501234567", .reference = "a1"}, {.number = "+123456789012345"}}};
}

Result<Submission> create(NewCampaign const& of, Turn turn, std::string time_zone = {}) {
  ScriptedConversation conversation{{std::move(turn)}};
  auto submission =
      adapter(std::move(time_zone))->call(CreateCampaign{.campaign = of, .token = "t"}, conversation);
  EXPECT_EQ(conversation.calls().front().request.action, Action::sends);
  EXPECT_FALSE(conversation.calls().front().preparation);
  return submission;
}

TEST(BsgCreate, WritesNumbersAsIntegers) {
  auto const submission = create(
      campaign(),
      {"POST " + host + "/api/campaigns/sms/send", answer(created),
       R"({"phones":[{"number":380501234567,"reference_id":"a1"},{"number":123456789012345}],"sender":"Shop24",)"
       R"("text":"Hello"})"});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "53651994");
  EXPECT_EQ(submission->status, (CampaignStatus{StatusCode::queued, "done"}));
  EXPECT_EQ(submission->cost, (Cost{*Decimal::parse("0.0527088"), "USD", CostKind::estimate}));
  EXPECT_FALSE(submission->filtered || submission->scheduled_at);
  EXPECT_TRUE(submission->notes.empty());
}

TEST(BsgCreate, WritesOptionsAndTheAccountsTime) {
  auto of = campaign();
  of.recipients.resize(1);
  of.recipients[0].reference.clear();
  of.text = "Quote \" and \n line";
  of.start_at = at("2024-07-01T07:00:00Z");
  of.options = {{"validity", "24"},
                {"tariff_code", "0"},
                {"transliterate", "true"},
                {"callback_url", "https://a.example/1"}};
  auto const submission =
      create(of,
             {"POST " + host + "/api/campaigns/sms/send", answer(created),
              R"({"phones":[{"number":380501234567}],"sender":"Shop24","text":"Quote \" and \n line",)"
              R"("transliterate":true,"tariff_code":0,"validity":24,"callback_url":"https://a.example/1",)"
              R"("start_at":"2024-07-01 10:00:00"})"},
             "Europe/Kyiv");
  ASSERT_TRUE(submission);
  EXPECT_EQ(submission->status.code, StatusCode::scheduled);
  ASSERT_EQ(submission->notes.size(), 1U) << "the sample's start is another one";
  EXPECT_NE(submission->notes[0].find("another start"), std::string::npos);
}

TEST(BsgCreate, SendsTextsOfRecipientsOwn) {
  auto of = campaign();
  of.recipients[1].text = "Only you";
  of.options = {{"validity", "1"}, {"transliterate", "false"}};
  EXPECT_TRUE(create(
      of,
      {"POST " + host + "/api/campaigns/sms/send-individual", answer(created),
       R"({"messages":[{"phone":380501234567,"text":"Hello","sender":"Shop24","reference_id":"a1","transliterate":false},)"
       R"({"phone":123456789012345,"text":"Only you","sender":"Shop24","transliterate":false}],"validity":1})"}));
}

TEST(BsgCreate, SendsToGroups) {
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"12", "10000000000000001"};
  EXPECT_TRUE(create(of, {"POST " + host + "/api/campaigns/sms/send-groups", answer(created),
                          R"({"groups":[12,10000000000000001],"sender":"Shop24","text":"Hello"})"}));
}

TEST(BsgCreate, ReadsEveryStatus) {
  for (auto const& [word, code] : {std::pair{"done", StatusCode::queued},
                                   {"creation", StatusCode::queued},
                                   {"moderation", StatusCode::moderation},
                                   {"sending", StatusCode::sending},
                                   {"new word", StatusCode::unknown}}) {
    auto const submission =
        create(campaign(), {"POST " + host + "/api/campaigns/sms/send",
                            answer(R"({"data":{"id":"7","status":")" + std::string{word} + R"("}})")});
    ASSERT_TRUE(submission) << word;
    EXPECT_EQ(submission->status, (CampaignStatus{code, word}));
    EXPECT_EQ(submission->id, "7");
    EXPECT_FALSE(submission->cost);
  }
  auto const silent =
      create(campaign(), {"POST " + host + "/api/campaigns/sms/send", answer(R"({"data":{"id":7}})")});
  EXPECT_EQ(silent->status, (CampaignStatus{StatusCode::queued, std::nullopt}));
}

TEST(BsgCreate, IsASuccessWithoutAnId) {
  auto const submission = create(campaign(), {"POST " + host + "/api/campaigns/sms/send",
                                              answer(R"({"data":{"sender":"Shop24","status":"done"}})")});
  ASSERT_TRUE(submission);
  EXPECT_FALSE(submission->id);
  EXPECT_FALSE(submission->notes.empty());
}

TEST(BsgCreate, TakesA429ForADuplicate) {
  auto const submission =
      create(campaign(), {"POST " + host + "/api/campaigns/sms/send",
                          answer(R"({"message":"Too many duplicate request detected"})", 429)});
  ASSERT_FALSE(submission);
  EXPECT_EQ(submission.error().code, ErrorCode::conflict);
  EXPECT_EQ(submission.error().effect, Effect::unknown);
  EXPECT_FALSE(submission.error().transient);
  EXPECT_NE(submission.error().message.find("check the list"), std::string::npos);

  auto const in_body = create(campaign(), {"POST " + host + "/api/campaigns/sms/send",
                                           answer(R"({"code":429,"message":"Slow down"})")});
  ASSERT_FALSE(in_body);
  EXPECT_EQ(in_body.error().code, ErrorCode::conflict);
  EXPECT_EQ(in_body.error().effect, Effect::unknown);
  EXPECT_FALSE(in_body.error().transient);
  EXPECT_EQ(in_body.error().message.find("HTTP 429"), std::string::npos) << in_body.error().message;
}

TEST(BsgCreate, TellsARefusalFromAnAnswerThatCannotBeRead) {
  struct {
    HttpResponse response;
    ErrorCode code;
    Effect effect;
  } const cases[] = {
      {answer(R"({"message":"The given data was invalid.","errors":{"sender":["no"]}})", 422),
       ErrorCode::invalid_argument, Effect::none},
      {answer(R"({"error":8,"errorDescription":"no funds"})"), ErrorCode::rejected, Effect::none},
      {answer(R"({"code":401,"message":"Expired JWT Token"})", 401), ErrorCode::unauthenticated,
       Effect::none},
      {answer("{}"), ErrorCode::protocol, Effect::unknown},
      {answer(R"({"data":[]})"), ErrorCode::protocol, Effect::unknown},
      {answer(""), ErrorCode::protocol, Effect::unknown},
      {answer("<html>"), ErrorCode::protocol, Effect::unknown},
      {answer(R"({"message":"refused"})", 503), ErrorCode::unavailable, Effect::unknown},
      {answer(R"({"message":"Campaign is being created"})"), ErrorCode::protocol, Effect::unknown},
      {answer(R"({"data":null,"message":"Done","errors":[]})"), ErrorCode::protocol, Effect::unknown},
      {answer(R"({"message":"The given data was invalid.","errors":{"sender":["no"]}})"), ErrorCode::rejected,
       Effect::none},
  };
  for (auto const& one : cases) {
    auto const submission = create(campaign(), {"POST " + host + "/api/campaigns/sms/send", one.response});
    ASSERT_FALSE(submission) << one.response.body;
    EXPECT_EQ(submission.error().code, one.code) << one.response.body;
    EXPECT_EQ(submission.error().effect, one.effect) << one.response.body;
  }
}

TEST(BsgCreate, KeepsTheWordsOfAnAnswerWithoutACampaign) {
  auto const submission = create(campaign(), {"POST " + host + "/api/campaigns/sms/send",
                                              answer(R"({"message":"Campaign is being created"})")});
  ASSERT_FALSE(submission);
  EXPECT_NE(submission.error().message.find("Campaign is being created"), std::string::npos)
      << submission.error().message;
}

TEST(BsgCreate, RepeatsNothingOfTheTextInAnError) {
  auto of = campaign();
  of.text = "Dear Anna Miller, your doctor expects you on Friday";
  auto const submission = create(
      of,
      {"POST " + host + "/api/campaigns/sms/send",
       answer(R"({"message":"Bad text: 'Dear Anna Miller, your doctor exp...' to 380501234567","errors":[]})",
              422)});
  ASSERT_FALSE(submission);
  EXPECT_EQ(submission.error().message.find("Anna"), std::string::npos) << submission.error().message;
  EXPECT_EQ(submission.error().message.find("1234567"), std::string::npos) << submission.error().message;
  EXPECT_NE(submission.error().message.find("Bad text"), std::string::npos);

  of.text = "Dear Anna,\nyour code is 12345678";
  auto const coded = create(of, {"POST " + host + "/api/campaigns/sms/send",
                                 answer(R"({"error":"Dear Anna,\nyour code is 12345678",)"
                                        R"("errorDescription":"bad Dear Anna,\nyour code is 12345678"})")});
  ASSERT_FALSE(coded);
  EXPECT_EQ(coded.error().message, "bad ***");
  EXPECT_EQ(coded.error().vendor_code, "***");
}

TEST(BsgReview, ChecksReferencesAndGroups) {
  auto const refused = [](NewCampaign const& of, std::string_view words) {
    auto const review = adapter()->review(of);
    ASSERT_FALSE(review) << words;
    EXPECT_EQ(review.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(review.error().message.find(words), std::string::npos) << review.error().message;
  };
  auto of = campaign();
  EXPECT_TRUE(adapter()->review(of));
  of.recipients[1].reference = "a1";
  refused(of, "recipients[1].reference: another recipient has the same one");
  of.recipients[1].reference = "a-2";
  refused(of, "only letters and digits");
  of = campaign();
  of.recipients.clear();
  of.lists = {"x"};
  refused(of, "lists: an id at BSG is a number");
  of.lists = {"7", "8", "07"};
  refused(of, "lists: the list 7 occurs twice");
}

TEST(BsgEstimate, AsksWithOtherNames) {
  ScriptedConversation conversation{
      {{"POST " + host + "/api/campaigns/price", answer(R"({"price":0.10541760,"currency":"USD"})"),
        R"({"messages":[{"phone":380501234567},{"phone":123456789012345}],"sender":"Shop24","text":"Hello"})"}}};
  auto const estimate = adapter()->call(EstimateCampaign{campaign()}, conversation);
  ASSERT_TRUE(estimate) << estimate.error().message;
  EXPECT_EQ(conversation.calls()[0].request.action, Action::read);
  EXPECT_EQ(estimate->counted_by, CountedBy::vendor);
  EXPECT_EQ(estimate->cost, (Cost{*Decimal::parse("0.10541760"), "USD", CostKind::estimate}))
      << "every digit";
  EXPECT_EQ(estimate->messages, 2);
}

TEST(BsgEstimate, KnowsNoPriceSometimes) {
  ScriptedConversation null{
      {{"POST " + host + "/api/campaigns/price", answer(R"({"price":null,"currency":null})")}}};
  auto const estimate = adapter()->call(EstimateCampaign{campaign()}, null);
  ASSERT_TRUE(estimate);
  EXPECT_FALSE(estimate->cost) << "unknown is not zero";
  EXPECT_EQ(estimate->notes.size(), 1U);
  auto own = campaign();
  own.recipients[0].text = "own";
  ScriptedConversation none{{}};
  EXPECT_EQ(adapter()->call(EstimateCampaign{own}, none)->counted_by, CountedBy::library);
  for (std::string const body :
       {R"({"message":"Tariff was not found","errors":[]})", "{}", R"({"price":1})"}) {
    ScriptedConversation bad{
        {{"POST " + host + "/api/campaigns/price", answer(body, body[2] == 'm' ? 422 : 200)}}};
    EXPECT_FALSE(adapter()->call(EstimateCampaign{campaign()}, bad)) << body;
  }
}

TEST(BsgCancel, StopsAndReadsAgain) {
  ScriptedConversation conversation{{{"PATCH " + host + "/api/campaigns/53651994/stop",
                                      answer(R"({"data":{"id":53651994,"status":"creation"}})")},
                                     {"GET " + host + "/api/campaigns/53651994/detail",
                                      answer(R"({"data":{"id":53651994,"status":"stopped"}})")}}};
  auto const campaign = adapter()->call(CancelCampaign{"53651994"}, conversation);
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->status.code, StatusCode::canceled);
  EXPECT_EQ(conversation.calls()[0].request.action, Action::write);
}

TEST(BsgCancel, IsASuccessIfTheCampaignCannotBeReadAfterwards) {
  ScriptedConversation conversation{
      {{"PATCH " + host + "/api/campaigns/7/stop", answer(R"({"data":{"id":7,"status":"stopped"}})")},
       {"GET " + host + "/api/campaigns/7/detail", answer("", 500)}}};
  auto const campaign = adapter()->call(CancelCampaign{"7"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status.code, StatusCode::canceled);
  EXPECT_NE(campaign->notes.back().find("could not be read"), std::string::npos);
}

TEST(BsgCancel, LooksAfterALostAnswer) {
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  for (auto const& [status, found] : {std::pair{"stopped", true}, {"sending", false}}) {
    ScriptedConversation conversation{
        {{"PATCH " + host + "/api/campaigns/7/stop", lost},
         {"GET " + host + "/api/campaigns/7/detail",
          answer(R"({"data":{"id":7,"status":")" + std::string{status} + R"("}})")}}};
    auto const campaign = adapter()->call(CancelCampaign{"7"}, conversation);
    ASSERT_EQ(campaign.has_value(), found) << status;
    if (!found) {
      EXPECT_EQ(campaign.error().effect, Effect::unknown);
    }
  }
}

TEST(BsgCancel, LooksAfterWordsWithoutACampaign) {
  for (auto const& [status, found] : {std::pair{"stopped", true}, {"sending", false}}) {
    ScriptedConversation conversation{
        {{"PATCH " + host + "/api/campaigns/7/stop", answer(R"({"message":"Campaign is being stopped"})")},
         {"GET " + host + "/api/campaigns/7/detail",
          answer(R"({"data":{"id":7,"status":")" + std::string{status} + R"("}})")}}};
    auto const campaign = adapter()->call(CancelCampaign{"7"}, conversation);
    ASSERT_EQ(campaign.has_value(), found) << status;
    if (!found) {
      EXPECT_EQ(campaign.error().code, ErrorCode::protocol);
      EXPECT_EQ(campaign.error().effect, Effect::unknown);
    }
  }
}

TEST(BsgCancel, ReportsAStatusThatDoesNotAllowIt) {
  ScriptedConversation conversation{{{"PATCH " + host + "/api/campaigns/7/stop",
                                      answer(R"({"message":"Invalid campaign status","errors":[]})", 422)}}};
  auto const campaign = adapter()->call(CancelCampaign{"7"}, conversation);
  ASSERT_FALSE(campaign);
  EXPECT_EQ(campaign.error().code, ErrorCode::conflict);
  EXPECT_EQ(campaign.error().effect, Effect::none);
  ScriptedConversation none{{}};
  EXPECT_EQ(adapter()->call(CancelCampaign{"7/../8"}, none).error().code, ErrorCode::invalid_argument);
}

TEST(BsgBalance, ReadsThePublishedSample) {
  ScriptedConversation conversation{
      {{"GET " + host + "/api/accounts/balance", answer(data_file("bsg/balance.response.json"))}}};
  auto const balance = adapter()->call(GetBalance{}, conversation);
  ASSERT_TRUE(balance) << balance.error().message;
  EXPECT_EQ(balance->amount.text(), "-50.25");
  EXPECT_EQ(balance->unit, "EUR");
  EXPECT_EQ(balance->credit_limit->text(), "125");
  EXPECT_TRUE(balance->notes.empty());
  ScriptedConversation empty{{{"GET " + host + "/api/accounts/balance", answer(R"({"data":{}})")}}};
  EXPECT_FALSE(adapter()->call(GetBalance{}, empty)) << "no balance is not zero";
}

TEST(BsgSenders, ReadsEveryForm) {
  ScriptedConversation conversation{
      {{"GET " + host + "/api/senders?type=sms",
        answer(R"({"data":[{"id":null,"status":"active","country":null,"sender":"Shop24","is_default":true},)"
               R"({"id":7,"status":"registering","country":"UA","sender":"ACME","is_default":0},)"
               R"({"id":"8","status":"gone","country":"","sender":12345}],"total":4})")}}};
  auto const senders = adapter()->call(GetSenders{}, conversation);
  ASSERT_TRUE(senders) << senders.error().message;
  ASSERT_EQ(senders->size(), 3U);
  auto const& [first, second, third] = std::tie((*senders)[0], (*senders)[1], (*senders)[2]);
  EXPECT_FALSE(first.id);
  EXPECT_EQ(first.status, (SenderStatus{SenderStatusCode::active, "active"}));
  EXPECT_EQ(first.is_default, true);
  EXPECT_EQ(first.notes.size(), 1U) << "there are four";
  EXPECT_EQ(second.id, "7");
  EXPECT_EQ(second.status.code, SenderStatusCode::pending);
  EXPECT_EQ(second.countries, std::vector<std::string>{"UA"});
  EXPECT_EQ(second.is_default, false);
  EXPECT_EQ(third.text, "12345");
  EXPECT_EQ(third.status, (SenderStatus{SenderStatusCode::unknown, "gone"}));
  EXPECT_FALSE(third.is_default);
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
