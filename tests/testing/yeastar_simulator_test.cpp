#include "polycampaign/testing/http_message.hpp"

#include "testing/other_program.hpp"
#include "testing/pbx.hpp"

#include <set>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::percent_encode;

TEST(YeastarLogIn, GivesTokensLikeThePagesSample) {
  Pbx const pbx;
  auto const answer = pbx.log_in();
  EXPECT_EQ(answer.at("errcode"), 0);
  EXPECT_EQ(answer.at("errmsg"), "SUCCESS");
  EXPECT_EQ(answer.at("access_token_expire_time"), 1800);
  EXPECT_EQ(answer.at("refresh_token_expire_time"), 86400);
  EXPECT_EQ(answer.at("access_token").get<std::string>().size(), 32U);
  EXPECT_EQ(answer.at("refresh_token").get<std::string>().size(), 32U);
  EXPECT_NE(answer.at("access_token"), answer.at("refresh_token"));
}

TEST(YeastarLogIn, SaysWhatIsWrongWithTheBody) {
  Pbx const pbx;
  struct Case {
    char const* path;
    char const* body;
    int errcode;
    char const* parameters;
  };
  Case const cases[] = {
      {"get_token", "", 40001, "null"},
      {"get_token", "username=a&password=b", 40001, "null"},
      {"get_token", "[]", 40001, "null"},
      {"get_token", R"({"password":"x"})", 40002, R"([{"field":"username","validation_type":"required"}])"},
      {"get_token", R"({"username":"x"})", 40002, R"([{"field":"password","validation_type":"required"}])"},
      {"get_token", R"({"username":1,"password":"x"})", 40002,
       R"([{"field":"username","validation_type":"string"}])"},
      {"get_token", R"({"username":"x","password":"y"})", -1,
       R"([{"field":"username or password","value":"error"}])"},
      {"refresh_token", "{", 40001, "null"},
      {"refresh_token", "{}", 40002, R"([{"field":"refresh_token","validation_type":"required"}])"},
      {"refresh_token", R"({"refresh_token":5})", 40002,
       R"([{"field":"refresh_token","validation_type":"string"}])"},
      {"refresh_token", R"({"refresh_token":"x"})", 10004, "null"},
  };
  for (auto const& [path, body, errcode, parameters] : cases) {
    auto const answer = pbx.json(pbx.send("POST", path, body));
    EXPECT_EQ(answer.at("errcode"), errcode) << path << body;
    EXPECT_FALSE(answer.at("errmsg").get<std::string>().empty());
    EXPECT_EQ(answer.value("invalid_param_list", Json{}).dump(), parameters) << path << body;
  }
}

TEST(YeastarLogIn, BlocksTheAddressAfterFiveFailures) {
  Pbx const pbx;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(pbx.log_in("wrong").at("errcode"), -1);
  EXPECT_EQ(pbx.log_in().at("errcode"), 0) << "a success begins anew";
  for (int i = 0; i < 5; ++i) EXPECT_EQ(pbx.log_in("wrong").at("errcode"), -1);
  auto const blocked = pbx.log_in();
  EXPECT_EQ(blocked.at("errcode"), 70004);
  EXPECT_EQ(blocked.at("errmsg"), "ACCOUNT IP BLOCKED");
}

TEST(YeastarLogIn, RefusesAnAddressThatIsNotOnTheList) {
  for (auto const& [value, errcode] : {std::pair{"forbidden", 70087}, {"blocked", 70004}})
    EXPECT_EQ((Pbx{1, {{"ip", value}}}.log_in().at("errcode")), errcode);
}

TEST(YeastarTokens, LiveForTheirTime) {
  Pbx pbx;
  EXPECT_EQ(pbx.list().at("errcode"), 0);
  pbx.now = start + 1799s;
  EXPECT_EQ(pbx.list().at("errcode"), 0);
  pbx.now = start + 1800s;
  auto const late = pbx.list();
  EXPECT_EQ(late.at("errcode"), 10004);
  EXPECT_EQ(late.at("errmsg"), "TOKEN EXPIRED");
}

TEST(YeastarTokens, AreRefusedWhenUnknownOrMissing) {
  Pbx const pbx;
  for (auto const* path : {"list", "search", "get", "query"}) {
    auto const url = std::string{"message_campaign/"} + path;
    EXPECT_EQ(pbx.get(url, "").at("errcode"), 10004);
    EXPECT_EQ(pbx.get(url, "other").at("errcode"), 10004);
    EXPECT_EQ(pbx.json(pbx.send("GET", url)).at("errcode"), 10004);
  }
}

