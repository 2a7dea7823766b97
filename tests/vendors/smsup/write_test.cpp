#include "vendors/smsup/support.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::vendor_tests {
namespace {

std::string const base = "https://api.smsup.ch";
Account const xml{.format = smsup::Format::xml};

NewCampaign campaign() {
  return {.sender = "Illidan",
          .text = "Message via API",
          .recipients = {{.number = "+41781234567", .reference = "100"},
                         {.number = "+41781234566", .reference = "101"}}};
}

Result<Submission> create(NewCampaign const& of, Turn turn, Account account = {}) {
  ScriptedConversation conversation{{std::move(turn)}};
  auto submission =
      smsup_vendor(std::move(account))->call(CreateCampaign{.campaign = of, .token = "t"}, conversation);
  EXPECT_EQ(conversation.calls().front().request.action, Action::sends);
  for (auto const& call : conversation.calls())
    EXPECT_EQ(call.request.url.find("secret"), std::string::npos) << "no secret in a URL";
  return submission;
}

std::string const sent =
    R"({"status":1,"message":"OK","ticket":"14672468","cost":2,"credits":642,"total":3,"sent":2,"blacklisted":1,)"
    R"("duplicated":0,"invalid":0,"npai":0})";

TEST(SmsupCreate, WritesThePublishedRequest) {
  auto of = campaign();
  of.start_at = at("2024-04-07T08:36:33Z");
  of.purpose = Purpose::transactional;
  auto const submission = create(
      of,
      {"POST " + base + "/send", answer(sent),
       R"({"sms":{"message":{"text":"Message via API","pushtype":"alert","sender":"Illidan",)"
       R"("delay":"2024-04-07 10:36:33","unicode":0},"recipients":{"gsm":[{"gsmsmsid":"100","value":"41781234567"},)"
       R"({"gsmsmsid":"101","value":"41781234566"}]}}})"});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "14672468");
  EXPECT_EQ(submission->status, (CampaignStatus{StatusCode::scheduled, std::nullopt}));
  EXPECT_EQ(submission->recipients, 3);
  EXPECT_EQ(submission->filtered, 1);
  EXPECT_EQ(submission->filtered_by, (std::vector<VendorCounter>{{"blacklisted", 1}}));
  EXPECT_EQ(submission->cost, (Cost{*Decimal::parse("2"), "credits", CostKind::billed}));
}

TEST(SmsupCreate, WritesXmlAndEscapesEverything) {
  auto of = campaign();
  of.text = "<b>Tom & \"Jerry\"</b> ]]> 🌷\r\nend";
  of.sender = "A&B";
  of.recipients = {{.number = "+41781234567", .reference = "\"<&'"}};
  of.options = {{"link", "https://a.example/?x=1&y=2"}};
  auto const submission = create(
      of,
      {"POST " + base + "/send",
       answer("<?xml version=\"1.0\"?><response><status>1</status><message>OK</message><ticket>7</ticket>"
              "<cost>1</cost><total>1</total><sent>1</sent><blacklisted>0</blacklisted></response>"),
       "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sms><message><text>&lt;b&gt;Tom &amp; \"Jerry\"&lt;/b&gt; "
       "]]&gt; 🌷&#13;\n"
       "end</text><pushtype>marketing</pushtype><sender>A&amp;B</sender><unicode>1</unicode>"
       "<links>https://a.example/?x=1&amp;y=2</links></message><recipients><gsm "
       "gsmsmsid=\"&quot;&lt;&amp;'\">"
       "41781234567</gsm></recipients></sms>"},
      xml);
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "7");
  EXPECT_EQ(submission->filtered, 0) << "the vendor says that it removed none";
  EXPECT_TRUE(submission->filtered_by.empty());
}

TEST(SmsupCreate, WritesListIdsAsTheyAre) {
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"45190", "5a0331bffc5886074551ce97", "007"};
  EXPECT_TRUE(create(
      of,
      {"POST " + base + "/send/lists", answer(sent),
       R"({"sms":{"message":{"text":"Message via API","pushtype":"marketing","sender":"Illidan","unicode":0},)"
       R"("lists":[{"value":45190},{"value":"5a0331bffc5886074551ce97"},{"value":"007"}]}})"}));
  ScriptedConversation conversation{
      {{"POST " + base + "/send/lists", answer("<response><status>1</status></response>"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sms><message><text>Message via API</text>"
        "<pushtype>marketing</pushtype><sender>Illidan</sender><unicode>0</unicode></message>"
        "<lists><value>45190</value></lists><lists><value>5a0331bffc5886074551ce97</value></lists>"
        "<lists><value>007</value></lists></sms>"}}};
  auto const submission = smsup_vendor(xml)->call(CreateCampaign{.campaign = of}, conversation);
  ASSERT_TRUE(submission);
  EXPECT_FALSE(submission->id);
  EXPECT_EQ(header_of(conversation.calls()[0].request, "Content-Type"), "application/xml; charset=utf-8");
}

