#include "testing/bsg_sender.hpp"
#include "testing/other_program.hpp"
#include "testing/sample.hpp"

#include <tuple>

/// What happens to campaigns at the simulator of BSG after they were created, and what the account has.
namespace polycampaign::test::bsg_stopping {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

HttpResponse stop(BsgSender& account, std::string const& id, std::string method = "PATCH") {
  return account.ask(std::move(method), "/api/campaigns/" + id + "/stop");
}

/// The buckets of the detail add up, and the short form counts the same.
void expect_buckets(BsgSender& account, std::string const& id) {
  auto const detail = account.get("/api/campaigns/" + id + "/detail").at("data");
  std::int64_t sum = 0;
  for (auto const& [name, count] : detail.at("statistics").items()) sum += count.get<std::int64_t>();
  EXPECT_EQ(sum, detail.at("total_messages").get<std::int64_t>()) << detail.dump(1);
  auto const n = account.campaign(id).counters;
  EXPECT_EQ(n.recipients, n.filtered + n.messages);
  EXPECT_EQ(detail.at("total_phones"), n.recipients);
  auto const brief = account.get("/api/campaigns/" + id).at("data").at("statistics");
  EXPECT_EQ(brief.at("delivered"), detail.at("statistics").at("delivered"));
  EXPECT_EQ(brief.at("delivered"), static_cast<std::int64_t>(account.reached().size()));
}

TEST(BsgStopping, DependsOnTheStatusAndTheDocument) {
  using Row = std::tuple<StatusCode, bool, bool>;  // by the specification, by the page
  for (auto const& [status, specification, page] :
       {Row{queued, false, true}, Row{moderation, true, false}, Row{scheduled, true, true},
        Row{sending, true, true}, Row{paused, true, true}, Row{completed, false, false},
        Row{canceled, false, false}, Row{rejected, false, false}})
    for (auto const* const document : {"specification", "page"}) {
      SCOPED_TRACE(std::string{to_string(status)} + ' ' + document);
      BsgSender account{{{"stoppable", document}}};
      auto const& chosen = account.first([&, code = status](auto const& c) { return c.status == code; });
      auto const response = stop(account, chosen.id);
      if (std::string_view{document} == "page" ? page : specification) {
        EXPECT_EQ(response.status, 200);
        auto const record = Json::parse(response.body).at("data");
        EXPECT_EQ(record.at("id"), chosen.number);
        EXPECT_EQ(record.at("status"), "stopped");
        EXPECT_EQ(account.status(chosen.id), "stopped");
      } else {
        EXPECT_EQ(response.status, 422);
        EXPECT_EQ(response.body, R"({"message":"Invalid campaign status","errors":[]})");
        EXPECT_EQ(account.campaign(chosen.id).status, chosen.status);
      }
    }
}

TEST(BsgStopping, TakesBothVerbsAndIsFinal) {
  BsgSender account;
  auto const first = account.create(4, {{"start_at", "2024-06-01 10:00:00"}});
  auto const second = account.create(4, {{"start_at", "2024-06-01 10:00:00"}});
  EXPECT_EQ(stop(account, first).status, 200);
  EXPECT_EQ(stop(account, second, "PUT").status, 200);
  EXPECT_EQ(stop(account, first).status, 422) << "twice";
  for (auto const* const method : {"GET", "POST", "DELETE"})
    EXPECT_EQ(stop(account, first, method).status, 404);
  account.now += 48h;
  EXPECT_EQ(account.status(first), "stopped");
  EXPECT_TRUE(account.reached().empty());
  EXPECT_TRUE(account.get("/api/campaigns/" + first).at("data").at("real_start_at").is_null());
  expect_buckets(account, first);
}

TEST(BsgStopping, LeavesTheRestUnsent) {
  BsgSender account;
  auto const id = account.create(100);
  expect_buckets(account, id);
  account.now += 10min;
  EXPECT_EQ(account.status(id), "sending");
  expect_buckets(account, id);
  auto const so_far = account.reached().size();
  EXPECT_EQ(so_far, 47U) << "fifty, of which two failed and one expired";
  EXPECT_EQ(stop(account, id).status, 200);
  account.now += 24h;
  EXPECT_EQ(account.reached().size(), so_far);
  expect_buckets(account, id);
  EXPECT_EQ(account.get("/api/campaigns/" + id + "/detail").at("data").at("statistics").at("scheduled"), 50);
}

TEST(BsgStopping, AnswersAsItsSwitchesSay) {
  BsgSender account{{{"stop_answer", "creation"}}};
  auto const id = account.create(1, {{"start_at", "2024-06-01 10:00:00"}});
  auto const response = stop(account, id);
  EXPECT_EQ(Json::parse(response.body).at("data").at("status"), "creation") << "a placeholder";
  EXPECT_EQ(account.status(id), "stopped") << "in truth";
  BsgSender bare{{{"data", "bare"}}};
  auto const made = bare.post("sms/send", BsgSender::body_to(1));
  EXPECT_TRUE(made.at("id").is_number());
  bare.now += 10min;
  EXPECT_EQ(Json::parse(stop(bare, made.at("id").dump()).body).at("status"), "stopped");

  for (auto const* const unknown : {"1", "x", "10000000053000012"}) {
    EXPECT_EQ(stop(account, unknown).body, R"({"message":"Not Found"})");
    EXPECT_EQ(stop(account, unknown).status, 404);
  }
  ASSERT_TRUE(account.simulator->set_switch("not_found", "code"));
  EXPECT_EQ(stop(account, "1").body, R"({"code":404,"message":"Not Found"})");
}

TEST(BsgModeration, LetsCampaignsPassOrNot) {
  BsgSender account{{{"moderation", "on"}, {"create_status", "real"}}};
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i)
    ids.push_back(account.create(1, i < 10 ? Json::object() : Json{{"start_at", "2024-06-02 10:00:00"}}));
  EXPECT_EQ(account.post("sms/send", BsgSender::body_to(1)).at("data").at("status"), "moderation");
  for (auto const& id : ids) EXPECT_EQ(account.status(id), "moderation");
  account.now += 9min;
  EXPECT_TRUE(account.reached().empty());
  account.now += 1min;
  std::map<std::string, std::vector<std::string>> by_status;
  for (auto const& id : ids) by_status[account.status(id)].push_back(id);
  ASSERT_FALSE(by_status["spam"].empty());
  EXPECT_EQ(by_status["sending"].size() + by_status["scheduled"].size() + by_status["spam"].size(), 20U);
  EXPECT_FALSE(by_status["sending"].empty());
  EXPECT_FALSE(by_status["scheduled"].empty());
  account.now += 72h;
  for (auto const& each : account.simulator->reached())
    EXPECT_EQ(std::ranges::count(by_status["spam"], each.campaign), 0) << "rejected, and yet sent";
  for (auto const& id : by_status["spam"]) EXPECT_EQ(account.status(id), "spam");
  for (auto const& id : by_status["scheduled"]) EXPECT_EQ(account.status(id), "done");
}

