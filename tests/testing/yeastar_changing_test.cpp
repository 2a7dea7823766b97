#include "testing/other_program.hpp"
#include "testing/pbx_sender.hpp"
#include "testing/sample.hpp"

#include <set>
#include <tuple>

/// What happens to campaigns of a simulated Yeastar PBX after they were created, and its message channels.
namespace polycampaign::test::yeastar_changing {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

constexpr auto forbidden = 70084;
constexpr auto not_found = 60001;

/// Returns the path of a published request, with this id and token.
std::string published(std::string_view path, std::string const& id, std::string const& token) {
  auto line = sample(path);
  line = line.substr(0, line.find(" HTTP/1.1"));
  EXPECT_TRUE(line.starts_with("GET /openapi/v1.0/")) << line;
  auto target = line.substr(std::string_view{"GET /openapi/v1.0/"}.size());
  target = target.substr(0, target.find('?'));
  return target + "?access_token=" + token + "&id=" + id;
}

std::string draft_of(PbxSender& pbx, int count = 2) {
  auto body = PbxSender::order(count);
  body["send_type"] = "draft";
  return pbx.create(body);
}

Json update(PbxSender& pbx, std::string const& id, Json body) {
  body["id"] = Json::parse(id);
  return pbx.post_to("update", body);
}

TEST(YeastarUpdating, ChangesNameAndText) {
  PbxSender pbx;
  auto const id = draft_of(pbx);
  EXPECT_EQ(update(pbx, id, {{"name", "Summer"}, {"content", "Bye"}}),
            (Json{{"errcode", 0}, {"errmsg", "SUCCESS"}}));
  EXPECT_EQ(pbx.row(id).at("name"), "Summer");
  EXPECT_EQ(pbx.detail(id).at("content"), "Bye");
  EXPECT_EQ(pbx.status(id), "draft");
  EXPECT_EQ(update(pbx, id, {{"colour", "red"}}).at("errcode"), 0);
  EXPECT_EQ(pbx.row(id).at("name"), "Summer");
}

TEST(YeastarUpdating, GivesADraftItsStart) {
  PbxSender pbx;
  auto const planned = draft_of(pbx);
  auto const at_once = draft_of(pbx);
  EXPECT_EQ(update(pbx, planned, {{"send_type", "schedule"}, {"send_time", pbx.unix_time(2h)}}).at("errcode"),
            0);
  EXPECT_EQ(pbx.status(planned), "scheduled");
  EXPECT_EQ(pbx.row(planned).at("send_time"), pbx.unix_time(2h));
  EXPECT_EQ(update(pbx, at_once, {{"send_type", "immediately"}}).at("errcode"), 0);
  EXPECT_EQ(pbx.status(at_once), "pending");
  EXPECT_EQ(pbx.row(at_once).at("send_type"), "immediately");
  pbx.now += 24h;
  EXPECT_EQ(pbx.reached().size(), 4U);
  for (auto const& each : pbx.simulator->reached())
    EXPECT_NE(pbx.simulator->requests().at(static_cast<std::size_t>(each.request) - 1).find("/update"),
              std::string::npos)
        << "the update sent it";
}

TEST(YeastarUpdating, MovesOrTakesBackWhatIsScheduled) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["send_type"] = "schedule";
  body["send_time"] = pbx.unix_time(1h);
  auto const moved = pbx.create(body);
  auto const taken_back = pbx.create(body);
  EXPECT_EQ(update(pbx, moved, {{"send_type", "schedule"}, {"send_time", pbx.unix_time(3h)}}).at("errcode"),
            0);
  EXPECT_EQ(update(pbx, taken_back, {{"send_type", "draft"}}).at("errcode"), 0);
  EXPECT_EQ(pbx.status(taken_back), "draft");
  pbx.now += 2h;
  EXPECT_TRUE(pbx.reached().empty());
  EXPECT_EQ(pbx.status(moved), "scheduled");
  pbx.now += 2h;
  EXPECT_EQ(pbx.status(moved), "completed");
  EXPECT_EQ(pbx.reached().size(), 2U);
  EXPECT_NE(pbx.simulator->requests()
                .at(static_cast<std::size_t>(pbx.simulator->reached()[0].request) - 1)
                .find("/create"),
            std::string::npos)
      << "it was sent by the request that scheduled it";
}