TEST(YeastarTokens, RotateWhenRefreshed) {
  Pbx pbx;
  auto const first = pbx.log_in();
  pbx.now += 1700s;
  auto const second = pbx.post("refresh_token", {{"refresh_token", first.at("refresh_token")}});
  ASSERT_EQ(second.at("errcode"), 0);
  EXPECT_NE(second.at("access_token"), first.at("access_token"));
  EXPECT_NE(second.at("refresh_token"), first.at("refresh_token"));
  EXPECT_EQ(pbx.post("refresh_token", {{"refresh_token", first.at("refresh_token")}}).at("errcode"), 10004);
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000001", first.at("access_token")).at("errcode"),
            10004);
  pbx.now += 1700s;
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000001", second.at("access_token")).at("errcode"), 0);
  // the access token has expired, the refresh token not
  pbx.now += 80'000s;
  auto const third = pbx.post("refresh_token", {{"refresh_token", second.at("refresh_token")}});
  ASSERT_EQ(third.at("errcode"), 0);
  pbx.now += 86'400s;
  EXPECT_EQ(pbx.post("refresh_token", {{"refresh_token", third.at("refresh_token")}}).at("errcode"), 10004);
}

TEST(YeastarTokens, AreEightAtMost) {
  Pbx pbx;
  std::vector<std::string> tokens;
  for (int i = 0; i < 8; ++i) tokens.push_back(pbx.log_in().at("access_token"));
  EXPECT_EQ(std::set<std::string>(tokens.begin(), tokens.end()).size(), 8U);
  EXPECT_EQ(pbx.log_in().at("errcode"), 60002);
  EXPECT_EQ(pbx.get("del_token", tokens[3]).at("errcode"), 0);
  EXPECT_EQ(pbx.get("del_token", tokens[3]).at("errcode"), 10004);
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000001", tokens[3]).at("errcode"), 10004);
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000001", tokens[4]).at("errcode"), 0);
  EXPECT_EQ(pbx.log_in().at("errcode"), 0);
  EXPECT_EQ(pbx.log_in().at("errcode"), 60002);
  pbx.now += 1800s;
  EXPECT_EQ(pbx.log_in().at("errcode"), 0);
}

TEST(YeastarTokens, AllExpireOnRequest) {
  Pbx pbx;
  auto const session = pbx.log_in();
  pbx.simulator->expire_tokens();
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000001", session.at("access_token")).at("errcode"),
            10004);
  EXPECT_EQ(pbx.post("refresh_token", {{"refresh_token", session.at("refresh_token")}}).at("errcode"), 10004);
  EXPECT_EQ(pbx.log_in().at("errcode"), 0);
}

TEST(YeastarTokens, HaveTheLifetimesThatTheSwitchesSay) {
  Pbx pbx{1, {{"token_lifetime", "60"}, {"refresh_lifetime", "90"}}};
  auto const session = pbx.log_in();
  EXPECT_EQ(session.at("access_token_expire_time"), 60);
  EXPECT_EQ(session.at("refresh_token_expire_time"), 90);
  pbx.now += 60s;
  EXPECT_EQ(pbx.get("del_token", session.at("access_token")).at("errcode"), 10004);
  EXPECT_EQ(pbx.post("refresh_token", {{"refresh_token", session.at("refresh_token")}}).at("errcode"), 0);
}

TEST(YeastarRequests, NeedAUserAgent) {
  Pbx const pbx;
  auto const body = R"({"username":"x","password":"y"})";
  EXPECT_EQ(pbx.json(pbx.send("POST", "get_token", body, "")).at("errcode"), 10005);
  auto const bare = pbx.simulator->handle({.method = "POST", .url = "/openapi/v1.0/get_token", .body = body});
  EXPECT_EQ(pbx.json(bare).at("errcode"), 10005);
  ASSERT_TRUE(pbx.simulator->set_switch("user_agent", "silent"));
  EXPECT_EQ(pbx.send("POST", "get_token", body, "").body, "");
  ASSERT_TRUE(pbx.simulator->set_switch("user_agent", "ignore"));
  EXPECT_EQ(pbx.json(pbx.send("POST", "get_token", body, "")).at("errcode"), -1);
}

TEST(YeastarRequests, AreAnsweredOnTheirPathsAndMethodsOnly) {
  Pbx const pbx;
  struct Case {
    char const* method;
    char const* path;
    int errcode;
  };
  Case const cases[] = {
      {"GET", "/", 10001},
      {"GET", "/openapi", 10001},
      {"GET", "/openapi/v1.0", 10001},
      {"GET", "/openapi/v1.0/extension/list", 10001},
      {"GET", "/openapi/v1.0/message_campaign", 10001},
      {"GET", "/openapi/v1.0/message_campaign/lists", 10001},
      {"GET", "/openapi/v1.0/message_campaign/list/1", 10001},
      {"GET", "/openapi/v2.0/message_campaign/list", 10003},
      {"POST", "/openapi/v1.0/message_campaign/list", 10001},
      {"GET", "/openapi/v1.0/get_token", 10001},
      {"POST", "/openapi/v1.0/del_token", 10001},
      {"GET", "/openapi/v1.0/message_campaign/list", 10004},
  };
  for (auto const& [method, path, errcode] : cases) {
    auto const response =
        pbx.simulator->handle({.method = method, .url = path, .headers = {{"User-Agent", "OpenAPI"}}});
    EXPECT_EQ(pbx.json(response).at("errcode"), errcode) << method << ' ' << path;
  }
}

TEST(YeastarRequests, MayBeRefusedWithTheStatusThatMatches) {
  Pbx const pbx{1, {{"error_http", "matching"}}};
  auto const status = [&](std::string const& path, std::string const& method = "GET",
                          std::string const& body = {}) { return pbx.send(method, path, body).status; };
  auto const token = "access_token=" + pbx.log_in().at("access_token").get<std::string>();
  EXPECT_EQ(status("message_campaign/list"), 401);
  EXPECT_EQ(status("nothing"), 404);
  EXPECT_EQ(status("message_campaign/list?" + token), 400);
  EXPECT_EQ(status("message_campaign/get?id=77&" + token), 404);
  EXPECT_EQ(status("message_campaign/get?id=10000000000000001&" + token), 200);
  EXPECT_EQ(status("get_token", "POST", R"({"username":"x","password":"y"})"), 401);
}

TEST(YeastarParameters, AreChecked) {
  Pbx pbx;
  struct Case {
    char const* path;
    int errcode;
    char const* field;
    char const* validation;
  };
  Case const cases[] = {
      {"list", 40002, "page", "required"},
      {"list?page_size=10", 40002, "page", "required"},
      {"list?page=&page_size=10", 40002, "page", "required"},
      {"list?page=1", 40002, "page_size", "required"},
      {"list?page=one&page_size=10", 40002, "page", "integer"},
      {"list?page=1&page_size=1.5", 40002, "page_size", "integer"},
      {"list?page=0&page_size=10", 40002, "page", "min"},
      {"list?page=-1&page_size=10", 40002, "page", "min"},
      {"list?page=1&page_size=0", 40002, "page_size", "min"},
      {"search?page=1", 40002, "page_size", "required"},
      {"get", 40002, "id", "required"},
      {"get?id=", 40002, "id", "required"},
      {"get?id=five", 40002, "id", "integer"},
      {"query", 40002, "ids", "required"},
      {"query?ids=1,x", 40002, "ids", "integer"},
      {"query?ids=1,", 40002, "ids", "integer"},
      {"get?id=4711", 60001, nullptr, nullptr},
      {"get?id=-1", 60001, nullptr, nullptr},
      {"query?ids=4711,4712", 60001, nullptr, nullptr},
  };
  for (auto const& [path, errcode, field, validation] : cases) {
    auto const answer = pbx.get(std::string{"message_campaign/"} + path);
    EXPECT_EQ(answer.at("errcode"), errcode) << path;
    if (field) {
      ASSERT_TRUE(answer.contains("invalid_param_list")) << path;
      EXPECT_EQ(answer["invalid_param_list"].at(0).at("field"), field) << path;
      EXPECT_EQ(answer["invalid_param_list"].at(0).at("validation_type"), validation) << path;
    }
  }
}

TEST(YeastarList, GivesThePagesFieldsInTheirOrder) {
  Pbx pbx;
  auto const answer = pbx.list();
  EXPECT_EQ(answer.at("total_number"), 40);
  ASSERT_EQ(answer.at("list").size(), 40U);
  std::vector<std::string> keys;
  for (auto const& [key, value] : answer["list"][0].items()) keys.push_back(key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{"id", "name", "status", "channel_type", "channel_name", "sender",
                                      "recipient_type", "recipient_name", "recipient_num_type", "send_type",
                                      "send_time", "send_mode", "result_count", "response_rate"}));
}