TEST(SmsupCreate, TakesModerationForASuccess) {
  auto const submission = create(
      campaign(), {"POST " + base + "/send",
                   answer(R"({"status":-8,"message":"Campaign under moderation","ticket":"9","cost":2})")});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->status, (CampaignStatus{StatusCode::moderation, std::nullopt}));
  EXPECT_EQ(submission->id, "9");
  EXPECT_FALSE(submission->filtered) << "not reported";
}

TEST(SmsupCreate, KnowsNotWhatARefusalWithATicketMeans) {
  for (auto const* const refusal :
       {R"({"status":-12,"message":"odd","ticket":"14672468"})", R"({"error":"odd","ticket":14672468})",
        R"({"status":-3,"message":"Not enough credits","ticket":"14672468"})",
        "<response><status>-12</status><message>odd</message><ticket>14672468</ticket></response>"}) {
    auto const submission = create(campaign(), {"POST " + base + "/send", answer(refusal)});
    ASSERT_FALSE(submission) << refusal;
    EXPECT_EQ(submission.error().effect, Effect::unknown) << refusal;
    EXPECT_NE(submission.error().message.find("SMSUP reported the ticket 14672468"), std::string::npos)
        << submission.error().message;
  }
  for (auto const* const refusal :
       {R"({"status":-12,"message":"odd"})", R"({"status":-12,"message":"odd","ticket":""})"})
    EXPECT_EQ(create(campaign(), {"POST " + base + "/send", answer(refusal)}).error().effect, Effect::none)
        << refusal;
}

TEST(SmsupCreate, CountsNoMoreThanACounterHolds) {
  auto const submission = create(
      campaign(),
      {"POST " + base + "/send", answer(R"({"status":1,"ticket":"9","blacklisted":9223372036854775807,)"
                                        R"("duplicated":1,"npai":5})")});
  ASSERT_TRUE(submission);
  EXPECT_FALSE(submission->filtered);
  EXPECT_EQ(submission->filtered_by.size(), 3U);
  EXPECT_EQ(submission->notes, std::vector<std::string>{"filtered: the counters are too large to add up"});
}

TEST(SmsupCreate, TellsARefusalFromAnAnswerThatCannotBeRead) {
  struct {
    std::string body;
    int status;
    ErrorCode code;
    Effect effect;
  } const cases[] = {
      {R"({"status":-1,"message":"Authentication error"})", 200, ErrorCode::unauthenticated, Effect::none},
      {R"({"status":-3,"message":"Not enough credits"})", 200, ErrorCode::insufficient_funds, Effect::none},
      {R"({"status":"-4","message":"Incorrect date delay"})", 200, ErrorCode::invalid_argument, Effect::none},
      {R"({"status":-5,"message":"Resource not found"})", 200, ErrorCode::not_found, Effect::none},
      {R"({"status":-7,"message":"Data error","details":"text"})", 200, ErrorCode::invalid_argument,
       Effect::none},
      {"<response><status>-2</status><message>XML error</message></response>", 200,
       ErrorCode::invalid_argument, Effect::none},
      {R"({"error":"no"})", 200, ErrorCode::rejected, Effect::none},
      {R"({"status":-99,"message":"Unknown error"})", 200, ErrorCode::unavailable, Effect::unknown},
      {R"({"status":0,"message":"?"})", 200, ErrorCode::protocol, Effect::unknown},
      {R"({"message":"OK"})", 200, ErrorCode::protocol, Effect::unknown},
      {"[]", 200, ErrorCode::protocol, Effect::unknown},
      {"", 200, ErrorCode::protocol, Effect::unknown},
      {"<html/>", 200, ErrorCode::protocol, Effect::unknown},
      {R"({"status":1,"ticket":"9")", 200, ErrorCode::protocol, Effect::unknown},
      {R"({"status":1,"ticket":"9"})", 502, ErrorCode::unavailable, Effect::unknown},
  };
  for (auto const& one : cases) {
    auto const submission = create(campaign(), {"POST " + base + "/send", answer(one.body, one.status)});
    ASSERT_FALSE(submission) << one.body;
    EXPECT_EQ(submission.error().code, one.code) << one.body;
    EXPECT_EQ(submission.error().effect, one.effect) << one.body;
  }
  auto const odd = create(campaign(), {"POST " + base + "/send", answer(R"({"status":0,"ticket":"9"})")});
  ASSERT_TRUE(odd) << "a ticket is a campaign";
  EXPECT_NE(odd->notes.back().find("status 0"), std::string::npos);
}

TEST(SmsupReview, ComparesLinksWithTheText) {
  auto of = campaign();
  of.text = "See <-short-> and <-short->";
  of.options = {{"link", "https://a.example"}};
  auto const review = smsup_vendor()->review(of);
  ASSERT_FALSE(review);
  EXPECT_NE(review.error().message.find("2 `<-short->`, but there are 1 `link`"), std::string::npos)
      << review.error().message;
  of.options.push_back({"link", "https://b.example"});
  EXPECT_TRUE(smsup_vendor()->review(of));
  of = campaign();
  of.text = "bell \a";
  EXPECT_TRUE(smsup_vendor()->review(of));
  EXPECT_EQ(smsup_vendor(xml)->review(of).error().code, ErrorCode::invalid_argument)
      << "XML has no such character";
}

TEST(SmsupEstimate, NeverGoesWhereItWouldBeSent) {
  auto of = campaign();
  ScriptedConversation numbers{{{"POST " + base + "/send/simulate", answer(sent)}}};
  auto const estimate = smsup_vendor()->call(EstimateCampaign{of}, numbers);
  ASSERT_TRUE(estimate) << estimate.error().message;
  EXPECT_EQ(numbers.calls()[0].request.action, Action::read);
  EXPECT_EQ(estimate->counted_by, CountedBy::vendor);
  EXPECT_EQ(estimate->recipients, 3);
  EXPECT_EQ(estimate->messages, 2);
  EXPECT_EQ(estimate->parts, 1);
  EXPECT_EQ(estimate->filtered, 1);
  EXPECT_EQ(estimate->cost, (Cost{*Decimal::parse("2"), "credits", CostKind::estimate}));

  of.recipients.clear();
  of.lists = {"1"};
  ScriptedConversation lists{{{"POST " + base + "/send/lists/simulate",
                               answer(data_file("smsup/simulate_single.response.g2.xml"))}}};
  EXPECT_EQ(smsup_vendor(xml)->call(EstimateCampaign{of}, lists)->recipients, 1);
  ScriptedConversation refused{
      {{"POST " + base + "/send/lists/simulate", answer(R"({"status":-5,"message":"no"})")}}};
  EXPECT_EQ(smsup_vendor()->call(EstimateCampaign{of}, refused).error().effect, Effect::none);
}

TEST(SmsupCancel, TakesAnAbsentCampaignForCanceled) {
  std::string const gone = R"({"status":-5,"message":"Resource not found"})";
  ScriptedConversation conversation{
      {{"DELETE " + base + "/send/14672468", answer(R"({"status":1,"message":"OK","credits":644})")},
       {"GET " + base + "/campaign/14672468", answer(gone)}}};
  auto const campaign = smsup_vendor()->call(CancelCampaign{"14672468"}, conversation);
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->id, "14672468");
  EXPECT_EQ(campaign->status.code, StatusCode::canceled);
  EXPECT_FALSE(campaign->notes.empty());

  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  ScriptedConversation after_loss{
      {{"DELETE " + base + "/send/7", lost}, {"GET " + base + "/campaign/7", answer(gone)}}};
  EXPECT_TRUE(smsup_vendor()->call(CancelCampaign{"7"}, after_loss));
  ScriptedConversation still_there{{{"DELETE " + base + "/send/7", lost},
                                    {"GET " + base + "/campaign/7",
                                     answer(R"({"status":1,"campaign":[{"id":"7","status":"Waiting"}]})")}}};
  EXPECT_EQ(smsup_vendor()->call(CancelCampaign{"7"}, still_there).error().effect, Effect::unknown);
  for (auto const* const page : {"<html><body>Not Found</body></html>", "Not Found", ""}) {
    ScriptedConversation no_answer{
        {{"DELETE " + base + "/send/7", lost}, {"GET " + base + "/campaign/7", answer(page, 404)}}};
    auto const unknown = smsup_vendor()->call(CancelCampaign{"7"}, no_answer);
    ASSERT_FALSE(unknown) << "a proxy's page: " << page;
    EXPECT_EQ(unknown.error().effect, Effect::unknown);
  }
  for (auto const& [body, code] :
       {std::pair{gone, ErrorCode::not_found},
        {R"({"status":-7,"message":"Data error"})", ErrorCode::invalid_argument}}) {
    ScriptedConversation refused{{{"DELETE " + base + "/send/7", answer(body)}}};
    auto const error = smsup_vendor()->call(CancelCampaign{"7"}, refused).error();
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.effect, Effect::none);
  }
}

