#include "testing/bsg_account.hpp"
#include "testing/other_program.hpp"

#include <functional>
#include <numeric>
#include <set>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::SimulatedCampaign;

/// The claims of a JSON Web Token, with an alphabet that is decoded here on its own.
Json claims_of(std::string const& token) {
  auto const begin = token.find('.') + 1;
  auto const part = token.substr(begin, token.find('.', begin) - begin);
  std::string const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (char const c : part) {
    buffer = buffer << 6U | static_cast<unsigned>(alphabet.find(c));
    bits += 6;
    if (bits >= 8) bytes += static_cast<char>(buffer >> (bits -= 8) & 255U);
  }
  return Json::parse(bytes, nullptr, false);
}

void expect_401(HttpResponse const& response, char const* message) {
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(Json::parse(response.body, nullptr, false), (Json{{"code", 401}, {"message", message}}))
      << response.body;
}

TEST(BsgLogIn, GivesATokenWithTheClaimsOfTheVendors) {
  BsgAccount const account;
  auto const token = account.log_in();
  EXPECT_EQ(std::ranges::count(token, '.'), 2);
  EXPECT_EQ(token.find_first_of("+/="), std::string::npos);
  auto const claims = claims_of(token);
  EXPECT_EQ(claims.at("iat"), start.time_since_epoch().count());
  EXPECT_EQ(claims.at("exp").get<std::int64_t>() - claims.at("iat").get<std::int64_t>(), 2'592'000);
  EXPECT_TRUE(claims.at("roles").is_array() && claims.at("roles").empty());
  EXPECT_TRUE(claims.at("id").is_number_integer());
  EXPECT_NE(account.log_in(), token);
}

TEST(BsgLogIn, KnowsItsOwnKeyOnlyOrAnyOfTheRightForm) {
  BsgAccount const account;
  auto const log_in = [&](std::string const& body) {
    return account.send("POST", "/api/auth/login", "", body);
  };
  for (auto const* body : {"", "[]", "{}", R"({"api_key":5})", R"({"bearer":"x"})"})
    EXPECT_EQ(log_in(body).status, 422) << body;
  for (auto const* key : {"live_wrong", "test_1", "other", ""})
    expect_401(log_in(Json{{"api_key", key}}.dump()), "API Key not found");
  ASSERT_TRUE(account.simulator->set_switch("keys", "any"));
  EXPECT_EQ(log_in(R"({"api_key":"live_wrong"})").status, 200);
  EXPECT_EQ(log_in(R"({"api_key":"test_1"})").status, 200);
  expect_401(log_in(R"({"api_key":"other"})"), "API Key not found");
}

TEST(BsgTokens, AreTakenInBothSpellingsOfTheHeader) {
  BsgAccount const account;
  auto const token = account.log_in();
  for (auto const* scheme : {"Bearer ", "Bearer: ", "bearer "})
    EXPECT_EQ(account.send("GET", "/api/campaigns", scheme + token).status, 200) << scheme;
  expect_401(account.send("GET", "/api/campaigns", ""), "JWT Token not found");
  expect_401(account.send("GET", "/api/campaigns", token), "JWT Token not found");
  expect_401(account.send("GET", "/api/campaigns", "Basic " + token), "JWT Token not found");
  expect_401(account.send("GET", "/api/campaigns", "Bearer " + account.key), "Invalid JWT Token");
  expect_401(account.send("GET", "/api/campaigns", "Bearer " + token + "x"), "Invalid JWT Token");
  expect_401(account.send("GET", "/api/campaigns", "Bearer "), "Invalid JWT Token");
  expect_401(account.send("GET", "/api/campaigns/1/detail", "Bearer x"), "Invalid JWT Token");
}