TEST(YeastarUpdating, ChangesSenderRecipientsAndMode) {
  PbxSender pbx;
  auto const id = draft_of(pbx, 5);
  EXPECT_EQ(update(pbx, id, {{"channel_type", "sms"}, {"omnichannel_id", 3}, {"sender", 31}}).at("errcode"),
            0);
  EXPECT_EQ(pbx.row(id).at("sender"), "+41791234569");
  EXPECT_EQ(pbx.row(id).at("channel_name"), "Marketing");
  auto const numbers = PbxSender::order(1).at("number_list");
  EXPECT_EQ(update(pbx, id, {{"recipient_type", "input"}, {"number_list", numbers}}).at("errcode"), 0);
  EXPECT_EQ(pbx.row(id).at("result_count"), "0/1");
  EXPECT_EQ(update(pbx, id, {{"send_mode", "new_session"}, {"assign_to_type", "queue"}, {"assign_to_id", 4}})
                .at("errcode"),
            0);
  EXPECT_EQ(pbx.detail(id).at("assign_to_id"), 4);
  EXPECT_EQ(update(pbx, id, {{"send_type", "immediately"}}).at("errcode"), 0);
  pbx.now += 1h;
  EXPECT_EQ(pbx.reached(), std::vector<std::string>{"+61400000000"});
}

TEST(YeastarUpdating, RefusesAndChangesNothing) {
  PbxSender pbx;
  auto const id = draft_of(pbx);
  struct Row {
    Json body;
    char const* field;
    char const* validation;
  };
  for (auto const& [body, field, validation] :
       {Row{{{"name", ""}}, "name", "required"},
        Row{{{"name", "x"}, {"send_type", "schedule"}}, "send_time", "required"},
        Row{{{"name", "x"}, {"send_type", "schedule"}, {"send_time", pbx.unix_time(0s)}}, "send_time", "min"},
        Row{{{"name", "x"}, {"send_type", "later"}}, "send_type", "enum"},
        Row{{{"name", "x"}, {"content_type", "html"}}, "content_type", "enum"},
        Row{{{"name", "x"}, {"content_type", "text"}}, "content", "required"},
        Row{{{"name", "x"}, {"sender", 11}}, "channel_type", "required"},
        Row{{{"name", "x"}, {"recipient_type", "input"}}, "number_list", "required"},
        Row{{{"name", "x"}, {"send_mode", "new_session"}}, "assign_to_type", "required"}})
    EXPECT_EQ(update(pbx, id, body), invalid_parameter(field, validation)) << body.dump();
  EXPECT_EQ(pbx.row(id).at("name"), "Spring");
  EXPECT_EQ(pbx.post_to("update", {{"name", "x"}}), invalid_parameter("id", "required"));
  EXPECT_EQ(pbx.post_to("update", {{"id", id}}), invalid_parameter("id", "integer")) << "as text";
  EXPECT_EQ(pbx.post_to("update", {{"id", 77}, {"name", "x"}}),
            (Json{{"errcode", not_found}, {"errmsg", "DATA NOT FOUND"}}));
}