TEST(SmsupCancel, ShowsAnAcceptedOneAsCanceledWhateverWordTheCampaignHas) {
  auto const canceled = [](std::string body, smsup::Format format) {
    ScriptedConversation conversation{
        {{"DELETE " + base + "/send/7",
          answer(format == smsup::Format::xml ? "<response><status>1</status><message>OK</message></response>"
                                              : R"({"status":1,"message":"OK","credits":644})")},
         {"GET " + base + "/campaign/7", answer(std::move(body))}}};
    return smsup_vendor({format})->call(CancelCampaign{"7"}, conversation);
  };
  auto const word =
      canceled(R"({"status":1,"campaign":[{"id":"7","status":"Stopped"}]})", smsup::Format::json);
  ASSERT_TRUE(word) << word.error().message;
  EXPECT_EQ(word->status.code, StatusCode::canceled);
  EXPECT_EQ(word->status.vendor_word, "Stopped");
  auto const none =
      canceled("<response><status>1</status><campaign><id>7</id></campaign></response>", smsup::Format::xml);
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_EQ(none->status.code, StatusCode::canceled);
  EXPECT_EQ(none->notes, std::vector<std::string>{"SMSUP accepted the cancellation"});
  auto const waiting =
      canceled(R"({"status":1,"campaign":[{"id":"7","status":"Waiting"}]})", smsup::Format::json);
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->status.code, StatusCode::scheduled);
}

TEST(SmsupBalance, ReadsBothFormsAndFormats) {
  for (
      std::string const body :
      {R"({"credits":"44690","message":"OK"})",
       R"({"status":1,"message":"OK","credits":"44690","postpaid":"0","postpaid_limit":false,"unlimited":false})",
       "<response><message>OK</message><credits>44690</credits><status>1</status><unlimited>false</"
       "unlimited></response>"}) {
    ScriptedConversation conversation{{{"GET " + base + "/credits", answer(body)}}};
    auto const balance = smsup_vendor()->call(GetBalance{}, conversation);
    ASSERT_TRUE(balance) << body << balance.error().message;
    EXPECT_EQ(balance->amount.text(), "44690");
    EXPECT_EQ(balance->unit, "credits");
    EXPECT_TRUE(balance->notes.empty());
  }
  ScriptedConversation unlimited{{{"GET " + base + "/credits",
                                   answer(R"({"status":1,"credits":"0","unlimited":true,"postpaid":"1"})")}}};
  EXPECT_EQ(smsup_vendor()->call(GetBalance{}, unlimited)->notes.size(), 2U);
  ScriptedConversation none{{{"GET " + base + "/credits", answer(R"({"status":1,"message":"OK"})")}}};
  EXPECT_FALSE(smsup_vendor()->call(GetBalance{}, none));
}

TEST(SmsupSenders, ReadsBothFormats) {
  for (
      auto const& body :
      {std::string{
           R"({"status":1,"senders":[{"id":1,"sender":"A","status":"2"},{"id":2,"sender":"B","status":"-1"}]})"},
       std::string{
           "<response><status>1</status><senders><id>1</id><sender>A</sender><status>2</status></senders>"
           "<senders><id>2</id><sender>B</sender><status>-1</status></senders></response>"},
       std::string{"<response><status>1</status><senders><sender><id>1</id><value>A</value><status>2</"
                   "status></sender>"
                   "<sender><id>2</id><value>B</value><status>-1</status></sender></senders></response>"}}) {
    ScriptedConversation conversation{{{"GET " + base + "/senders", answer(body)}}};
    auto const senders = smsup_vendor()->call(GetSenders{}, conversation);
    ASSERT_TRUE(senders) << body << senders.error().message;
    ASSERT_EQ(senders->size(), 2U) << body;
    EXPECT_EQ((*senders)[0].id, "1");
    EXPECT_EQ((*senders)[0].text, "A");
    EXPECT_EQ((*senders)[0].status, (SenderStatus{SenderStatusCode::active, "2"}));
    EXPECT_EQ((*senders)[1].status.code, SenderStatusCode::rejected);
  }
  ScriptedConversation none{{{"GET " + base + "/senders", answer(R"({"status":1,"senders":[]})")}}};
  EXPECT_TRUE(smsup_vendor()->call(GetSenders{}, none)->empty());
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests
