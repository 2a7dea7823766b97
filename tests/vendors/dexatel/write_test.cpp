#include "vendors/dexatel/support.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::vendor_tests {
namespace {

std::string const api = "https://api.dexatel.com/v1/";
std::string const campaign_id = "48e200b7-be98-4360-b5c7-5dfac16b06f9";
std::string const no_templates = R"({"data":[],"pagination":{"links":{"next":null}}})";

NewCampaign campaign(int recipients = 2) {
  NewCampaign of{.name = "spring_sale", .sender = "MyBrand", .text = "Hello"};
  for (int i = 0; i < recipients; ++i)
    of.recipients.push_back({.number = "+4178" + std::to_string(1'000'000 + i)});
  return of;
}

std::string made(std::string_view what) {
  return R"({"data":{"id":")" + std::string{what} + R"("}})";
}
std::string of_campaign(std::string_view status, std::string_view more = "") {
  return R"({"data":{"id":")" + campaign_id + R"(","name":"spring_sale","status":")" + std::string{status} +
         '"' + std::string{more} + "}}";
}

Turn templates(std::string body = no_templates) {
  return {"GET " + api + "templates?page_size=100&filter%5Bchannel%5D=SMS", answer(std::move(body))};
}
Turn add_template(HttpResponse response = answer(made("T"), 201)) {
  return {"POST " + api + "templates", std::move(response),
          R"({"data":{"name":"polycampaign-tok","text":"Hello","channel":"SMS"}})"};
}

Result<Submission> create(NewCampaign const& of, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  auto submission = dexatel_vendor()->call(CreateCampaign{.campaign = of, .token = "tok"}, conversation);
  int sends = 0;
  for (auto const& call : conversation.calls()) {
    bool const last = call.request.url == api + "campaigns";
    EXPECT_EQ(call.request.action == Action::sends, last) << call.request.url;
    EXPECT_EQ(call.preparation, !last && call.request.method == "POST") << call.request.url;
    sends += last ? 1 : 0;
  }
  EXPECT_LE(sends, 1);
  return submission;
}

TEST(DexatelCreate, MakesTemplateAndAudienceFirst) {
  auto of = campaign();
  of.start_at = at("2025-03-01T09:00:00Z");
  auto const submission = create(
      of,
      {templates(),
       add_template(),
       {"POST " + api + "audiences", answer(made("A"), 201),
        R"({"data":{"name":"polycampaign-tok","channel":"SMS","contacts":[{"number":"+41781000000"},{"number":"+41781000001"}]}})"},
       {"POST " + api + "campaigns",
        answer(of_campaign("scheduled", R"(,"schedule":"2025-03-01 09:00:00")"), 201),
        R"({"data":{"name":"spring_sale","channel":"SMS","from":"MyBrand","template":"T","audience":"A",)"
        R"("schedule":"2025-03-01 09:00:00"}})"}});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, campaign_id);
  EXPECT_EQ(submission->status, (CampaignStatus{StatusCode::scheduled, "scheduled"}));
  ASSERT_EQ(submission->notes.size(), 1U);
  EXPECT_NE(submission->notes[0].find("template polycampaign-tok (id T)"), std::string::npos);
  EXPECT_NE(submission->notes[0].find("audience polycampaign-tok (id A)"), std::string::npos);
}

TEST(DexatelCreate, UsesATemplateWithTheSameText) {
  auto of = campaign();
  of.name.clear();
  of.recipients.clear();
  of.lists = {"L"};
  auto const submission = create(
      of,
      {templates(
           R"({"data":[{"id":"1","text":"Hello!","status":"COMPLETED"},{"id":"2","text":"Hello","status":"REJECTED"}],)"
           R"("pagination":{"links":{"next":"/v1/templates?page_token=p2"}}})"),
       {"GET " + api + "templates?page_size=100&filter%5Bchannel%5D=SMS&page_token=p2",
        answer(R"({"data":[{"id":"3","text":"Hello","status":"completed"}]})")},
       {"POST " + api + "campaigns", answer(of_campaign("in_progress")),
        R"({"data":{"name":"polycampaign-tok","channel":"SMS","from":"MyBrand","template":"3","audience":"L"}})"}});
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_TRUE(submission->notes.empty()) << "nothing was made";
  EXPECT_EQ(submission->status.code, StatusCode::sending);
}

