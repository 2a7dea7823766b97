#include "testing/other_program.hpp"
#include "testing/smsup_account.hpp"

#include <tuple>

/// What the simulator of SMSUP counts, takes and gives back.
namespace polycampaign::test::smsup_money {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

std::string word(Json const& object, char const* name) {
  return object.at(name).get<std::string>();
}

Json history(SmsupAccount const& service, std::string const& id) {
  return service.json("/campaign/" + id).at("campaign").at(0);
}

TEST(SmsupMoney, IsTakenForWhatIsSentAndCountsWhatIsNot) {
  SmsupAccount const service{5, {{"stop_list", "on"}}};
  std::vector<std::string> numbers;
  for (int i = 10; i < 90; ++i) numbers.push_back("417812345" + std::to_string(i));
  for (auto const* const more : {"+41781234510", "41781234510", "0781234567x", "123456", "1234567890123456",
                                 "", "41781234600", "41781234601", "41781234700"})
    numbers.push_back(more);
  auto const answer = service.send(numbers);
  EXPECT_EQ(answer.at("total"), 89);
  EXPECT_EQ(answer.at("sent"), 80);
  EXPECT_EQ(answer.at("duplicated"), 2);
  EXPECT_EQ(answer.at("invalid"), 4);
  EXPECT_EQ(answer.at("blacklisted"), 2);
  EXPECT_EQ(answer.at("npai"), 1);
  EXPECT_EQ(answer.at("cost"), 80);
  EXPECT_EQ(answer.at("credits"), 99'920);
  EXPECT_EQ(service.credits(), 99'920);

  auto const id = word(answer, "ticket");
  for (auto const minutes : {0min, 10min}) {
    *service.clock += minutes;
    auto const n = service.campaign(id).counters;
    EXPECT_EQ(n.recipients, 89);
    EXPECT_EQ(n.filtered, 9);
    EXPECT_EQ(n.messages, n.pending + n.in_flight + n.delivered + n.expired + n.failed);
    auto const record = history(service, id);
    EXPECT_EQ(word(record, "total"), "89");
    EXPECT_EQ(word(record, "cost"), "80");
    EXPECT_EQ(std::stoll(word(record, "error")) + std::stoll(word(record, "network_error")), n.failed);
    EXPECT_EQ(word(record, "expired"), std::to_string(n.expired));
    EXPECT_EQ(word(record, "delivered"), std::to_string(service.reached().size()));
  }
  EXPECT_EQ(history(service, id).at("status"), "Sent");
  EXPECT_EQ(service.reached().size(), 76U) << "four failed";
}

TEST(SmsupMoney, CountsPartsByTheAlphabet) {
  SmsupAccount const service{5};
  auto const letters = [](char const* letter, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += letter;
    return text;
  };
  using Row = std::tuple<std::string, int, int>;  // text, unicode, parts
  for (auto const& [text, unicode, parts] :
       {Row{letters("a", 160), 0, 1}, Row{letters("a", 161), 0, 2}, Row{letters("a", 306), 0, 2},
        Row{letters("a", 307), 0, 3}, Row{letters("é", 160), 0, 1}, Row{letters("[", 81), 0, 2},
        Row{letters("a", 70), 1, 1}, Row{letters("a", 71), 1, 2}, Row{letters("Ж", 134), 1, 2},
        Row{letters("Ж", 135), 1, 3}, Row{letters("🌷", 35), 1, 1}, Row{letters("🌷", 36), 1, 2},
        Row{letters("Ж", 160), 0, 1}, Row{letters("🌷", 161), 0, 2}}) {
    SCOPED_TRACE(text + ' ' + std::to_string(unicode));
    auto const before = service.credits();
    Json const message{{"text", text}, {"unicode", unicode}, {"delay", "2024-11-06 12:00:00"}};
    EXPECT_EQ(service.send({"41781234567", "41781234568"}, message, "/send/simulate").at("cost"), 2 * parts);
    auto const answer = service.send({"41781234567", "41781234568"}, message);
    EXPECT_EQ(answer.at("cost"), 2 * parts);
    EXPECT_EQ(answer.at("credits"), before - 2 * parts);
    auto const id = word(answer, "ticket");
    EXPECT_EQ(word(history(service, id), "cost"), std::to_string(2 * parts));
    EXPECT_EQ(service.cancel(id).at("credits"), before) << "exactly what was taken";
  }
  EXPECT_EQ(service.credits(), 100'000);
}

TEST(SmsupMoney, BuysDamagedTextsWithoutUnicode) {
  SmsupAccount const service{5};
  service.send({"41781234567"}, {{"text", "Café Жук 🌷 €5"}});
  service.send({"41781234567"}, {{"text", "Café Жук 🌷 €5"}, {"unicode", 1}});
  *service.clock += 1h;
  auto const reached = service.simulator->reached();
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_EQ(reached[0].text, "Café ??? ? €5");
  EXPECT_EQ(reached[1].text, "Café Жук 🌷 €5");
}

TEST(SmsupMoney, MustBeEnough) {
  SmsupAccount const service{5};
  std::vector<std::string> numbers;
  for (int i = 0; i < 393; ++i) numbers.push_back(std::to_string(41781000000 + i));
  Json const longest{{"text", std::string(39'015, 'a')}};  // 255 parts
  for (auto const* const path : {"/send", "/send/simulate"}) {
    auto const refused = service.send(numbers, longest, path);
    EXPECT_EQ(refused.at("status"), -3) << "100,215 credits";
    EXPECT_FALSE(refused.contains("credits"));
  }
  EXPECT_EQ(service.simulator->campaigns().size(), 5U);
  numbers.pop_back();
  EXPECT_EQ(service.send(numbers, longest).at("credits"), 40);
  EXPECT_EQ(service.send({"41781234567"}, {{"text", std::string(39'015, 'a')}}).at("status"), -3);
  EXPECT_EQ(service.send({"41781234567"}).at("credits"), 39);
}

TEST(SmsupMoney, ComesBackWhenACampaignIsCanceled) {
  SmsupAccount const service{5};
  auto const answer = service.send({"41781234567", "41781234568"}, {{"delay", "2024-11-06 12:00:00"}});
  EXPECT_EQ(service.credits(), 99'998);
  auto const id = word(answer, "ticket");
  auto const canceled = service.cancel(id);
  EXPECT_EQ(keys_of(canceled), (std::vector<std::string>{"status", "message", "credits"}));
  EXPECT_EQ(canceled.at("status"), 1);
  EXPECT_EQ(canceled.at("credits"), 100'000);
  EXPECT_EQ(service.cancel(id).at("status"), -5);
  EXPECT_EQ(service.credits(), 100'000) << "once";
  *service.clock += 48h;
  EXPECT_TRUE(service.reached().empty());
}

TEST(SmsupMoney, StaysWhereNothingCanBeCanceled) {
  SmsupAccount const service{30, {{"canceled", "listed"}}};
  for (auto const status : {sending, completed, rejected}) {
    auto const answer = service.cancel(service.with(status).id);
    EXPECT_EQ(answer.at("status"), -7) << to_string(status);
    EXPECT_FALSE(answer.contains("credits"));
    EXPECT_EQ(service.campaign(service.with(status).id).status, status);
  }
  for (auto const* const unknown : {"1", "abc", "10000000004100004"})
    EXPECT_EQ(service.cancel(unknown).at("status"), -5);
  EXPECT_EQ(service.credits(), 100'000);
  auto const id = word(service.send({"41781234567"}, {{"delay", "2024-11-05 14:00:00"}}), "ticket");
  *service.clock += 59min;
  EXPECT_EQ(service.campaign(id).status, scheduled) << "Paris is one hour ahead in winter";
  *service.clock += 1min;
  EXPECT_EQ(service.cancel(id).at("status"), -7) << "too late";
  EXPECT_EQ(service.credits(), 99'999);
  auto const xml = service.simulator->handle(
      {.method = "DELETE", .url = "/send/" + id, .headers = {{"Authorization", "Bearer " + service.token}}});
  EXPECT_NE(xml.body.find("<response><status>-7</status>"), std::string::npos) << xml.body;
}

TEST(SmsupMoney, ComesBackWhenModerationDenies) {
  SmsupAccount const service{5, {{"moderation", "on"}}};
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    auto const answer = service.send({"41781234567", "41781234568"},
                                     i < 10 ? Json::object() : Json{{"delay", "2024-11-06 12:00:00"}});
    EXPECT_EQ(answer.at("status"), -8);
    EXPECT_EQ(answer.at("message"), "Campaign under moderation");
    EXPECT_EQ(answer.at("credits"), 100'000 - 2 * (i + 1));
    ids.push_back(word(answer, "ticket"));
  }
  *service.clock += 9min;
  EXPECT_TRUE(service.reached().empty());
  EXPECT_EQ(service.credits(), 99'960);
  *service.clock += 1min;
  std::map<std::string, std::vector<std::string>> by_label;
  for (auto const& id : ids) by_label[word(history(service, id), "status")].push_back(id);
  auto const denied = by_label["Denied"];
  ASSERT_FALSE(denied.empty());
  EXPECT_EQ(by_label["In progress"].size() + by_label["Waiting"].size() + denied.size(), 20U);
  EXPECT_FALSE(by_label["In progress"].empty());
  EXPECT_FALSE(by_label["Waiting"].empty());
  auto const left = 99'960 + 2 * static_cast<std::int64_t>(denied.size());
  EXPECT_EQ(service.credits(), left) << "given back";
  EXPECT_EQ(service.credits(), left) << "once";
  EXPECT_EQ(word(history(service, denied.front()), "cost"), "0");
  EXPECT_EQ(service.cancel(denied.front()).at("status"), -7);
  *service.clock += 72h;
  EXPECT_EQ(service.credits(), left);
  for (auto const& each : service.simulator->reached())
    EXPECT_EQ(std::ranges::count(denied, each.campaign), 0) << "denied, and yet sent";
}

TEST(SmsupMoney, ComesBackFromModerationItself) {
  SmsupAccount const service{5, {{"moderation", "on"}}};
  auto const id = word(service.send({"41781234567"}), "ticket");
  ASSERT_TRUE(service.simulator->set_switch("cancel_moderated", "no"));
  EXPECT_EQ(service.cancel(id).at("status"), -7);
  EXPECT_EQ(service.credits(), 99'999);
  ASSERT_TRUE(service.simulator->set_switch("cancel_moderated", "yes"));
  EXPECT_EQ(service.cancel(id).at("credits"), 100'000);
  *service.clock += 48h;
  EXPECT_EQ(service.credits(), 100'000);
  EXPECT_TRUE(service.reached().empty());
}

TEST(SmsupMoney, TakesStartsByTheClockOfParis) {
  SmsupAccount const service{5};
  using std::chrono::sys_days;
  struct Row {
    char const* delay;
    std::chrono::sys_seconds start;
  };
  for (auto const& [delay, start] :
       {Row{"2024-11-05 13:00:01", now + 1s}, Row{"2025-01-01 00:00:00", sys_days{2024y / 12 / 31} + 23h},
        Row{"2025-03-30 01:59:59", sys_days{2025y / 3 / 30} + 59min + 59s},
        Row{"2025-03-30 03:00:00", sys_days{2025y / 3 / 30} + 1h},
        Row{"2025-07-14 12:00:00", sys_days{2025y / 7 / 14} + 10h},
        // This hour occurs twice. The first is meant.
        Row{"2025-10-26 02:30:00", sys_days{2025y / 10 / 26} + 30min},
        Row{"2025-10-26 03:00:00", sys_days{2025y / 10 / 26} + 2h}}) {
    auto const id = word(service.send({"41781234567"}, {{"delay", delay}}), "ticket");
    EXPECT_EQ(service.campaign(id).scheduled, start) << delay;
    EXPECT_EQ(history(service, id).at("date"), delay);
  }
}

TEST(SmsupMoney, HasLinksThatCostNothingMore) {
  SmsupAccount const service{5};
  auto const answer = service.send({"41781234567"}, {{"text", "<-short-> and <-short->"},
                                                     {"links", {"https://a.example", "https://b.example"}}});
  EXPECT_EQ(answer.at("status"), 1);
  EXPECT_EQ(answer.at("cost"), 1);
  auto const xml = service.post("/send",
                                "<sms><message><text>&lt;-short-&gt;</text><links>https://a.example</links>"
                                "</message><recipients><gsm>41781234567</gsm></recipients></sms>",
                                "application/xml");
  EXPECT_EQ(Json::parse(xml.body).at("status"), 1);
}

TEST(SmsupMoney, IsShownAsCredits) {
  SmsupAccount const service{5};
  EXPECT_EQ(service.json("/credits"), (Json{{"status", 1},
                                            {"message", "OK"},
                                            {"credits", "100000"},
                                            {"postpaid", "0"},
                                            {"postpaid_limit", false},
                                            {"unlimited", false}}));
  auto const xml = service.xml("/credits");
  EXPECT_STREQ(xml.child("response").child("credits").text().get(), "100000");
  EXPECT_STREQ(xml.child("response").child("unlimited").text().get(), "false");
  ASSERT_TRUE(service.simulator->set_switch("generation", "g1"));
  EXPECT_EQ(service.json("/credits"), (Json{{"message", "OK"}, {"credits", "100000"}})) << "no status";
  EXPECT_FALSE(service.xml("/credits").child("response").child("status"));
}

TEST(SmsupMoney, IsNotNeededForSenders) {
  SmsupAccount const service{5};
  auto const senders = service.json("/senders").at("senders");
  ASSERT_EQ(senders.size(), 3U);
  std::vector<std::string> statuses;
  for (auto const& sender : senders) {
    EXPECT_TRUE(sender.at("id").is_number_integer());
    EXPECT_FALSE(word(sender, "sender").empty());
    statuses.push_back(word(sender, "status"));
  }
  EXPECT_EQ(statuses, (std::vector<std::string>{"2", "0", "-1"})) << "validated, in progress, rejected";
  auto const xml = service.xml("/senders");
  auto const all = xml.child("response").children("senders");
  EXPECT_EQ(std::distance(all.begin(), all.end()), 3);
  EXPECT_EQ(service.send({"41781234567"}, {{"sender", "Anybody"}}).at("status"), 1) << "free text";
  EXPECT_EQ(service.send({"41781234567"}, {{"sender", nullptr}}).at("status"), 1);
}

TEST(SmsupMoney, NeedsTheTokenForEverything) {
  SmsupAccount const service{5};
  for (auto const& [method, path] :
       {std::pair{"POST", "/send"}, std::pair{"POST", "/send/lists"}, std::pair{"POST", "/send/simulate"},
        std::pair{"DELETE", "/send/1"}, std::pair{"GET", "/credits"}, std::pair{"GET", "/senders"}}) {
    auto const response = service.simulator->handle(
        {.method = method, .url = path, .headers = {{"Accept", "application/json"}}, .body = "{}"});
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(Json::parse(response.body).at("status"), -1) << path;
  }
  for (auto const& [method, path] : {std::pair{"PUT", "/send"}, std::pair{"POST", "/send/other"},
                                     std::pair{"GET", "/send/lists"}, std::pair{"DELETE", "/send"}}) {
    auto const response = service.simulator->handle(
        {.method = method, .url = path, .headers = {{"Authorization", "Bearer " + service.token}}});
    EXPECT_EQ(response.status, 404) << method << ' ' << path;
  }
}

TEST(SmsupMoney, IsTakenAlthoughTheAnswerIsLost) {
  if (!has_program("curl")) GTEST_SKIP() << "curl is not installed";
  SmsupAccount const service{5};
  ASSERT_TRUE(service.simulator->serve());
  auto const send = [&](std::string const& more) {
    return output_of(
        "{ curl -sS --max-time 20 -H 'Authorization: Bearer " + service.token +
            "' -H 'Content-Type: application/xml' --data-binary @- '" + service.simulator->base_url() +
            "/send' " + more + "; }",
        "<sms><message><text>a</text></message><recipients><gsm>41781234567</gsm></recipients></sms>");
  };
  auto const answer = send("");
  EXPECT_TRUE(answer.starts_with("<?xml")) << answer;
  EXPECT_NE(answer.find("<credits>99999</credits>"), std::string::npos) << answer;
  ASSERT_TRUE(service.simulator->set_switch("fault", "lost"));
  EXPECT_EQ(send("2>&1; echo \"exit $?\"").find("exit 0"), std::string::npos);
  ASSERT_TRUE(service.simulator->set_switch("fault", "html502_after"));
  EXPECT_EQ(send("-o /dev/null -w '%{http_code} %{content_type}'"), "502 text/html");
  ASSERT_TRUE(service.simulator->set_switch("fault", "none"));
  EXPECT_EQ(service.credits(), 99'997);
  *service.clock += 1h;
  EXPECT_EQ(service.reached().size(), 3U);
}

}  // namespace
}  // namespace polycampaign::test::smsup_money