TEST(BsgTokens, ExpireAndAreRefreshed) {
  BsgAccount account{1, {{"token_lifetime", "3600"}}};
  auto const first = account.log_in();
  auto const ask = [&](std::string const& token) {
    return account.send("GET", "/api/campaigns", "Bearer " + token);
  };
  auto const refresh = [&](std::string const& token) {
    return account.send("POST", "/api/auth/refresh", "Bearer " + token);
  };
  account.now += 3599s;
  EXPECT_EQ(ask(first).status, 200);
  auto const renewed = refresh(first);
  ASSERT_EQ(renewed.status, 200);
  auto const second = Json::parse(renewed.body).at("bearer").get<std::string>();
  EXPECT_EQ(ask(first).status, 200) << "stays good until its end";
  account.now += 1s;
  expect_401(ask(first), "Expired JWT Token");
  EXPECT_EQ(ask(second).status, 200);
  expect_401(refresh(first), "Expired JWT Token");
  expect_401(refresh("x"), "Invalid JWT Token");
  expect_401(account.send("POST", "/api/auth/refresh", ""), "JWT Token not found");

  ASSERT_TRUE(account.simulator->set_switch("refresh_expired", "accept"));
  EXPECT_EQ(refresh(first).status, 200);
  expect_401(refresh("x"), "Invalid JWT Token");
  ASSERT_TRUE(account.simulator->set_switch("refresh_old", "ends"));
  EXPECT_EQ(refresh(second).status, 200);
  expect_401(ask(second), "Expired JWT Token");
}

TEST(BsgTokens, AllExpireOnRequest) {
  BsgAccount const account;
  auto const token = account.log_in();
  account.simulator->expire_tokens();
  expect_401(account.send("GET", "/api/campaigns", "Bearer " + token), "Expired JWT Token");
  EXPECT_EQ(account.send("GET", "/api/campaigns", "Bearer " + account.log_in()).status, 200);
}

TEST(BsgRequests, AreAnsweredOnTheirPathsAndMethodsOnly) {
  BsgAccount account{3};
  auto const bearer = "Bearer " + account.log_in();
  struct Case {
    char const* method;
    char const* path;
    int status;
  };
  Case const cases[] = {
      {"GET", "/", 404},
      {"GET", "/api", 404},
      {"GET", "/rest/sms/create", 404},
      {"GET", "/api/campaign", 404},
      {"GET", "/api/auth/login", 405},
      {"POST", "/api/auth/logout", 404},
      {"POST", "/api/auth/login/x", 404},
      {"DELETE", "/api/campaigns", 405},
      {"GET", "/api/campaigns/x", 404},
      {"GET", "/api/campaigns/1", 404},
      {"GET", "/api/campaigns/1/detail", 404},
      {"GET", "/api/campaigns/10000000053000011/details", 404},
      {"GET", "/api/campaigns/10000000053000011/detail/x", 404},
      {"PUT", "/api/campaigns/10000000053000011", 405},
      {"GET", "/api/campaigns/10000000053000011", 200},
      {"GET", "/api/campaigns/10000000053000011/detail", 200},
  };
  for (auto const& [method, path, status] : cases)
    EXPECT_EQ(account.send(method, path, bearer).status, status) << method << ' ' << path;
  EXPECT_EQ(account.send("GET", "/api/campaigns/1", bearer).body, R"({"message":"Not Found"})");
  ASSERT_TRUE(account.simulator->set_switch("not_found", "code"));
  EXPECT_EQ(account.send("GET", "/api/campaigns/1", bearer).body, R"({"code":404,"message":"Not Found"})");
}

std::vector<std::string> keys_of(Json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(BsgRecords, TellTheTruthInBothForms) {
  BsgAccount account{120};
  std::set<std::string> words;
  for (auto const& c : account.truth) {
    SCOPED_TRACE(c.id);
    auto const brief = account.get("/api/campaigns/" + c.id).at("data");
    auto const detail = account.get("/api/campaigns/" + c.id + "/detail").at("data");
    auto const& n = c.counters;
    EXPECT_EQ(brief.at("id"), c.number);
    EXPECT_EQ(detail.at("id"), c.number);
    EXPECT_EQ(brief.at("name"), detail.at("name"));
    EXPECT_TRUE(brief["name"] == c.name || brief["name"].get<std::string>().ends_with(utc(c.created)));
    EXPECT_EQ(brief.at("sender"), c.sender);
    EXPECT_EQ(brief.at("status"), detail.at("status"));
    words.insert(brief["status"]);
    EXPECT_EQ(brief.at("message_type"), detail.at("type"));
    EXPECT_EQ(brief.at("created_at"), utc(c.created));
    EXPECT_EQ(detail.at("created_at"), utc(c.created));
    EXPECT_EQ(brief.at("start_at"), utc(c.scheduled.value_or(c.created)));
    EXPECT_EQ(detail.at("started_at"), brief["start_at"]);
    EXPECT_EQ(brief.at("real_start_at"), c.started ? Json(utc(*c.started)) : Json{});
    EXPECT_EQ(detail.at("actual_start_at"), brief["real_start_at"]);
    EXPECT_EQ(brief.at("finished_at"), c.finished ? Json(utc(*c.finished)) : Json{});
    EXPECT_EQ(brief.at("calculated_price"), 0);
    EXPECT_TRUE(brief.at("currency").is_null());
    EXPECT_EQ(detail.at("total_price"), c.cost);
    EXPECT_EQ(detail.at("currency"), "USD");
    EXPECT_EQ(detail.at("total_messages"), n.messages);
    EXPECT_EQ(detail.at("total_phones"), n.recipients);

    auto const& s = detail.at("statistics");
    std::int64_t sum = 0;
    for (auto const& [name, count] : s.items()) sum += count.get<std::int64_t>();
    EXPECT_EQ(sum, n.messages) << s.dump();
    EXPECT_EQ(s.at("delivered").get<std::int64_t>() + s.at("read").get<std::int64_t>(), n.delivered);
    EXPECT_EQ(s.at("scheduled").get<std::int64_t>() + s.at("moderation").get<std::int64_t>() +
                  s.at("sending").get<std::int64_t>(),
              n.pending);
    EXPECT_EQ(s.at("accepted").get<std::int64_t>() + s.at("sent").get<std::int64_t>(), n.in_flight);
    EXPECT_EQ(s.at("undelivered").get<std::int64_t>() + s.at("not_viber_user").get<std::int64_t>() +
                  s.at("not_rcs_user").get<std::int64_t>(),
              n.undelivered);
    EXPECT_EQ(s.at("unknown"), n.unreported);
    EXPECT_EQ(brief.at("statistics").at("delivered"), n.delivered);
    EXPECT_EQ(brief["statistics"].at("sent"),
              n.in_flight + n.delivered + n.undelivered + n.expired + n.unreported);
  }
  EXPECT_EQ(words, (std::set<std::string>{"creation", "moderation", "scheduled", "sending", "paused", "done",
                                          "stopped", "spam"}));
}

TEST(BsgRecords, HaveTheMembersOfTheirProfile) {
  BsgAccount account{20};
  auto const path = "/api/campaigns/" + account.truth[5].id;
  auto const detail = [&] { return account.get(path + "/detail").at("data"); };
  auto const row = [&] { return account.get("/api/campaigns").at("data").at(0); };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys_of(detail()),
            (Keys{"id", "name", "sender", "status", "type", "started_at", "actual_start_at", "created_at",
                  "finished_at", "statistics", "total_messages", "total_phones", "total_price", "currency",
                  "alternative_channels"}));
  EXPECT_EQ(keys_of(row()), (Keys{"id", "name", "sender", "status", "message_type", "start_at",
                                  "real_start_at", "finished_at", "created_at", "statistics",
                                  "calculated_price", "currency", "alternative_channels"}));

  ASSERT_TRUE(account.simulator->set_switch("profile", "web"));
  auto const web = detail();
  EXPECT_EQ(keys_of(web),
            (Keys{"id", "name", "sender", "status", "type", "start_at", "actual_start_at", "creation_at",
                  "finished_at", "statistics", "total_messages", "total_phones", "total_price", "currency"}));
  EXPECT_TRUE(web["id"].is_string());
  EXPECT_TRUE(web["type"] == "instant" || web["type"] == "scheduled");
  EXPECT_EQ(keys_of(web["statistics"].at(0)),
            (Keys{"delivered", "scheduled", "moderation", "accepted", "sending", "sent", "expired", "failed",
                  "undelivered", "unknown"}));
  EXPECT_NE(web["total_price"].get<std::string>().find(','), std::string::npos);
  EXPECT_EQ(keys_of(row()), (Keys{"id", "name", "sender", "status", "message_type", "start_at",
                                  "real_start_at", "finished_at", "created_at", "statistics"}));

  ASSERT_TRUE(account.simulator->set_switch("profile", "support"));
  auto const support = detail();
  EXPECT_EQ(keys_of(support),
            (Keys{"id", "name", "sender", "status", "message_type", "start_at", "real_start_at", "created_at",
                  "finished_at", "statistics", "total_messages", "total_phones", "total_price", "currency"}));
  EXPECT_TRUE(support["statistics"].is_array());
}

TEST(BsgRecords, AddUpInEveryProfile) {
  for (auto const* profile : {"web", "support"}) {
    BsgAccount account{60, {{"profile", profile}}};
    for (auto const& c : account.truth) {
      auto const detail = account.get("/api/campaigns/" + c.id + "/detail").at("data");
      std::int64_t sum = 0;
      for (auto const& [name, count] : detail.at("statistics").at(0).items())
        sum += count.get<std::int64_t>();
      EXPECT_EQ(sum, detail.at("total_messages")) << profile << ' ' << detail.dump();
    }
  }
}

TEST(BsgSwitches, ChangeWhatTheySay) {
  struct Case {
    char const* name;
    char const* value;
    char const* path;  ///< behind the campaign's own path
    std::function<void(Json const& record, SimulatedCampaign const&)> check;
  };
  auto const has = [](char const* key) {
    return [key](Json const& d, auto const&) { EXPECT_TRUE(d.contains(key)) << d.dump(); };
  };
  Case const cases[] = {
      {"start_key", "start_date", "/detail", has("start_date")},
      {"start_key", "start_at", "/detail", has("start_at")},
      {"real_start_key", "real_start_at", "/detail", has("real_start_at")},
      {"created_key", "creation_at", "/detail", has("creation_at")},
      {"kind_key", "mesage_type", "/detail", has("mesage_type")},
      {"kind_value", "instant", "/detail",
       [](Json const& d, auto const& c) { EXPECT_EQ(d["type"], c.immediate ? "instant" : "scheduled"); }},
      {"statistics", "array", "/detail",
       [](Json const& d, auto const&) {
         EXPECT_EQ(d["statistics"].size(), 1U);
         EXPECT_TRUE(d["statistics"].is_array());
       }},
      {"zero_counters", "absent", "/detail",
       [](Json const& d, auto const&) {
         EXPECT_FALSE(d["statistics"].contains("moderation"));
         EXPECT_TRUE(d["statistics"].contains("delivered"));
       }},
      {"price", "comma", "/detail",
       [](Json const& d, auto const& c) {
         auto text = c.cost;
         text[text.find('.')] = ',';
         EXPECT_EQ(d["total_price"], text);
       }},
      {"price", "number", "/detail",
       [](Json const& d, auto const&) { EXPECT_TRUE(d["total_price"].is_number()); }},
      {"read_price", "null", "",
       [](Json const& d, auto const&) { EXPECT_TRUE(d.at("calculated_price").is_null()); }},
      {"short_id", "text", "", [](Json const& d, auto const& c) { EXPECT_EQ(d["id"], c.id); }},
      {"detail_id", "text", "/detail", [](Json const& d, auto const& c) { EXPECT_EQ(d["id"], c.id); }},
      {"alternative_channels", "absent", "",
       [](Json const& d, auto const&) { EXPECT_FALSE(d.contains("alternative_channels")); }},
      {"alternative_channels", "list", "/detail",
       [](Json const& d, auto const&) { EXPECT_TRUE(d["alternative_channels"].is_array()); }},
      {"alternative_channels", "object", "/detail",
       [](Json const& d, auto const&) {
         EXPECT_TRUE(d["alternative_channels"]["sms"]["statistics"].is_object());
       }},
      {"status_word", "upper", "", [](Json const& d, auto const&) { EXPECT_EQ(d["status"], "DONE"); }},
      {"status_word", "unknown", "/detail",
       [](Json const& d, auto const&) { EXPECT_EQ(d["status"], "archived"); }},
      {"dates", "t", "",
       [](Json const& d, auto const&) {
         EXPECT_EQ(d["created_at"].get<std::string>()[10], 'T');
         EXPECT_EQ(d["created_at"].get<std::string>().size(), 19U);
       }},
      {"dates", "fraction", "",
       [](Json const& d, auto const&) { EXPECT_TRUE(d["created_at"].get<std::string>().ends_with(".000")); }},
  };
  for (auto const& [name, value, path, check] : cases) {
    SCOPED_TRACE(std::string{name} + '=' + value);
    BsgAccount account{40, {{name, value}}};
    auto const& c = account.first(
        [](auto const& each) { return each.status == StatusCode::completed && each.counters.delivered > 0; });
    check(account.get("/api/campaigns/" + c.id + path).at("data"), c);
  }
  BsgAccount bare{40, {{"data", "bare"}, {"total_at", "top"}}};
  EXPECT_EQ(bare.get("/api/campaigns/" + bare.truth[0].id).at("id"), bare.truth[0].number);
  auto const list = bare.get("/api/campaigns");
  EXPECT_FALSE(list.contains("meta"));
  EXPECT_TRUE(list.at("total").is_number());
}