TEST(YeastarChanging, DependsOnTheStatus) {
  using Row = std::tuple<StatusCode, bool, bool, bool>;  // update, delete, retry
  for (auto const& [status, updates, deletes, retries] :
       {Row{draft, true, true, false}, Row{scheduled, true, true, false}, Row{queued, false, true, false},
        Row{sending, false, false, false}, Row{retrying, false, false, false},
        Row{completed, false, true, true}, Row{interrupted, false, true, true}}) {
    SCOPED_TRACE(to_string(status));
    auto const fits = [code = status](auto const& c) {
      return c.status == code && (code != completed && code != interrupted ? true : c.counters.failed > 0);
    };
    PbxSender pbx{400};
    auto const campaign = pbx.first(fits);
    auto const errcode = [](bool allowed) { return allowed ? 0 : forbidden; };
    EXPECT_EQ(update(pbx, campaign.id, {{"name", "x"}}).at("errcode"), errcode(updates));
    EXPECT_EQ(pbx.row(campaign.id).at("name"), updates ? "x" : campaign.name);
    EXPECT_EQ(pbx.get("message_campaign/retry?id=" + campaign.id).at("errcode"), errcode(retries));
    EXPECT_EQ(pbx.campaign(campaign.id).status, retries ? retrying : status);

    PbxSender other{400};
    EXPECT_EQ(other.get("message_campaign/delete?id=" + campaign.id).at("errcode"), errcode(deletes));
    EXPECT_EQ(other.simulator->campaigns().size(), deletes ? 399U : 400U);
  }
}

TEST(YeastarDeleting, AnswersThePublishedRequest) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["send_type"] = "schedule";
  body["send_time"] = pbx.unix_time(1h);
  auto const id = pbx.create(body);
  auto const path = published("yeastar/message_campaign_delete.request.http.txt", id, pbx.token);
  EXPECT_EQ(pbx.json(pbx.send("GET", path)), json_sample("yeastar/message_campaign_delete.response.json"));
  EXPECT_EQ(pbx.json(pbx.send("GET", path)).at("errcode"), not_found) << "twice";
  pbx.now += 24h;
  EXPECT_TRUE(pbx.reached().empty());
  for (auto const* const operation : {"delete", "retry"}) {
    auto const base = std::string{"message_campaign/"} + operation;
    EXPECT_EQ(pbx.get(base), invalid_parameter("id", "required"));
    EXPECT_EQ(pbx.get(base + "?id="), invalid_parameter("id", "required"));
    EXPECT_EQ(pbx.get(base + "?id=x"), invalid_parameter("id", "integer"));
    EXPECT_EQ(pbx.get(base + "?id=77").at("errcode"), not_found);
  }
}

TEST(YeastarRetrying, SendsOnlyTheFailedMessagesAgain) {
  PbxSender pbx;
  auto const id = pbx.create(PbxSender::order(40));
  auto const path = published("yeastar/message_campaign_retry.request.http.txt", id, pbx.token);
  EXPECT_EQ(pbx.json(pbx.send("GET", path)).at("errcode"), forbidden) << "it has not ended";
  pbx.now += 1h;
  EXPECT_EQ(pbx.row(id).at("result_count"), "2/40");
  auto const before = pbx.reached();
  EXPECT_EQ(before.size(), 38U);
  EXPECT_EQ(pbx.json(pbx.send("GET", path)), json_sample("yeastar/message_campaign_retry.response.json"));
  EXPECT_EQ(pbx.status(id), "retrying");
  EXPECT_EQ(pbx.row(id).at("result_count"), "0/40");
  EXPECT_EQ(pbx.json(pbx.send("GET", path)).at("errcode"), forbidden) << "it runs";
  pbx.now += 10min;
  EXPECT_EQ(pbx.status(id), "completed");
  auto const after = pbx.simulator->reached();
  ASSERT_EQ(after.size(), 40U);
  std::set<std::string> numbers;
  for (auto const& each : after) EXPECT_TRUE(numbers.insert(each.number).second) << "twice: " << each.number;
  EXPECT_NE(pbx.simulator->requests().at(static_cast<std::size_t>(after.back().request) - 1).find("/retry?"),
            std::string::npos);
  EXPECT_EQ(pbx.json(pbx.send("GET", path)).at("errcode"), forbidden) << "nothing has failed";
}

TEST(YeastarRetrying, MeetsABusyPbx) {
  for (auto const* const busy : {"retrying", "pending"}) {
    SCOPED_TRACE(busy);
    PbxSender pbx{0, {{"busy_retry", busy}}};
    auto const first = pbx.create(PbxSender::order(40, "first"));
    pbx.now += 1h;
    auto const second = pbx.create(PbxSender::order(2, "second"));
    pbx.now += 10min;
    EXPECT_EQ(pbx.status(second), "executing");
    EXPECT_EQ(pbx.get("message_campaign/retry?id=" + first).at("errcode"), 0);
    EXPECT_EQ(pbx.status(first), busy);
    auto const third = pbx.create(PbxSender::order(2, "third"));
    std::string seen;
    for (int step = 0; step < 4; ++step) {
      pbx.now += 10min;
      seen += pbx.status(first).front();
    }
    EXPECT_EQ(seen, std::string_view{busy} == "pending" ? "rccc" : "cccc");
    pbx.now += 1h;
    EXPECT_EQ(pbx.status(third), "completed");
    EXPECT_EQ(pbx.reached().size(), 44U);
  }
}

TEST(YeastarChannels, AreListedAndSearched) {
  PbxSender pbx;
  auto const names = [&](std::string const& path) {
    std::string all;
    auto const answer = pbx.get(path);
    for (auto const& item : answer.at("list")) all += item.at("name").get<std::string>() + ';';
    return all;
  };
  auto const list = pbx.get("message_channel/list?page=1&page_size=20&time_range=all");
  EXPECT_EQ(list.at("total_number"), 4);
  EXPECT_EQ(list.at("list")[0], (Json{{"id", 1},
                                      {"status", "status_connect_succ"},
                                      {"reason", ""},
                                      {"name", "SMS channel"},
                                      {"channel", "twilio"},
                                      {"type", "sms"},
                                      {"number", {"+41791234567", "+41791234568"}},
                                      {"sent", 10},
                                      {"delivered", 9},
                                      {"failed", 1},
                                      {"received", 3}}));
  EXPECT_EQ(names("message_channel/list?page=2&page_size=3&time_range=today"), "Web chat;");
  EXPECT_EQ(names("message_channel/list?page=9000000000000000000&page_size=3&time_range=today"), "");
  auto const search = std::string{"message_channel/search?page=1&page_size=20&time_range=all"};
  EXPECT_EQ(names(search), "SMS channel;WhatsApp channel;Marketing;Web chat;");
  EXPECT_EQ(names(search + "&search_value=channel"), "SMS channel;WhatsApp channel;");
  EXPECT_EQ(names(search + "&search_value=1791234569"), "Marketing;");
  ASSERT_TRUE(pbx.simulator->set_switch("channel_search", "name"));
  EXPECT_EQ(names(search + "&search_value=1791234569"), "");
  EXPECT_EQ(names(search + "&search_value=MARKET"), "Marketing;");
  ASSERT_TRUE(pbx.simulator->set_switch("page_cap", "2"));
  EXPECT_EQ(names(search), "SMS channel;WhatsApp channel;");
  ASSERT_TRUE(pbx.simulator->set_switch("list_key", "data"));
  EXPECT_EQ(pbx.get(search).at("data").size(), 2U);
}

TEST(YeastarChannels, NeedTheirParameters) {
  PbxSender pbx;
  struct Row {
    char const* query;
    char const* field;
    char const* validation;
  };
  for (auto const* const operation : {"list", "search"})
    for (auto const& [query, field, validation] :
         {Row{"page_size=20&time_range=all", "page", "required"},
          Row{"page=1&time_range=all", "page_size", "required"},
          Row{"page=1&page_size=20", "time_range", "required"},
          Row{"page=x&page_size=20&time_range=all", "page", "integer"},
          Row{"page=0&page_size=20&time_range=all", "page", "min"},
          Row{"page=1&page_size=0&time_range=all", "page_size", "min"},
          Row{"page=1&page_size=20&time_range=year", "time_range", "enum"}})
      EXPECT_EQ(pbx.get(std::string{"message_channel/"} + operation + '?' + query),
                invalid_parameter(field, validation));
  EXPECT_EQ(pbx.get("message_channel/get"), invalid_parameter("id", "required"));
  EXPECT_EQ(pbx.get("message_channel/get?id=x"), invalid_parameter("id", "integer"));
  EXPECT_EQ(pbx.get("message_channel/get?id=9").at("errcode"), not_found);
  EXPECT_EQ(pbx.get("message_channel/query"), invalid_parameter("ids", "required"));
  EXPECT_EQ(pbx.get("message_channel/query?ids=1,x"), invalid_parameter("ids", "integer"));
  EXPECT_EQ(pbx.get("message_channel/query?ids=8,9").at("errcode"), not_found);
  EXPECT_EQ(pbx.get("message_channel/delete?id=1").at("errcode"), 10001);
  EXPECT_EQ(pbx.json(pbx.send("GET", "message_channel/get?id=1")).at("errcode"), 10004);
}

TEST(YeastarChannels, ShowTheIdsOfTheirNumbersInTheDetailAlone) {
  PbxSender pbx;
  auto const dids = [&] { return pbx.get("message_channel/get?id=1").at("data").at("dids"); };
  EXPECT_EQ(dids(), (Json{{{"id", 11}, {"number", "+41791234567"}, {"route_type", "extension"}},
                          {{"id", 12}, {"number", "+41791234568"}, {"route_type", "extension"}}}));
  ASSERT_TRUE(pbx.simulator->set_switch("dids", "did_number"));
  EXPECT_EQ(dids()[1].at("did_number"), "+41791234568");
  EXPECT_FALSE(dids()[1].contains("number"));
  ASSERT_TRUE(pbx.simulator->set_switch("dids", "bare"));
  EXPECT_EQ(dids()[1], (Json{{"id", 12}, {"route_type", "extension"}}));
  ASSERT_TRUE(pbx.simulator->set_switch("dids", "number"));
  auto const query = pbx.get("message_channel/query?ids=3,9,2").at("list");
  ASSERT_EQ(query.size(), 2U);
  EXPECT_EQ(query[0], pbx.get("message_channel/get?id=3").at("data"));
  EXPECT_EQ(query[1].at("type"), "whatsapp");
  EXPECT_TRUE(pbx.get("message_channel/get?id=4").at("data").at("dids").empty());
  // Each of them can send.
  for (auto const& [channel, number] : {std::pair{1, 12}, std::pair{3, 31}}) {
    auto body = PbxSender::order();
    body["omnichannel_id"] = channel;
    body["sender"] = number;
    pbx.create(body);
  }
}

TEST(YeastarOverHttp, CarriesOutAGetWhoseAnswerIsLost) {
  if (!has_program("curl")) GTEST_SKIP() << "curl is not installed";
  PbxSender pbx;
  ASSERT_TRUE(pbx.simulator->serve());
  auto const base = pbx.simulator->base_url() + "/openapi/v1.0/message_campaign/";
  auto const made =
      output_of("{ curl -sS --max-time 20 -H 'Content-Type: application/json' --data-binary @- '" + base +
                    "create?access_token=" + pbx.token + "' | grep -o '[0-9]\\{17\\}'; }",
                PbxSender::order(40).dump());
  ASSERT_EQ(made, pbx.simulator->campaigns().front().id + '\n');
  auto const id = pbx.simulator->campaigns().front().id;
  pbx.now += 1h;
  EXPECT_EQ(pbx.status(id), "completed");
  pbx.simulator->fail_next("message_campaign/retry", testing::SimulatedFault::lost);
  auto const lost = output_of("curl -sS --max-time 20 '" + base + "retry?id=" + id +
                              "&access_token=" + pbx.token + "' 2>&1; echo \"exit $?\"");
  EXPECT_EQ(lost.find("exit 0"), std::string::npos) << lost;
  EXPECT_EQ(pbx.status(id), "retrying");
  pbx.now += 1h;
  pbx.simulator->fail_next("message_campaign/delete", testing::SimulatedFault::replaced);
  EXPECT_EQ(output_of("curl -sS --max-time 20 -o /dev/null -w '%{http_code} %{content_type}' '" + base +
                      "delete?id=" + id + "&access_token=" + pbx.token + "'"),
            "502 text/html");
  EXPECT_TRUE(pbx.simulator->campaigns().empty()) << "deleted all the same";
}

}  // namespace
}  // namespace polycampaign::test::yeastar_changing