TEST(BsgCreating, AnswersAsItsSwitchesSay) {
  BsgSender account{{{"create_status", "real"}}};
  EXPECT_EQ(account.post("sms/send", BsgSender::body_to(1)).at("data").at("status"), "creation");
  auto later = BsgSender::body_to(1);
  later["start_at"] = "2024-06-01 10:00:00";
  EXPECT_EQ(account.post("sms/send", later).at("data").at("status"), "scheduled");
  ASSERT_TRUE(account.simulator->set_switch("create_status", "done"));
  EXPECT_EQ(account.post("sms/send", later).at("data").at("status"), "done");
  ASSERT_TRUE(account.simulator->set_switch("create_id", "absent"));
  auto const before = account.simulator->campaigns().size();
  EXPECT_FALSE(account.post("sms/send", later).at("data").contains("id"));
  EXPECT_EQ(account.simulator->campaigns().size(), before + 1) << "created all the same";
  ASSERT_TRUE(account.simulator->set_switch("create_id", "present"));
  EXPECT_TRUE(account.post("sms/send", later).at("data").at("id").is_number_integer());
}

TEST(BsgCreating, NamesCampaignsItself) {
  BsgSender account;
  for (int i = 0; i < 8; ++i) {
    auto const id = account.create(1, {{"name", "Mine"}});
    EXPECT_EQ(account.get("/api/campaigns/" + id).at("data").at("name"),
              "SMS api campaign / 2024-05-31 10:00:00");
  }
}

TEST(BsgCreating, RejectsMessagesWhoseReferenceWasUsed) {
  auto const body = [](int first, std::vector<std::string> const& references) {
    auto phones = Json::array();
    for (auto const& reference : references)
      phones.push_back({{"number", 41780000000 + first++}, {"reference_id", reference}});
    return Json{{"phones", std::move(phones)}, {"sender", "ACME"}, {"text", "Hello"}};
  };
  for (auto const* const scope : {"request", "account"}) {
    SCOPED_TRACE(scope);
    bool const whole_account = std::string_view{scope} == "account";
    BsgSender account{{{"duplicate_reference", scope}}};
    auto const made = account.post("sms/send", body(0, {"a1", "a2", "a1"})).at("data");
    EXPECT_EQ(made.at("calculated_price").dump(), "0.1054176") << "for two";
    auto const id = made.at("id").dump();
    auto const statistics = account.get("/api/campaigns/" + id + "/detail").at("data").at("statistics");
    EXPECT_EQ(statistics.at("failed"), 1);
    EXPECT_EQ(statistics.at("sending"), 2);
    account.post("sms/send", body(10, {"a2", "b1"}));
    account.now += 24h;
    EXPECT_EQ(account.reached().size(), whole_account ? 3U : 4U);
    EXPECT_EQ(account.get("/api/campaigns/" + id + "/detail").at("data").at("total_messages"), 3);
    std::int64_t sum = 0;
    auto const ended = account.get("/api/campaigns/" + id + "/detail").at("data").at("statistics");
    for (auto const& [name, count] : ended.items()) sum += count.get<std::int64_t>();
    EXPECT_EQ(sum, 3);
    EXPECT_EQ(ended.at("failed"), 1);
  }
}

TEST(BsgAccountOf, PausesWithoutMoney) {
  BsgSender account{{{"funds", "short"}}};
  auto const id = account.create(10);
  account.now += 20min;
  EXPECT_EQ(account.status(id), "paused");
  EXPECT_EQ(account.reached().size(), 5U);
  expect_buckets(account, id);
  account.now += 240h;
  EXPECT_EQ(account.status(id), "paused") << "only people can resume it";
  EXPECT_EQ(stop(account, id).status, 200);
  EXPECT_EQ(account.reached().size(), 5U);
  ASSERT_TRUE(account.simulator->set_switch("funds", "enough"));
  auto const other = account.create(2);
  account.now += 20min;
  EXPECT_EQ(account.status(other), "done");
}

TEST(BsgAccountOf, HasABalance) {
  BsgSender account;
  EXPECT_EQ(account.get("/api/accounts/balance"),
            (Json{{"data", {{"balance", 100000.0}, {"currency", "EUR"}, {"credit", 125}}}}));
  ASSERT_TRUE(account.simulator->set_switch("balance", "negative"));
  EXPECT_EQ(account.get("/api/accounts/balance"), json_sample("bsg/balance.response.json"));
  EXPECT_EQ(account.ask("POST", "/api/accounts/balance").status, 404);
  EXPECT_EQ(account.ask("/api/accounts").status, 404);
}

TEST(BsgAccountOf, HasSenders) {
  BsgSender account;
  auto const list = account.get("/api/senders?type=sms");
  EXPECT_EQ(list.at("total"), 3);
  ASSERT_EQ(list.at("data").size(), 3U);
  std::vector<std::string> statuses;
  for (auto const& sender : list.at("data")) {
    EXPECT_EQ(keys_in(sender),
              (std::vector<std::string>{"id", "status", "country", "sender", "created_at", "is_default"}));
    statuses.push_back(sender.at("status"));
  }
  EXPECT_EQ(statuses, (std::vector<std::string>{"active", "registering", "blocked"}));
  EXPECT_TRUE(list.at("data")[0].at("id").is_null());
  EXPECT_EQ(list.at("data")[0].at("is_default"), true);
  EXPECT_EQ(list.at("data")[1].at("country"), "UA");
  EXPECT_EQ(account.get("/api/senders?type=viber"), (Json{{"data", Json::array()}, {"total", 0}}));
  EXPECT_TRUE(account.get("/api/senders", 422).at("errors").contains("type"));
  EXPECT_TRUE(account.get("/api/senders?type=rcs", 422).at("errors").contains("type"));

  auto body = BsgSender::body_to(1);
  body["sender"] = "Nobody";
  account.post("sms/send", body);
  ASSERT_TRUE(account.simulator->set_switch("senders", "own"));
  EXPECT_EQ(account.post("sms/send", body, 422).at("errors"), (Json{{"sender", {"Sender is not allowed."}}}));
  body["sender"] = "Shop24";
  account.post("sms/send", body);
  Json own{{"messages", Json::array({{{"phone", 41780000000}, {"text", "a"}, {"sender", "Nobody"}},
                                     {{"phone", 41780000001}, {"text", "a"}, {"sender", "ACME"}}})}};
  EXPECT_TRUE(account.post("sms/send-individual", own, 422).at("errors").contains("messages0sender"));
}

TEST(BsgAccountOf, NeedsATokenForEverything) {
  BsgAccount const account;
  for (auto const& [method, path] :
       {std::pair{"POST", "/api/campaigns/sms/send"}, std::pair{"PATCH", "/api/campaigns/1/stop"},
        std::pair{"POST", "/api/campaigns/price"}, std::pair{"GET", "/api/accounts/balance"},
        std::pair{"GET", "/api/senders?type=sms"}}) {
    EXPECT_EQ(account.send(method, path, "", "{}").status, 401) << path;
    EXPECT_EQ(account.send(method, path, "Bearer " + account.key, "{}").status, 401) << path;
  }
}

TEST(BsgOverHttp, SendsOnceAlthoughTheAnswerIsLost) {
  if (!has_program("curl") || !has_program("jq")) GTEST_SKIP() << "curl or jq is not installed";
  BsgSender account;
  ASSERT_TRUE(account.simulator->serve());
  auto const base = account.simulator->base_url() + "/api/";
  auto const bearer = account.log_in();
  auto const send = [&](std::string const& more) {
    return output_of("{ curl -sS --max-time 20 -H 'Authorization: Bearer " + bearer +
                         "' -H 'Content-Type: application/json' --data-binary @- '" + base +
                         "campaigns/sms/send' " + more + "; }",
                     BsgSender::body_to(3).dump());
  };
  EXPECT_EQ(send("| jq -c '[.data.status,.data.calculated_price,.data.currency]'"),
            "[\"done\",0.1581264,\"USD\"]\n");
  account.simulator->fail_next("POST /api/campaigns/sms/send", testing::SimulatedFault::lost);
  auto const lost = send("2>&1; echo \"exit $?\"");
  EXPECT_EQ(lost.find("exit 0"), std::string::npos) << lost;
  ASSERT_TRUE(account.simulator->set_switch("fault", "html502_after"));
  EXPECT_EQ(send("-o /dev/null -w '%{http_code} %{content_type}'"), "502 text/html");
  ASSERT_TRUE(account.simulator->set_switch("fault", "none"));
  account.now += 24h;
  EXPECT_EQ(account.reached().size(), 9U) << "three campaigns to three people";
  EXPECT_EQ(account.simulator->count("POST /api/campaigns/sms/send"), 3U);
}

}  // namespace
}  // namespace polycampaign::test::bsg_stopping