TEST(BsgOverHttp, IsUnderstoodByCurlAndJq) {
  if (!has_program("curl") || !has_program("jq")) GTEST_SKIP() << "curl or jq is not installed";
  BsgAccount account{200};
  ASSERT_TRUE(account.simulator->serve());
  auto const base = account.simulator->base_url() + "/api/";
  auto const bearer = output_of("{ curl -sS -H 'Content-Type: application/json' --data-binary @- '" + base +
                                    "auth/login' | jq -j .bearer; }",
                                Json{{"api_key", account.key}}.dump());
  ASSERT_EQ(std::ranges::count(bearer, '.'), 2) << bearer;
  auto const get = [&](std::string const& path) {
    return "curl -sS -g -H 'Authorization: Bearer " + bearer + "' '" + base + path + "'";
  };
  auto const ids = output_of(get("campaigns?page[offset]=3&page[limit]=30&sort=id&way=desc") +
                             " | jq -c '[.meta.page.limit,(.data|length)]'");
  EXPECT_EQ(ids, "[30,30]\n");
  auto const id = account.truth[20].id;
  EXPECT_EQ(output_of(get("campaigns/" + id + "/detail") +
                      " | jq -c '[.data.total_messages,([.data.statistics[]]|add)]'"),
            '[' + std::to_string(account.truth[20].counters.messages) + ',' +
                std::to_string(account.truth[20].counters.messages) + "]\n");
  // The messages add up to the campaign, by other programs' arithmetic.
  auto const from = "&filter[from]=" + testing::percent_encode(utc(account.truth[20].created));
  EXPECT_EQ(output_of(get("messages?filter[campaign_id]=" + id + from + "&page[limit]=15") +
                      " | jq -c '[.meta.page.total,(.data|length),(.data|map(.campaign_id)|unique|length)]'"),
            '[' + std::to_string(account.truth[20].counters.messages) + ",15,1]\n");
  auto const made = output_of("{ curl -sS -H 'Authorization: Bearer " + bearer +
                                  "' -H 'Content-Type: application/json' --data-binary @- '" + base +
                                  "groups' | jq -c '[.data.name,.data.items]'; }",
                              Json{{"name", "Summer"}}.dump());
  EXPECT_EQ(made, "[\"Summer\",0]\n");
  EXPECT_EQ(output_of("curl -sS -o /dev/null -w '%{http_code}' '" + base + "campaigns'"), "401");
  // two requests on one connection
  EXPECT_EQ(output_of("curl -sS -o /dev/null -o /dev/null -w '%{num_connects}\\n' '" + base + "campaigns' '" +
                      base + "campaigns'"),
            "1\n0\n");
}

}  // namespace
}  // namespace polycampaign::test
