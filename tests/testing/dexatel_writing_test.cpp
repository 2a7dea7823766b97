#include "testing/dexatel_account.hpp"
#include "testing/other_program.hpp"
#include "testing/sample.hpp"

#include <tuple>

/// How the simulator of Dexatel creates, changes and deletes campaigns.
namespace polycampaign::test::dexatel_writing {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

constexpr auto day_of_the_samples = std::chrono::sys_days{2025y / 2 / 20} + 8h + 15min + 30s;

std::vector<int> codes_in(Json const& answer) {
  std::vector<int> codes;
  for (auto const& error : answer.at("errors")) codes.push_back(error.value("code", 0));
  return codes;
}

std::string id_in(Json const& answer) {
  return answer.at("data").at("id").get<std::string>();
}

TEST(DexatelWriting, CreatesThePublishedSample) {
  DexatelAccount const service{20, {}, day_of_the_samples};
  auto data = json_sample("dexatel/campaign_create.request.reconstructed.json").at("data");
  data["template"] = service.make_template("Spring is here");
  data["audience"] = service.make_audience(4);
  auto const answer = service.post("/v1/campaigns", data);
  auto const& made = answer.at("data");
  auto read_sample = json_sample("dexatel/campaign_read.object.reconstructed.json").at("data");
  read_sample.erase("links");  // no page shows what they contain
  EXPECT_EQ(keys_of(made), keys_of(read_sample));
  EXPECT_EQ(made.at("name"), "spring_sale");
  EXPECT_EQ(made.at("status"), "scheduled");
  EXPECT_EQ(made.at("schedule"), "2025-03-01 09:00:00");
  EXPECT_EQ(made.at("channel"), "SMS");
  EXPECT_EQ(made.at("template_id"), data["template"]);
  EXPECT_EQ(made.at("audience_id"), data["audience"]);
  EXPECT_EQ(made.at("create_date"), "2025-02-20 08:15:30");
  EXPECT_EQ(made.at("messages"), (Json{{"total", 4}, {"delivered", 0}, {"failed", 0}}));

  auto const id = made.at("id").get<std::string>();
  EXPECT_EQ(service.json("/v1/campaigns/" + id).at("data").at(0), made);
  auto const start = std::chrono::sys_days{2025y / 3 / 1} + 9h;
  *service.clock = start - 1s;
  EXPECT_TRUE(service.reached().empty());
  *service.clock = start;
  EXPECT_EQ(service.json("/v1/campaigns/" + id).at("data").at(0).at("status"), "in_progress");
  EXPECT_EQ(service.reached(), (std::vector<std::string>{"+41780000000", "+41780000001"}));
  *service.clock = start + 10min;
  auto const reached = service.simulator->reached();
  ASSERT_EQ(reached.size(), 4U);
  EXPECT_EQ(reached[3].text, "Spring is here");
  EXPECT_EQ(reached[0].at, start);
  EXPECT_EQ(reached[3].at, start + 10min);
  EXPECT_EQ(reached[0].campaign, id);
  EXPECT_EQ(service.simulator->requests().at(static_cast<std::size_t>(reached[0].request) - 1),
            "POST /v1/campaigns");
  auto const ended = service.json("/v1/campaigns/" + id).at("data").at(0);
  EXPECT_EQ(ended.at("status"), "completed");
  EXPECT_EQ(ended.at("messages").at("delivered"), 4);
}

TEST(DexatelWriting, RefusesAsThePublishedSample) {
  DexatelAccount const service{5, {}, day_of_the_samples};
  auto const answer =
      service.post("/v1/campaigns", {{"channel", "SMS"}, {"template", service.make_template()}}, 400);
  EXPECT_EQ(answer, json_sample("dexatel/error_validation.reconstructed.json")) << "a list, in this order";
}

TEST(DexatelWriting, BeginsAtOnceWithoutASchedule) {
  DexatelAccount const service{5};
  for (bool const named : {false, true}) {
    auto data = service.order(40);
    if (named) data["schedule"] = nullptr;
    auto const made = service.post("/v1/campaigns", data).at("data");
    EXPECT_EQ(made.at("status"), "in_progress");
    EXPECT_TRUE(made.at("schedule").is_null());
    EXPECT_FALSE(made.at("name").get<std::string>().empty()) << "assigned when omitted";
    EXPECT_EQ(made.at("messages"), (Json{{"total", 40}, {"delivered", 19}, {"failed", 1}}));
    EXPECT_EQ(service.campaign(made.at("id")).started, now);
  }
  EXPECT_EQ(service.reached().size(), 38U);
}

TEST(DexatelWriting, KeepsWhatACampaignDeliveredBeforeItFailed) {
  DexatelAccount const service{5};
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(id_in(service.post("/v1/campaigns", service.order(10))));
  *service.clock += 24h;
  std::map<std::string, std::int64_t> reached;
  for (auto const& each : service.simulator->reached()) ++reached[each.campaign];
  int failures = 0;
  for (auto const& id : ids) {
    auto const record = service.json("/v1/campaigns/" + id).at("data").at(0);
    auto const& messages = record.at("messages");
    EXPECT_EQ(messages.at("total"), 10);
    EXPECT_EQ(messages.at("delivered"), reached[id]);
    EXPECT_EQ(messages.at("delivered").get<int>() + messages.at("failed").get<int>(), 10);
    if (record.at("status") == "failed") ++failures;
  }
  EXPECT_GT(failures, 0);
  EXPECT_LT(failures, 20);
}

struct Refused {
  char const* what;
  void (*change)(Json& data, DexatelAccount const& service);
  std::vector<int> codes;
};

TEST(DexatelWriting, RefusesInTheDocumentedOrder) {
  Refused const cases[] = {
      {"no sender", [](Json& d, auto const&) { d.erase("from"); }, {1603}},
      {"another sender", [](Json& d, auto const&) { d["from"] = "Nobody"; }, {1604}},
      {"the sender's id",
       [](Json& d, auto const& s) { d["from"] = s.json("/v1/senders")["data"][0]["id"]; },
       {1604}},
      {"no audience", [](Json& d, auto const&) { d["audience"] = ""; }, {1605}},
      {"another audience", [](Json& d, auto const&) { d["audience"] = d["template"]; }, {1606}},
      {"no template", [](Json& d, auto const&) { d.erase("template"); }, {1607}},
      {"another template", [](Json& d, auto const&) { d["template"] = "x"; }, {1608}},
      {"a schedule that is no time",
       [](Json& d, auto const&) { d["schedule"] = "2025-03-02T09:00:00"; },
       {1609}},
      {"a schedule that is a number", [](Json& d, auto const&) { d["schedule"] = 5; }, {1609}},
      {"a schedule now", [](Json& d, auto const&) { d["schedule"] = "2025-03-01 09:00:00"; }, {1522}},
      {"no channel", [](Json& d, auto const&) { d.erase("channel"); }, {0}},
      {"a channel that sends no campaigns", [](Json& d, auto const&) { d["channel"] = "VOICE"; }, {0}},
      {"a template of another channel",
       [](Json& d, auto const& s) { d["template"] = s.make_template("a", "VIBER"); },
       {1613, 1616}},
      {"an audience of another channel",
       [](Json& d, auto const& s) { d["audience"] = s.make_audience(1, "VIBER"); },
       {1613, 1617}},
      {"another channel than template and audience",
       [](Json& d, auto const&) { d["channel"] = "VIBER"; },
       {1616, 1617}},
      {"a sender of another channel",
       [](Json& d, auto const& s) {
         d["from"] = "ACME";
         d["channel"] = "VIBER";
         d["template"] = s.make_template("a", "VIBER");
         d["audience"] = s.make_audience(1, "VIBER");
       },
       {1604}},
      {"a name of 46 characters", [](Json& d, auto const&) { d["name"] = std::string(46, 'a'); }, {0}},
      {"everything",
       [](Json& d, auto const&) {
         d = {{"schedule", "x"}, {"name", std::string(46, 'a')}};
       },
       {1603, 1605, 1607, 1609, 0, 0}},
  };
  DexatelAccount const service{5};
  for (auto const& [what, change, codes] : cases) {
    SCOPED_TRACE(what);
    auto data = service.order();
    change(data, service);
    auto const answer = service.post("/v1/campaigns", data, 400);
    EXPECT_EQ(codes_in(answer), codes) << answer.dump(1);
    for (auto const& error : answer.at("errors")) {
      EXPECT_EQ(error.at("status"), 400);
      EXPECT_EQ(error.at("path"), "/v1/campaigns");
      EXPECT_EQ(error.at("method"), "POST");
      EXPECT_EQ(error.at("timestamp"), "2025-03-01 09:00:00");
      EXPECT_FALSE(error.at("message").get<std::string>().empty());
    }
  }
  EXPECT_EQ(service.simulator->campaigns().size(), 5U);
  *service.clock += 24h;
  EXPECT_TRUE(service.reached().empty());
}

TEST(DexatelWriting, NeedsAnEnvelopeOfJson) {
  DexatelAccount const service{5};
  for (auto const* const path : {"/v1/campaigns", "/v1/templates", "/v1/audiences"}) {
    using Row = std::tuple<char const*, int>;
    for (auto const& [body, code] : {Row{"", 1005}, Row{"{", 1005}, Row{"[]", 1005}, Row{"{}", 1007},
                                     Row{R"({"data":[]})", 1007}, Row{R"({"data":null})", 1007}}) {
      auto const response = service.write("POST", path, body);
      EXPECT_EQ(response.status, 400) << path << body;
      EXPECT_EQ(codes_in(Json::parse(response.body)), std::vector<int>{code}) << path << body;
    }
    auto const form = service.simulator->handle(
        {.method = "POST",
         .url = path,
         .headers = {{"X-Dexatel-Key", service.key}, {"Content-Type", "text/plain"}},
         .body = R"({"data":{}})"});
    EXPECT_EQ(form.status, 415);
    auto const stranger = service.simulator->handle(
        {.method = "POST", .url = path, .headers = {{"Content-Type", "application/json"}}, .body = "{}"});
    EXPECT_EQ(stranger.status, 401) << "the key comes first";
    EXPECT_EQ(codes_in(Json::parse(stranger.body)), std::vector<int>{1101});
  }
}

TEST(DexatelWriting, IsSilentAboutUnknownMembersAndReadsChannelsInAnyCase) {
  DexatelAccount const service{5};
  auto data = service.order();
  data["colour"] = "red";
  data["channel"] = "sms";
  data["name"] = std::string(45, 'a');
  EXPECT_EQ(service.post("/v1/campaigns", data).at("data").at("channel"), "SMS");
  data.erase("colour");
  auto const again = service.post("/v1/campaigns", data, 409);
  EXPECT_EQ(again.at("errors").size(), 1U) << "names are unique";
  EXPECT_EQ(again.at("errors")[0].at("status"), 409);
  std::string wide;
  for (int i = 0; i < 45; ++i) wide += "Ж";
  data["name"] = wide;
  service.post("/v1/campaigns", data);
}

TEST(DexatelWriting, ChangesWhatIsScheduled) {
  DexatelAccount const service{20};
  auto data = service.order();
  data["schedule"] = "2025-03-02 09:00:00";
  data["name"] = "first";
  auto const id = id_in(service.post("/v1/campaigns", data));
  auto const path = "/v1/campaigns/" + id;
  *service.clock += 1h;
  auto const changed =
      service.put("PUT", path, {{"name", "second"}, {"schedule", "2025-03-04 10:30:00"}}, 200).at("data");
  EXPECT_EQ(changed.at("name"), "second");
  EXPECT_EQ(changed.at("schedule"), "2025-03-04 10:30:00");
  EXPECT_EQ(changed.at("update_date"), "2025-03-01 10:00:00");
  EXPECT_EQ(changed.at("create_date"), "2025-03-01 09:00:00");
  EXPECT_TRUE(changed.contains("messages"));
  EXPECT_EQ(service.put("PUT", path, {{"name", "second"}}, 200).at("data").at("schedule"),
            "2025-03-04 10:30:00")
      << "its own name, and nothing else changes";

  EXPECT_EQ(codes_in(service.put("PUT", path, {{"schedule", "2025-03-01 09:59:59"}}, 400)),
            std::vector<int>{1522});
  EXPECT_EQ(codes_in(service.put("PUT", path, {{"schedule", "x"}, {"name", std::string(46, 'a')}}, 400)),
            (std::vector<int>{1609, 0}));
  service.put("PUT", path, {{"name", service.truth[3].name}}, 409);
  EXPECT_EQ(service.campaign(id).name, "second");
  *service.clock = std::chrono::sys_days{2025y / 3 / 4} + 10h + 29min;
  EXPECT_TRUE(service.reached().empty());
  *service.clock += 1min;
  EXPECT_EQ(service.reached().size(), 1U);
  EXPECT_EQ(codes_in(service.put("PUT", path, {{"name", "third"}}, 400)), std::vector<int>{1611});
}

TEST(DexatelWriting, CancelsOnlyWhatIsScheduled) {
  DexatelAccount const service{20};
  for (auto const status : {sending, completed, failed, canceled}) {
    auto const& campaign = service.with(status);
    auto const path = "/v1/campaigns/" + campaign.id;
    EXPECT_EQ(codes_in(service.put("PUT", path, {{"status", "canceled"}}, 400)), std::vector<int>{1611})
        << to_string(status);
    EXPECT_EQ(codes_in(service.put("PUT", path, {{"name", "x"}}, 400)), std::vector<int>{1611});
    EXPECT_EQ(service.campaign(campaign.id).status, status);
  }
  for (auto const* const word : {"canceled", "cancelled"}) {
    auto data = service.order();
    data["schedule"] = "2025-03-02 09:00:00";
    auto const path = "/v1/campaigns/" + id_in(service.post("/v1/campaigns", data));
    for (Json const& other : {Json("completed"), Json("scheduled"), Json(5), Json{}})
      EXPECT_EQ(codes_in(service.put("PUT", path, {{"status", other}}, 400)), std::vector<int>{1611});
    EXPECT_EQ(service.put("PUT", path, {{"status", word}}, 200).at("data").at("status"), "canceled");
    EXPECT_EQ(codes_in(service.put("PUT", path, {{"status", word}}, 400)), std::vector<int>{1611}) << "twice";
  }
  *service.clock += 72h;
  EXPECT_TRUE(service.reached().empty());
}

TEST(DexatelWriting, DeletesWhatIsNotBeingSent) {
  DexatelAccount const service{20};
  for (auto const status : {scheduled, completed, failed, canceled}) {
    auto const path = "/v1/campaigns/" + service.with(status).id;
    auto const response = service.write("DELETE", path, "");
    EXPECT_EQ(response.status, 204) << to_string(status);
    EXPECT_EQ(response.body, "");
    service.json(path, 404);
    EXPECT_EQ(codes_in(Json::parse(service.write("DELETE", path, "").body)), std::vector<int>{1601});
  }
  auto const response = service.write("DELETE", "/v1/campaigns/" + service.with(sending).id, "");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(codes_in(Json::parse(response.body)), std::vector<int>{1612});
  EXPECT_EQ(service.simulator->campaigns().size(), 16U);

  auto data = service.order();
  data["schedule"] = "2025-03-02 09:00:00";
  service.write("DELETE", "/v1/campaigns/" + id_in(service.post("/v1/campaigns", data)), "");
  *service.clock += 72h;
  EXPECT_TRUE(service.reached().empty()) << "a deleted campaign is not sent";
}

TEST(DexatelWriting, KnowsItsIds) {
  DexatelAccount const service{5};
  for (auto const* const method : {"PUT", "DELETE"}) {
    auto const body = R"({"data":{"name":"x"}})";
    auto const malformed = service.write(method, "/v1/campaigns/1", body);
    EXPECT_EQ(malformed.status, 400);
    EXPECT_EQ(codes_in(Json::parse(malformed.body)), std::vector<int>{1602});
    auto const unknown = service.write(method, "/v1/campaigns/48e200b7-be98-4360-b5c7-5dfac16b06f9", body);
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(codes_in(Json::parse(unknown.body)), std::vector<int>{1601});
  }
}

TEST(DexatelWriting, IsUnderstoodByCurlAndJq) {
  if (!has_program("curl") || !has_program("jq")) GTEST_SKIP() << "curl or jq is not installed";
  DexatelAccount const service{5};
  ASSERT_TRUE(service.simulator->serve());
  auto const curl = [&](std::string const& how, Json const& data, std::string const& more) {
    return output_of("{ curl -sS --max-time 20 -H 'X-Dexatel-Key: " + service.key +
                         "' -H 'Content-Type: application/json' --data-binary @- " + how + ' ' + more + "; }",
                     Json{{"data", data}}.dump());
  };
  auto const base = service.simulator->base_url() + "/v1/campaigns";
  auto data = service.order();
  data["schedule"] = "2025-03-02 09:00:00";
  auto const id = curl("'" + base + "'", data, "| jq -j .data.id");
  EXPECT_EQ(id, service.simulator->campaigns().front().id);
  EXPECT_EQ(curl("-X PUT '" + base + '/' + id + "'", {{"status", "canceled"}}, "| jq -c '[.data.status]'"),
            "[\"canceled\"]\n");
  EXPECT_EQ(curl("-X DELETE '" + base + '/' + id + "'", {}, "-w '%{http_code}'"), "204");
  ASSERT_TRUE(service.simulator->set_switch("fault", "lost"));
  data["name"] = "lost";
  EXPECT_EQ(curl("'" + base + "'", data, "2>&1; echo \"exit $?\"").find("exit 0"), std::string::npos);
  EXPECT_EQ(service.simulator->campaigns().front().name, "lost");
}

}  // namespace
}  // namespace polycampaign::test::dexatel_writing