TEST(DexatelCreate, UsesNoTemplateThatMayHaveMoreThanTheText) {
  std::string const of_viber = R"({"data":[{"id":"1","text":"Hello","channel":"VIBER"}]})";
  Turn const audience{"POST " + api + "audiences", answer(made("A"), 201)};
  Turn const sends{"POST " + api + "campaigns", answer(of_campaign("in_progress"))};
  EXPECT_TRUE(create(campaign(), {templates(of_viber), add_template(), audience, sends}));

  auto of = campaign();
  of.channel = Channel::viber;
  Turn const add{"POST " + api + "templates", answer(made("T"), 201),
                 R"({"data":{"name":"polycampaign-tok","text":"Hello","channel":"VIBER"}})"};
  auto const submission = create(of, {add, audience, sends});
  ASSERT_TRUE(submission) << submission.error().message;
}

TEST(DexatelCreate, MakesATemplateIfTheListDoesNotEnd) {
  auto const leads_to = [](std::string const& link) {
    return R"({"data":[{"id":"1","text":"other"}],"pagination":{"links":{"next":")" + link + R"("}}})";
  };
  auto const page = [&](std::string const& token, std::string const& link) {
    return Turn{"GET " + api + "templates?page_size=100&filter%5Bchannel%5D=SMS&page_token=" + token,
                answer(leads_to(link))};
  };
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"L"};
  Turn const sends{"POST " + api + "campaigns", answer(of_campaign("in_progress"))};
  EXPECT_TRUE(create(of, {templates(leads_to("A")), page("A", "B"), page("B", "A"), add_template(), sends}));
  EXPECT_TRUE(create(of, {templates(leads_to("/v1/templates/next")), add_template(), sends}));
  std::vector<Turn> many{templates(leads_to("1"))};
  for (int i = 1; i < 20; ++i) many.push_back(page(std::to_string(i), std::to_string(i + 1)));
  many.push_back(add_template());
  many.push_back(sends);
  EXPECT_TRUE(create(of, many));
}

TEST(DexatelCreate, TakesATemplateById) {
  auto of = campaign();
  of.text.clear();
  of.channel = Channel::whatsapp;
  of.recipients.clear();
  of.lists = {"L"};
  of.options = {{"template_id", "W"}};
  EXPECT_TRUE(dexatel_vendor()->review(of));
  EXPECT_TRUE(create(
      of,
      {{"POST " + api + "campaigns", answer(R"({"data":[{"id":"9","name":"n"}]})"),
        R"({"data":{"name":"spring_sale","channel":"WHATSAPP","from":"MyBrand","template":"W","audience":"L"}})"}}));
  of.text = "both";
  EXPECT_FALSE(dexatel_vendor()->review(of));
  of.text.clear();
  of.options.clear();
  EXPECT_NE(dexatel_vendor()->review(of).error().message.find("WhatsApp"), std::string::npos);
  of.lists = {".."};
  of.channel = Channel::sms;
  EXPECT_FALSE(dexatel_vendor()->review(of));
}

TEST(DexatelCreate, AddsContactsInChunksAndCountsThem) {
  auto const of = campaign(2'001);
  std::vector<Turn> const turns{
      templates(R"({"data":[{"id":"T","text":"Hello"}]})"),
      {"POST " + api + "audiences", answer(made("A"), 201)},
      {"POST " + api + "audiences/A/contacts", answer(R"({"data":[]})", 201)},
      {"POST " + api + "audiences/A/contacts", answer("", 204),
       R"({"data":{"contacts":[{"number":"+41781002000"}]}})"},
      {"GET " + api + "audiences/A", answer(R"({"data":{"id":"A","contacts_count":2001}})")},
      {"POST " + api + "campaigns", answer(of_campaign("in_progress"))}};
  EXPECT_TRUE(create(of, turns));
  for (std::string const count : {R"("contacts_count":2000)", R"("name":"no count")"}) {
    auto wrong = turns;
    wrong.pop_back();
    wrong.back() = {"GET " + api + "audiences/A", answer(R"({"data":{"id":"A",)" + count + "}}")};
    auto const submission = create(of, wrong);
    ASSERT_FALSE(submission) << "nothing may be sent to an audience that is not whole";
    EXPECT_EQ(submission.error().code, ErrorCode::protocol);
    EXPECT_NE(submission.error().message.find("2001 contacts"), std::string::npos)
        << submission.error().message;
    EXPECT_NE(submission.error().message.find("audience polycampaign-tok (id A)"), std::string::npos);
  }
}

TEST(DexatelCreate, TakesTenContactsAtATimeIfItMust) {
  auto const of = campaign(25);
  std::string const too_many = R"({"errors":[{"status":400,"message":"too many","code":1308}]})";
  EXPECT_TRUE(create(of, {templates(R"({"data":[{"id":"T","text":"Hello"}]})"),
                          {"POST " + api + "audiences", answer(too_many, 400)},
                          {"POST " + api + "audiences", answer(made("A"), 201)},
                          {"POST " + api + "audiences/A/contacts", answer(R"({"data":[]})")},
                          {"POST " + api + "audiences/A/contacts", answer(R"({"data":[]})")},
                          {"GET " + api + "audiences/A", answer(R"({"data":{"contacts_count":"25"}})")},
                          {"POST " + api + "campaigns", answer(of_campaign("in_progress"))}}));
  auto const many = campaign(10'001);
  auto const refused = create(many, {templates(R"({"data":[{"id":"T","text":"Hello"}]})"),
                                     {"POST " + api + "audiences", answer(too_many, 400)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
}

TEST(DexatelCreate, NamesWhatStaysBehind) {
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  Turn const audience{"POST " + api + "audiences", answer(made("A"), 201)};
  auto const message = [&](std::vector<Turn> turns) {
    auto const submission = create(campaign(), std::move(turns));
    EXPECT_FALSE(submission);
    return submission ? std::string{} : submission.error().message;
  };
  EXPECT_EQ(message({{templates().request, lost}}), "gone");
  Turn maybe_template = add_template();
  maybe_template.reply = lost;
  EXPECT_EQ(message({templates(), maybe_template}),
            "gone. The template polycampaign-tok may have been created and stays at Dexatel");
  EXPECT_EQ(
      message({templates(), add_template(), {"POST " + api + "audiences", lost}}),
      "gone. The template polycampaign-tok (id T) was created for it and stays at Dexatel. The audience "
      "polycampaign-tok may have been created and stays at Dexatel");
  auto const refused =
      message({templates(),
               add_template(),
               audience,
               {"POST " + api + "campaigns",
                answer(R"({"errors":[{"message":"'from' is invalid","code":1604}]})", 400)}});
  EXPECT_NE(refused.find("audience polycampaign-tok (id A) was created"), std::string::npos) << refused;
}

TEST(DexatelCreate, TellsARefusalFromAnAnswerThatCannotBeRead) {
  struct {
    HttpResponse response;
    ErrorCode code;
    Effect effect;
  } const cases[] = {
      {answer(R"({"errors":[{"message":"'from' is invalid","code":1604}]})", 400),
       ErrorCode::invalid_argument, Effect::none},
      {answer(R"({"errors":[{"message":"exists"}]})", 409), ErrorCode::conflict, Effect::none},
      {answer(R"({"errors":[{"message":"no account","code":1524}]})", 400), ErrorCode::permission_denied,
       Effect::none},
      {answer(R"({"errors":[{"message":"'from' is invalid","code":1604}]})", 200),
       ErrorCode::invalid_argument, Effect::none},
      {answer(R"({"data":[],"errors":[{"message":"'from' is invalid","code":1604}]})", 200),
       ErrorCode::invalid_argument, Effect::none},
      {answer(R"({"data":{"id":"9"},"errors":[{"message":"'from' is invalid","code":1604}]})", 201),
       ErrorCode::invalid_argument, Effect::unknown},
      {answer(R"({"data":[{"id":9}],"errors":[{"message":"exists","code":1309}]})", 200), ErrorCode::conflict,
       Effect::unknown},
      {answer(R"({"id":"9","errors":[{"message":"'from' is invalid","code":1604}]})", 200),
       ErrorCode::invalid_argument, Effect::unknown},
      {answer(R"({"data":{"id":"9"},"errors":[{"message":"'from' is invalid","code":1604}]})", 400),
       ErrorCode::invalid_argument, Effect::none},
      {answer(R"({"data":{}})", 201), ErrorCode::protocol, Effect::unknown},
      {answer("", 201), ErrorCode::protocol, Effect::unknown},
      {answer("<html>", 200), ErrorCode::protocol, Effect::unknown},
      {answer(R"({"errors":[{"message":"refused","code":1604}]})", 502), ErrorCode::unavailable,
       Effect::unknown},
  };
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"L"};
  for (auto const& one : cases) {
    auto const submission = create(of, {templates(R"({"data":[{"id":"T","text":"Hello"}]})"),
                                        {"POST " + api + "campaigns", one.response}});
    ASSERT_FALSE(submission) << one.response.body;
    EXPECT_EQ(submission.error().code, one.code) << one.response.body;
    EXPECT_EQ(submission.error().effect, one.effect) << one.response.body;
  }
  auto const without_id =
      create(of, {templates(R"({"data":[{"id":"T","text":"Hello"}]})"),
                  {"POST " + api + "campaigns", answer(R"({"data":{"name":"n","status":"completed"}})")}});
  ASSERT_TRUE(without_id);
  EXPECT_FALSE(without_id->id);
  EXPECT_EQ(without_id->status, (CampaignStatus{StatusCode::queued, "completed"}))
      << "never on the word of a create";
}

TEST(DexatelChange, CancelsByTheStatus) {
  ScriptedConversation conversation{{{"PUT " + api + "campaigns/" + campaign_id,
                                      answer(of_campaign("canceled")), R"({"data":{"status":"canceled"}})"}}};
  auto const campaign = dexatel_vendor()->call(CancelCampaign{campaign_id}, conversation);
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->status.code, StatusCode::canceled);
  EXPECT_EQ(conversation.calls()[0].request.action, Action::write);
  ScriptedConversation stale{{{"PUT " + api + "campaigns/" + campaign_id, answer(of_campaign("scheduled"))},
                              {"GET " + api + "campaigns/" + campaign_id, answer(of_campaign("cancelled"))}}};
  EXPECT_EQ(dexatel_vendor()->call(CancelCampaign{campaign_id}, stale)->status.code, StatusCode::canceled);
  ScriptedConversation refused{
      {{"PUT " + api + "campaigns/" + campaign_id,
        answer(R"({"errors":[{"message":"'status' cannot be changed","code":1611}]})", 400)}}};
  EXPECT_EQ(dexatel_vendor()->call(CancelCampaign{campaign_id}, refused).error().code, ErrorCode::conflict);
}

TEST(DexatelChange, DoesNotTakeAnAcceptedRequestForACancellation) {
  auto const url = api + "campaigns/" + campaign_id;
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  for (Turn const& read : {Turn{"GET " + url, answer(of_campaign("scheduled"))}, Turn{"GET " + url, lost}}) {
    ScriptedConversation conversation{{{"PUT " + url, answer(of_campaign("scheduled"))}, read}};
    auto const campaign = dexatel_vendor()->call(CancelCampaign{campaign_id}, conversation);
    ASSERT_FALSE(campaign);
    EXPECT_EQ(campaign.error().code, ErrorCode::protocol);
    EXPECT_EQ(campaign.error().effect, Effect::unknown);
    EXPECT_EQ(
        campaign.error().message,
        "Dexatel accepted the request, but the campaign still has the status scheduled, so it may still "
        "be sent");
  }
}

TEST(DexatelChange, SaysIfAnAcceptedUpdateIsNotThere) {
  auto const url = api + "campaigns/" + campaign_id;
  ScriptedConversation conversation{
      {{"PUT " + url, answer(of_campaign("scheduled"))}, {"GET " + url, answer(of_campaign("scheduled"))}}};
  auto const campaign =
      dexatel_vendor()->call(UpdateCampaign{.id = campaign_id, .name = "new"}, conversation);
  ASSERT_TRUE(campaign) << campaign.error().message;
  EXPECT_EQ(campaign->notes, std::vector<std::string>{
                                 "the vendor accepted the change, but the campaign does not show it yet"});
}

TEST(DexatelChange, UpdatesNameAndStart) {
  UpdateCampaign const change{
      .id = campaign_id, .name = "New \"name\"", .start_at = at("2025-03-02T10:00:00Z")};
  ScriptedConversation conversation{
      {{"PUT " + api + "campaigns/" + campaign_id,
        answer(R"({"data":{"id":")" + campaign_id +
               R"(","name":"New \"name\"","schedule":"2025-03-02 10:00:00"}})"),
        R"({"data":{"name":"New \"name\"","schedule":"2025-03-02 10:00:00"}})"}}};
  ASSERT_TRUE(dexatel_vendor()->call(change, conversation));
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  ScriptedConversation found{{{"PUT " + api + "campaigns/" + campaign_id, lost},
                              {"GET " + api + "campaigns/" + campaign_id,
                               answer(R"({"data":{"id":")" + campaign_id +
                                      R"(","name":"New \"name\"","schedule":"2025-03-02 10:00:00"}})")}}};
  auto const read = dexatel_vendor()->call(change, found);
  ASSERT_TRUE(read);
  EXPECT_NE(read->notes.back().find("answer was lost"), std::string::npos);
  ScriptedConversation other{{{"PUT " + api + "campaigns/" + campaign_id, lost},
                              {"GET " + api + "campaigns/" + campaign_id,
                               answer(R"({"data":{"id":")" + campaign_id +
                                      R"(","name":"New \"name\"","schedule":"2025-03-01 10:00:00"}})")}}};
  EXPECT_EQ(dexatel_vendor()->call(change, other).error().effect, Effect::unknown) << "half of it is not it";
}

TEST(DexatelChange, DeletesWhateverTheBody) {
  for (auto const& response : {answer("", 204), answer("", 200), answer(R"({"data":{}})", 200)}) {
    ScriptedConversation conversation{{{"DELETE " + api + "campaigns/" + campaign_id, response}}};
    EXPECT_TRUE(dexatel_vendor()->call(DeleteCampaign{campaign_id}, conversation)) << response.body;
  }
  ScriptedConversation refused{
      {{"DELETE " + api + "campaigns/" + campaign_id,
        answer(R"({"errors":[{"message":"cannot be deleted","code":1612}]})", 200)}}};
  EXPECT_EQ(dexatel_vendor()->call(DeleteCampaign{campaign_id}, refused).error().code, ErrorCode::conflict);
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  ScriptedConversation absent{
      {{"DELETE " + api + "campaigns/" + campaign_id, lost},
       {"GET " + api + "campaigns/" + campaign_id, answer(R"({"errors":[{"code":1601}]})", 404)}}};
  EXPECT_TRUE(dexatel_vendor()->call(DeleteCampaign{campaign_id}, absent));
  ScriptedConversation present{
      {{"DELETE " + api + "campaigns/" + campaign_id, lost},
       {"GET " + api + "campaigns/" + campaign_id, answer(of_campaign("scheduled"))}}};
  EXPECT_EQ(dexatel_vendor()->call(DeleteCampaign{campaign_id}, present).error().effect, Effect::unknown);
}

TEST(DexatelSenders, FollowsPageTokens) {
  ScriptedConversation conversation{
      {{"GET " + api + "senders?page_size=100",
        answer(
            R"({"data":[{"id":"1","name":"MyBrand","code":"MYBRAND","channel":"SMS","status":"available","countries":["CH"]}],)"
            R"("pagination":{"links":{"next":"https://elsewhere.example/v1/senders?page_token=p2"}}})")},
       {"GET " + api + "senders?page_size=100&page_token=p2",
        answer(
            R"({"data":[{"id":"2","name":"Other","channel":"whatsapp","status":"odd"}],"pagination":{"links":{"next":null}}})")}}};
  auto const senders = dexatel_vendor()->call(GetSenders{}, conversation);
  ASSERT_TRUE(senders) << senders.error().message;
  ASSERT_EQ(senders->size(), 2U);
  EXPECT_EQ((*senders)[0].text, "MyBrand");
  EXPECT_EQ((*senders)[0].countries, std::vector<std::string>{"CH"});
  EXPECT_EQ((*senders)[0].notes, std::vector<std::string>{"the phone shows MYBRAND"});
  EXPECT_EQ((*senders)[1].channel, Channel::whatsapp);
  EXPECT_EQ((*senders)[1].status.code, SenderStatusCode::unknown);
}

TEST(DexatelSenders, AreAllOrNone) {
  auto const first = "GET " + api + "senders?page_size=100";
  auto const leads_to = [](std::string const& link) {
    return answer(R"({"data":[{"id":"1","name":"MyBrand"}],"pagination":{"links":{"next":)" + link + "}}}");
  };
  auto const page = [&](std::string const& token, std::string const& next) {
    return Turn{first + "&page_token=" + token, leads_to('"' + next + '"')};
  };
  auto const failure = [](std::vector<Turn> turns) {
    ScriptedConversation conversation{std::move(turns)};
    auto const senders = dexatel_vendor()->call(GetSenders{}, conversation);
    EXPECT_FALSE(senders);
    if (senders) return std::string{};
    EXPECT_EQ(senders.error().code, ErrorCode::protocol);
    EXPECT_EQ(senders.error().effect, Effect::none);
    std::string const begin = "the senders could not be read to their end: ";
    EXPECT_TRUE(senders.error().message.starts_with(begin)) << senders.error().message;
    return senders.error().message.substr(begin.size());
  };
  EXPECT_EQ(failure({{first, leads_to(R"("/v1/senders/next")")}}), "pagination.links.next has no page token");
  EXPECT_EQ(failure({{first, leads_to("{}")}}), "pagination.links.next is neither a string nor null");
  EXPECT_EQ(failure({{first, leads_to(R"("https://elsewhere.example/v1/senders?x=2")")}}),
            "pagination.links.next points to another host, which was not contacted");
  std::string const back = "pagination.links.next leads back to an earlier page";
  EXPECT_EQ(failure({{first, leads_to(R"("A")")}, page("A", "A")}), back);
  EXPECT_EQ(failure({{first, leads_to(R"("A")")}, page("A", "B"), page("B", "A")}), back);
  std::vector<Turn> many{{first, leads_to(R"("1")")}};
  for (int i = 1; i < 100; ++i) many.push_back(page(std::to_string(i), std::to_string(i + 1)));
  EXPECT_EQ(failure(many), "there are more than 100 pages");
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests
