#include "testing/bsg_sender.hpp"
#include "testing/sample.hpp"

#include <functional>
#include <set>
#include <tuple>

/// How the simulator of BSG creates, prices and stops campaigns.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;
TEST(BsgWriting, SendsThePublishedSample) {
  BsgSender account;
  account.now = std::chrono::sys_days{2025y / 1 / 20} + 8h;
  auto const answer = account.post("sms/send", json_sample("bsg/sms_send.request.json"));
  auto const& made = answer.at("data");
  EXPECT_EQ(keys_in(made),
            (std::vector<std::string>{"id", "name", "sender", "status", "message_type", "start_at",
                                      "real_start_at", "finished_at", "created_at", "statistics",
                                      "calculated_price", "currency", "alternative_channels"}));
  EXPECT_EQ(made.at("name"), "SMS api campaign / 2025-01-20 08:00:00") << "it cannot be given";
  EXPECT_EQ(made.at("sender"), "string");
  EXPECT_EQ(made.at("status"), "done") << "as in every sample, although nothing was sent";
  EXPECT_EQ(made.at("start_at"), "2025-01-25 09:00:00");
  EXPECT_TRUE(made.at("real_start_at").is_null());
  EXPECT_TRUE(made.at("finished_at").is_null());
  EXPECT_EQ(made.at("created_at"), "2025-01-20 08:00:00");
  EXPECT_EQ(made.at("statistics"), (Json{{"delivered", 0}, {"sent", 0}}));
  EXPECT_EQ(made.at("calculated_price").dump(), "0.0527088");
  EXPECT_EQ(made.at("currency"), "USD");

  auto const id = made.at("id").dump();
  auto const read = account.get("/api/campaigns/" + id).at("data");
  EXPECT_EQ(read.at("status"), "scheduled");
  EXPECT_EQ(read.at("calculated_price"), 0) << "only the answer to the create has the estimate";
  EXPECT_TRUE(read.at("currency").is_null());
  EXPECT_EQ(read.at("name"), made.at("name"));

  account.now = std::chrono::sys_days{2025y / 1 / 25} + 9h - 1s;
  EXPECT_TRUE(account.reached().empty());
  account.now += 1s;
  EXPECT_EQ(account.status(id), "sending");
  account.now += 10min;
  EXPECT_EQ(account.status(id), "done");
  auto const reached = account.simulator->reached();
  ASSERT_EQ(reached.size(), 1U);
  EXPECT_EQ(reached[0].number, "+12345678900");
  EXPECT_EQ(reached[0].text, "string");
  EXPECT_EQ(reached[0].campaign, id);
  EXPECT_EQ(reached[0].at, std::chrono::sys_days{2025y / 1 / 25} + 9h + 10min);
  EXPECT_EQ(account.simulator->requests().at(static_cast<std::size_t>(reached[0].request) - 1),
            "POST /api/campaigns/sms/send");
}

TEST(BsgWriting, SendsTextsOfRecipientsOwn) {
  BsgSender account;
  account.now = std::chrono::sys_days{2025y / 1 / 20};
  auto body = json_sample("bsg/sms_send_individual.request.json");
  body["messages"].push_back({{"phone", 41780000001}, {"text", std::string(161, 'a')}, {"sender", "ACME"}});
  // Misspelt keys of the documents are no keys.
  body.erase("start_at");
  body["start_code"] = "2025-01-25 09:00:00";
  body["messages"][1]["referenced_id"] = "Test98765";
  auto const made = account.post("sms/send-individual", body).at("data");
  EXPECT_EQ(made.at("start_at"), "2025-01-20 00:00:00") << "at once";
  EXPECT_EQ(made.at("calculated_price").dump(), "0.1581264") << "three parts";
  account.now += 1h;
  auto const reached = account.simulator->reached();
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_EQ(reached[0].text, "Hello! How are you?");
  EXPECT_EQ(reached[1].text, std::string(161, 'a'));
}

TEST(BsgWriting, SendsToContactListsEachNumberOnce) {
  BsgSender account;
  auto const lists = account.simulator->lists();
  auto const group = [&](std::size_t i) { return Json::parse(lists.at(i).id); };
  Json const body{{"groups", {group(0), group(1)}}, {"sender", "ACME"}, {"text", "Hello"}};
  auto const id = account.post("sms/send-groups", body).at("data").at("id").dump();
  account.now += 1h;
  auto const reached = account.reached();
  EXPECT_EQ(reached.size(), lists[0].members.size() + lists[1].members.size());
  EXPECT_EQ(std::set<std::string>(reached.begin(), reached.end()).size(), reached.size());
  EXPECT_EQ(reached.front(), lists[0].members.front().number);
  EXPECT_EQ(account.get("/api/campaigns/" + id + "/detail").at("data").at("total_phones"), reached.size());

  auto unknown = body;
  unknown["groups"] = {7};
  EXPECT_EQ(account.post("sms/send-groups", unknown, 422),
            (Json{{"message", "Contact group is not found"}, {"errors", Json::array()}}));
}

struct Refused {
  char const* what;
  char const* path;
  std::function<void(Json&)> change;
  char const* field;
  char const* text;
};

Json body_for(std::string_view path) {
  if (path == "sms/send-individual")
    return {{"messages", {{{"phone", 41780000000}, {"text", "Hello"}, {"sender", "ACME"}}}}};
  if (path == "price")
    return {{"messages", {{{"phone", 41780000000}}}}, {"text", "Hello"}, {"sender", "ACME"}};
  if (path == "sms/send-groups") {
    BsgAccount const other;
    return {{"groups", {Json::parse(other.simulator->lists()[0].id)}}, {"text", "Hello"}, {"sender", "ACME"}};
  }
  return BsgSender::body_to(1);
}

constexpr auto blank = "This value should not be blank.";
constexpr auto integer = "This value should be of type integer.";
constexpr auto long_15 = "This value is too long. It should have 15 characters or less.";
constexpr auto unique = "This collection should contain only unique elements.";