TEST(YeastarList, TellsTheTruth) {
  Pbx pbx;
  auto const items = pbx.list().at("list");
  std::map<StatusCode, std::string> const words{
      {StatusCode::draft, "draft"},       {StatusCode::scheduled, "scheduled"},
      {StatusCode::queued, "pending"},    {StatusCode::sending, "executing"},
      {StatusCode::retrying, "retrying"}, {StatusCode::completed, "completed"},
      {StatusCode::interrupted, "stop"}};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto const& item = items[i];
    auto const& c = pbx.truth[i];
    SCOPED_TRACE(item.dump());
    EXPECT_EQ(item["id"], c.number);
    EXPECT_EQ(item["name"], c.name);
    EXPECT_EQ(item["status"], words.at(c.status));
    seen.insert(item["status"]);
    EXPECT_EQ(item["channel_type"], c.channel == Channel::whatsapp ? "whatsapp" : "sms");
    EXPECT_EQ(item["sender"], c.sender);
    EXPECT_EQ(item["sender"].get<std::string>().front(), '+');
    EXPECT_EQ(item["recipient_type"], c.lists.empty() ? "input" : "phonebook");
    EXPECT_EQ(item["recipient_name"], c.lists.empty() ? "" : c.lists[0].name);
    EXPECT_EQ(item["send_type"], c.status == StatusCode::draft ? "draft"
                                 : c.immediate                 ? "immediately"
                                                               : "schedule");
    EXPECT_EQ(item["send_time"], c.scheduled ? c.scheduled->time_since_epoch().count() : 0);
    EXPECT_EQ(item["result_count"],
              std::to_string(c.counters.failed) + '/' + std::to_string(c.counters.messages));
    EXPECT_EQ(item["response_rate"].get<std::string>().back(), '%');
  }
  EXPECT_EQ(seen.size(), words.size());
}

TEST(YeastarList, IsCutIntoPages) {
  Pbx pbx{45};
  std::string all;
  for (auto const& [page, rows] : {std::pair{1, 20U}, {2, 20U}, {3, 5U}, {4, 0U}, {1000000, 0U}}) {
    auto const answer = pbx.list("page=" + std::to_string(page) + "&page_size=20");
    EXPECT_EQ(answer.at("total_number"), 45);
    EXPECT_EQ(answer.at("list").size(), rows) << page;
    if (rows > 0) all += (all.empty() ? "" : ",") + ids_of(answer["list"]);
  }
  EXPECT_EQ(all, ids_of(pbx.list().at("list")));
  EXPECT_EQ(pbx.list("page=9223372036854775807&page_size=9223372036854775807").at("list").size(), 0U);
}

TEST(YeastarSearch, FindsPartsOfNamesInAnyCase) {
  Pbx pbx{200};
  for (std::string const keyword : {"SALE", "é", "🎉", "\"Quoted\"", "a=b&c=d", "#17", "no such name", ""}) {
    auto const answer =
        pbx.get("message_campaign/search?page=1&page_size=1000&search_value=" + percent_encode(keyword));
    std::size_t expected = 0;
    for (auto const& c : pbx.truth) expected += polycampaign::testing::contains_text(c.name, keyword);
    EXPECT_EQ(answer.at("total_number"), expected) << keyword;
    EXPECT_EQ(answer.at("list").size(), expected) << keyword;
    EXPECT_EQ(expected == 0, keyword == "no such name") << keyword;
  }
  EXPECT_EQ(pbx.get("message_campaign/search?page=1&page_size=10").at("total_number"), 200);
  EXPECT_EQ(pbx.list("page=1&page_size=10&search_value=xyz").at("total_number"), 200)
      << "list does not search";
}

TEST(YeastarDetail, HasNoStatusAndTellsTheTextAndTheNumbers) {
  Pbx pbx;
  auto const& typed = pbx.first([](auto const& c) { return c.lists.empty() && c.channel == Channel::sms; });
  auto const answer = pbx.get("message_campaign/get?id=" + typed.id);
  auto const& detail = answer.at("data");
  ASSERT_TRUE(detail.is_object());
  EXPECT_EQ(detail.at("id"), typed.number);
  EXPECT_EQ(detail.at("name"), typed.name);
  EXPECT_EQ(detail.at("content_type"), "text");
  EXPECT_EQ(detail.at("content"), typed.text);
  for (auto const* key :
       {"status", "result_count", "response_rate", "channel_name", "recipient_name", "msg_param"})
    EXPECT_FALSE(detail.contains(key)) << key;
  ASSERT_EQ(detail.at("number_list").size(), static_cast<std::size_t>(typed.counters.recipients));
  EXPECT_EQ(detail["number_list"][0].at("number"), polycampaign::testing::recipient_number(typed, 0));

  auto const& book = pbx.first([](auto const& c) { return !c.lists.empty(); });
  auto const other = pbx.get("message_campaign/get?id=" + book.id).at("data");
  EXPECT_EQ(other.at("recipient_type"), "phonebook");
  EXPECT_EQ(std::to_string(other.at("recipient_id").get<std::int64_t>()), book.lists[0].id);
  EXPECT_TRUE(other.at("number_list").empty());

  auto const& template_one = pbx.first([](auto const& c) { return c.channel == Channel::whatsapp; });
  auto const whatsapp = pbx.get("message_campaign/get?id=" + template_one.id).at("data");
  EXPECT_EQ(whatsapp.at("content_type"), "template");
  EXPECT_TRUE(Json::parse(whatsapp.at("msg_param").get<std::string>()).is_object());
}

TEST(YeastarDetail, OfSeveralIsAnArrayOfThoseThatExist) {
  Pbx pbx;
  auto const answer = pbx.get("message_campaign/query?ids=10000000000000005,4711,10000000000000002");
  EXPECT_EQ(ids_of(answer.at("list")), "10000000000000005,10000000000000002");
  EXPECT_EQ(answer["list"][1], pbx.get("message_campaign/get?id=10000000000000002").at("data"));
}

TEST(YeastarState, ShowsNewCampaignsFirstAndForgetsRemovedOnes) {
  Pbx pbx{3};
  auto const id = pbx.simulator->add_campaign();
  EXPECT_EQ(id, "10000000000000004");
  EXPECT_EQ(ids_of(pbx.list().at("list")),
            "10000000000000004,10000000000000003,10000000000000002,10000000000000001");
  EXPECT_EQ(pbx.list().at("list")[0].at("status"), "pending");
  ASSERT_TRUE(pbx.simulator->remove_campaign("10000000000000002"));
  EXPECT_EQ(ids_of(pbx.list().at("list")), "10000000000000004,10000000000000003,10000000000000001");
  EXPECT_EQ(pbx.get("message_campaign/get?id=10000000000000002").at("errcode"), 60001);
}

TEST(YeastarOverHttp, IsUnderstoodByCurlAndJq) {
  if (!has_program("curl") || !has_program("jq")) GTEST_SKIP() << "curl or jq is not installed";
  Pbx const pbx{25};
  ASSERT_TRUE(pbx.simulator->serve());
  auto const settings = pbx.simulator->settings();
  auto const base = pbx.simulator->base_url() + "/openapi/v1.0/";
  auto const body = R"({"username":")" + std::string{settings.find("client_id")->second.reveal()} +
                    R"(","password":")" + std::string{settings.find("client_secret")->second.reveal()} +
                    R"("})";
  auto const token = output_of("{ curl -sS -H 'Content-Type: application/json' --data-binary @- '" + base +
                                   "get_token' | jq -j .access_token; }",
                               body);
  ASSERT_EQ(token.size(), 32U) << token;
  auto const get = [&](std::string const& path) {
    return "curl -sS '" + base + path + "&access_token=" + token + "'";
  };
  EXPECT_EQ(output_of(get("message_campaign/list?page=2&page_size=10") +
                      " | jq -c '[.errcode,.total_number,(.list|length)]'"),
            "[0,25,10]\n");
  EXPECT_EQ(output_of(get("message_campaign/query?ids=10000000000000003,10000000000000001") +
                      " | jq -c '.list|length'"),
            "2\n");
  auto const name = output_of(get("message_campaign/get?id=10000000000000007") + " | jq -j .data.name");
  EXPECT_EQ(name, pbx.truth[18].name);
  EXPECT_EQ(output_of("curl -sS -A '' '" + base + "message_campaign/list?page=1' | jq .errcode"), "10005\n");
  EXPECT_EQ(output_of("curl -sS -D - -o /dev/null '" + base + "get_token' | grep -ci '^connection: close'"),
            "1\n");
}

}  // namespace
}  // namespace polycampaign::test