Refused const refusals[] = {
    {"no phones", "sms/send", [](Json& b) { b.erase("phones"); }, "phones", blank},
    {"empty phones", "sms/send", [](Json& b) { b["phones"] = Json::array(); }, "phones", blank},
    {"10001 phones", "sms/send", [](Json& b) { b["phones"] = BsgSender::body_to(10'001)["phones"]; },
     "phones", "This collection should contain 10000 elements or less."},
    {"a number as text", "sms/send", [](Json& b) { b["phones"][0]["number"] = "41780000000"; },
     "phones0number", integer},
    {"a number with a point", "sms/send", [](Json& b) { b["phones"][0]["number"] = 4.5; }, "phones0number",
     integer},
    {"a negative number", "sms/send", [](Json& b) { b["phones"][0]["number"] = -41780000000; },
     "phones0number", integer},
    {"8 digits", "sms/send", [](Json& b) { b["phones"][0]["number"] = 99999999; }, "phones0number",
     "This value is too short. It should have 9 characters or more."},
    {"16 digits", "sms/send", [](Json& b) { b["phones"][0]["number"] = 1000000000000000; }, "phones0number",
     long_15},
    {"the same number twice", "sms/send", [](Json& b) { b["phones"].push_back(b["phones"][0]); }, "phones",
     unique},
    {"a reference with a dash", "sms/send", [](Json& b) { b["phones"][0]["reference_id"] = "a-1"; },
     "phones0reference_id", "This value is not valid."},
    {"a reference of 33 characters", "sms/send",
     [](Json& b) { b["phones"][0]["reference_id"] = std::string(33, 'a'); }, "phones0reference_id",
     "This value is too long. It should have 32 characters or less."},
    {"no sender", "sms/send", [](Json& b) { b.erase("sender"); }, "sender", blank},
    {"a sender of 12 letters", "sms/send", [](Json& b) { b["sender"] = "ABCDEFGHIJKL"; }, "sender",
     "This value is too long. It should have 11 characters or less."},
    {"a sender of 16 digits", "sms/send", [](Json& b) { b["sender"] = "1234567890123456"; }, "sender",
     long_15},
    {"a sender that is not Latin", "sms/send", [](Json& b) { b["sender"] = "Žlutý"; }, "sender",
     "This value is not valid."},
    {"no text", "sms/send", [](Json& b) { b.erase("text"); }, "text", blank},
    {"766 characters", "sms/send", [](Json& b) { b["text"] = std::string(766, 'a'); }, "text",
     "This value is too long. It should have 765 characters or less."},
    {"a tariff as text", "sms/send", [](Json& b) { b["tariff_code"] = "1"; }, "tariff_code", integer},
    {"73 hours", "sms/send", [](Json& b) { b["validity"] = 73; }, "validity",
     "This value should be between 1 and 72."},
    {"transliterate as a number", "sms/send", [](Json& b) { b["transliterate"] = 1; }, "transliterate",
     "This value should be of type bool."},
    {"a callback of 101 characters", "sms/send", [](Json& b) { b["callback_url"] = std::string(101, 'a'); },
     "callback_url", "This value is too long. It should have 100 characters or less."},
    {"a start that is no time", "sms/send", [](Json& b) { b["start_at"] = "tomorrow"; }, "start_at",
     "This value is not a valid datetime."},
    {"a start now", "sms/send", [](Json& b) { b["start_at"] = utc(start); }, "start_at",
     "This value should be in the future."},
    {"a start in 31 days", "sms/send", [](Json& b) { b["start_at"] = "2024-07-01 00:00:00"; }, "start_at",
     "This value is too far in the future."},
    {"no groups", "sms/send-groups", [](Json& b) { b["groups"] = Json::array(); }, "groups", blank},
    {"a group as text", "sms/send-groups", [](Json& b) { b["groups"] = {"5"}; }, "groups0", integer},
    {"a group twice", "sms/send-groups", [](Json& b) { b["groups"].push_back(b["groups"][0]); }, "groups",
     unique},
    {"groups without a text", "sms/send-groups", [](Json& b) { b["text"] = ""; }, "text", blank},
    {"no messages", "sms/send-individual", [](Json& b) { b.erase("messages"); }, "messages", blank},
    {"a message without a text", "sms/send-individual", [](Json& b) { b["messages"][0].erase("text"); },
     "messages0text", blank},
    {"a message without a sender", "sms/send-individual", [](Json& b) { b["messages"][0].erase("sender"); },
     "messages0sender", blank},
    {"phones' key in a message", "sms/send-individual",
     [](Json& b) {
       b["messages"][0] = {{"number", 41780000000}, {"text", "a"}, {"sender", "ACME"}};
     },
     "messages0phone", integer},
    {"a price of a long number", "price", [](Json& b) { b["messages"][0]["phone"] = 1000000000000000; },
     "messages0phone", long_15},
    {"a price without a sender", "price", [](Json& b) { b.erase("sender"); }, "sender", blank},
    {"a price without a text", "price", [](Json& b) { b.erase("text"); }, "text", blank},
    {"a price of phones", "price", [](Json& b) { b["phones"] = b["messages"], b.erase("messages"); },
     "messages", blank},
};

TEST(BsgWriting, RefusesWithFlattenedPaths) {
  BsgSender account;
  auto const before = account.simulator->campaigns().size();
  for (auto const& [what, path, change, field, text] : refusals) {
    SCOPED_TRACE(what);
    auto body = body_for(path);
    change(body);
    Json expected{{"message", "The given data was invalid."}};
    expected["errors"][field] = Json::array({text});
    EXPECT_EQ(account.post(path, body, 422), expected);
  }
  for (auto const* const path : {"sms/send", "sms/send-groups", "sms/send-individual", "price"})
    for (auto const* const body : {"", "[]", "{"})
      EXPECT_EQ(account.ask("POST", std::string{"/api/campaigns/"} + path, body).status, 422) << path << body;
  for (auto const* const path : {"sms/send", "sms/send-groups", "sms/send-individual", "price"})
    EXPECT_EQ(account.simulator
                  ->handle({.method = "POST",
                            .url = std::string{"/api/campaigns/"} + path,
                            .headers = {{"Authorization", "Bearer " + account.token},
                                        {"Content-Type", "application/x-www-form-urlencoded"}},
                            .body = body_for(path).dump()})
                  .status,
              422)
        << path << " with a body that is not declared as JSON";
  EXPECT_EQ(account.simulator->campaigns().size(), before);
  // The same bodies, unchanged, are accepted.
  for (auto const* const path : {"sms/send", "sms/send-groups", "sms/send-individual", "price"})
    account.post(path, body_for(path));
  EXPECT_EQ(account.simulator->campaigns().size(), before + 3);
}

TEST(BsgWriting, NamesEverythingThatIsWrongAtOnce) {
  BsgSender account;
  auto const answer = account.post(
      "sms/send",
      {{"phones", {{{"number", 1}}, {{"number", 41780000000}}, {{"number", "x"}}}}, {"validity", 0}}, 422);
  EXPECT_EQ(keys_in(answer.at("errors")),
            (std::vector<std::string>{"phones0number", "phones2number", "sender", "text", "validity"}));
}

TEST(BsgWriting, IsSilentAboutUnknownKeysAndAcceptsTheLimits) {
  BsgSender account;
  auto body = BsgSender::body_to(10'000);
  body["colour"] = "red";
  body["phones"][0] = {{"number", 999999999999999}, {"reference_id", std::string(32, 'z')}, {"x", 1}};
  body["phones"][1] = {{"number", 100000000}, {"reference_id", ""}};
  body["sender"] = "123456789012345";
  body["text"] = std::string(765, 'a');
  body["validity"] = 72;
  body["tariff_code"] = 9;
  body["transliterate"] = true;
  body["callback_url"] = std::string(100, 'a');
  body["start_at"] = "2024-06-30 23:59:59";  // the last second of the 30th day
  auto const made = account.post("sms/send", body).at("data");
  EXPECT_EQ(made.at("start_at"), "2024-06-30 23:59:59");
  EXPECT_EQ(made.at("calculated_price").dump(), "2635.44") << "five parts to each";
  body["start_at"] = nullptr;
  body["tariff_code"] = 10;
  EXPECT_EQ(account.post("sms/send", body, 422),
            (Json{{"message", "Tariff was not found"}, {"errors", Json::array()}}));
}

TEST(BsgWriting, CountsUnitsOfOtherAlphabets) {
  for (auto const& [limit, most] : {std::tuple{"355", 355}, std::tuple{"335", 335}}) {
    BsgSender account{{{"ucs2_limit", limit}}};
    auto body = BsgSender::body_to(1);
    std::string text;
    for (int i = 0; i < most; ++i) text += "Ж";
    body["text"] = text;
    account.post("sms/send", body);
    body["text"] = text.substr(4) + "🌷";  // two units for two letters
    account.post("sms/send", body);
    body["text"] = text + "a";
    account.post("sms/send", body, 422);
  }
  BsgSender account;
  auto body = BsgSender::body_to(1);
  body["text"] = std::string(383, '[');  // two septets each
  account.post("sms/send", body, 422);
  body["text"] = std::string(382, '[');
  account.post("sms/send", body);
}

TEST(BsgWriting, TakesTheStartByTheAccountsClock) {
  for (auto const* const applies : {"start_at", "all"}) {
    BsgSender account{{{"zone_offset", "3"}, {"zone_applies", applies}}};
    auto const made = account.post("sms/send", BsgSender::body_to(1)).at("data");
    EXPECT_EQ(made.at("start_at"), "2024-05-31 13:00:00");
    EXPECT_EQ(made.at("created_at"),
              std::string_view{applies} == "all" ? "2024-05-31 13:00:00" : "2024-05-31 10:00:00");
    auto const id = account.create(1, {{"start_at", "2024-05-31 14:00:00"}});
    EXPECT_EQ(account.campaign(id).scheduled, start + 1h);
    auto past = BsgSender::body_to(1);
    past["start_at"] = "2024-05-31 12:00:00";
    account.post("sms/send", past, 422);
  }
}

TEST(BsgWriting, RefusesEqualRequestsWithinAMoment) {
  BsgAccount account;  // the default: five seconds
  auto const body = BsgSender::body_to(2);
  auto const post = [&](std::string const& path, std::string const& text) {
    return account.ask("POST", "/api/campaigns/" + path, text).status;
  };
  EXPECT_EQ(post("sms/send", body.dump()), 200);
  auto const again = account.ask("POST", "/api/campaigns/sms/send", body.dump());
  EXPECT_EQ(again.status, 429);
  EXPECT_EQ(again.body, R"({"message":"Too many duplicate request detected"})");
  EXPECT_EQ(again.header("Retry-After"), nullptr);
  EXPECT_EQ(post("sms/send", body.dump(1)), 200) << "not byte-identical";
  auto const priced = body_for("price").dump();
  EXPECT_EQ(post("price", priced), 200);
  EXPECT_EQ(post("price", priced), 429);
  account.now += 4s;
  EXPECT_EQ(post("sms/send", body.dump()), 429);
  account.now += 1s;
  EXPECT_EQ(post("sms/send", body.dump()), 200);
  ASSERT_TRUE(account.simulator->set_switch("duplicate_window", "60"));
  account.now += 59s;
  EXPECT_EQ(post("sms/send", body.dump()), 429);
  ASSERT_TRUE(account.simulator->set_switch("duplicate_window", "0"));
  EXPECT_EQ(post("sms/send", body.dump()), 200);
  EXPECT_EQ(post("sms/send", body.dump()), 200);
}

TEST(BsgWriting, PricesWithoutSending) {
  BsgSender account;
  auto const before = account.simulator->campaigns().size();
  auto body = body_for("price");
  EXPECT_EQ(account.post("price", body), (Json{{"price", 0.0527088}, {"currency", "USD"}}));
  body["text"] = std::string(161, 'a');
  body["messages"].push_back({{"phone", 41780000001}});
  EXPECT_EQ(account.post("price", body).at("price").dump(), "0.2108352");
  auto groups = body_for("sms/send-groups");
  EXPECT_EQ(account.post("price", groups).at("price").dump(), "0.1581264") << "three contacts";
  groups["groups"] = {5};
  EXPECT_EQ(account.post("price", groups, 422).at("message"), "Contact group is not found");
  body["tariff_code"] = 77;
  EXPECT_EQ(account.post("price", body, 422),
            (Json{{"message", "Tariff was not found"}, {"errors", Json::array()}}));

  body = body_for("price");
  ASSERT_TRUE(account.simulator->set_switch("price_answer", "null"));
  EXPECT_EQ(account.post("price", body), (Json{{"price", nullptr}, {"currency", nullptr}}));
  ASSERT_TRUE(account.simulator->set_switch("price_answer", "wrapped"));
  EXPECT_EQ(account.post("price", body).at("data").at("price").dump(), "0.0527088");
  ASSERT_TRUE(account.simulator->set_switch("price_answer", "number"));
  EXPECT_EQ(account.post("price", body).at("price").dump(), "0.0527088");
  account.now += 24h;
  EXPECT_EQ(account.simulator->campaigns().size(), before);
  EXPECT_TRUE(account.reached().empty());
}

}  // namespace
}  // namespace polycampaign::test
