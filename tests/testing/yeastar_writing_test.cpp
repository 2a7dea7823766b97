#include "testing/other_program.hpp"
#include "testing/pbx_sender.hpp"
#include "testing/sample.hpp"

#include <set>
#include <tuple>

/// How the simulator of a Yeastar PBX creates and changes campaigns.
namespace polycampaign::test::yeastar_writing {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

TEST(YeastarCreating, SendsAtOnce) {
  PbxSender pbx;
  auto const answer = pbx.post_to("create", PbxSender::order());
  auto expected = json_sample("yeastar/phonebook_create.response.json");  // the only sample of such an answer
  expected["id"] = answer.at("id");
  EXPECT_EQ(answer, expected);
  auto const id = answer.at("id").dump();
  auto const row = pbx.row(id);
  EXPECT_EQ(row.at("name"), "Spring");
  EXPECT_EQ(row.at("status"), "pending");
  EXPECT_EQ(row.at("channel_type"), "sms");
  EXPECT_EQ(row.at("channel_name"), "SMS channel");
  EXPECT_EQ(row.at("sender"), "+41791234567") << "the number, not its id";
  EXPECT_EQ(row.at("recipient_type"), "input");
  EXPECT_EQ(row.at("recipient_name"), "");
  EXPECT_EQ(row.at("send_type"), "immediately");
  EXPECT_EQ(row.at("send_time"), pbx.unix_time(0s));
  EXPECT_EQ(row.at("send_mode"), "direct");
  EXPECT_EQ(row.at("result_count"), "0/2");
  auto const detail = pbx.detail(id);
  EXPECT_FALSE(detail.contains("status"));
  EXPECT_EQ(detail.at("content"), "Hello");
  EXPECT_EQ(detail.at("number_list"),
            (Json{{{"id", 1}, {"number", "+61400000000"}}, {{"id", 2}, {"number", "+61400000001"}}}));

  EXPECT_TRUE(pbx.reached().empty());
  pbx.now += 10min;
  EXPECT_EQ(pbx.status(id), "executing");
  EXPECT_EQ(pbx.reached(), std::vector<std::string>{"+61400000000"});
  pbx.now += 10min;
  EXPECT_EQ(pbx.status(id), "completed");
  auto const reached = pbx.simulator->reached();
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_EQ(reached[1].number, "+61400000001");
  EXPECT_EQ(reached[1].text, "Hello");
  EXPECT_EQ(reached[1].at, start + 20min);
  EXPECT_EQ(reached[1].campaign, id);
  EXPECT_EQ(pbx.simulator->requests().at(static_cast<std::size_t>(reached[1].request) - 1),
            "POST /openapi/v1.0/message_campaign/create?access_token=***");
}

TEST(YeastarCreating, WaitsForItsTimeOrForAnUpdate) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["send_type"] = "schedule";
  body["send_time"] = pbx.unix_time(24h);
  auto const planned = pbx.create(body);
  body["send_type"] = "draft";
  body.erase("send_time");
  auto const draft_id = pbx.create(body);
  EXPECT_EQ(pbx.row(planned).at("send_type"), "schedule");
  EXPECT_EQ(pbx.row(planned).at("send_time"), pbx.unix_time(24h));
  EXPECT_EQ(pbx.status(planned), "scheduled");
  EXPECT_EQ(pbx.row(draft_id).at("send_type"), "draft");
  EXPECT_EQ(pbx.row(draft_id).at("send_time"), 0);
  pbx.now += 24h - 1s;
  EXPECT_EQ(pbx.status(planned), "scheduled");
  pbx.now += 1s;
  EXPECT_EQ(pbx.status(planned), "pending");
  EXPECT_TRUE(pbx.reached().empty());
  pbx.now += 10min;
  EXPECT_EQ(pbx.status(planned), "executing");
  pbx.now += 240h;
  EXPECT_EQ(pbx.status(draft_id), "draft");
  EXPECT_EQ(pbx.reached().size(), 2U);
}

TEST(YeastarCreating, SendsToAPhonebook) {
  PbxSender pbx;
  auto const list = pbx.simulator->lists().at(1);
  auto body = PbxSender::order();
  body["recipient_type"] = "phonebook";
  body["recipient_id"] = Json::parse(list.id);
  body["recipient_num_type"] = "business_number2";
  body.erase("number_list");
  auto const id = pbx.create(body);
  EXPECT_EQ(pbx.row(id).at("recipient_name"), list.name);
  EXPECT_EQ(pbx.row(id).at("recipient_num_type"), "business_number2");
  EXPECT_EQ(pbx.detail(id).at("recipient_id").dump(), list.id);
  EXPECT_TRUE(pbx.detail(id).at("number_list").empty());
  pbx.now += 1h;
  auto const reached = pbx.reached();
  ASSERT_EQ(reached.size(), list.members.size());
  for (std::size_t i = 0; i < reached.size(); ++i) EXPECT_EQ(reached[i], list.members[i].number);
  body["recipient_id"] = 7;
  EXPECT_EQ(pbx.post_to("create", body), (Json{{"errcode", 70093}, {"errmsg", "PHONEBOOK_NOT_EXISTED"}}));
}

TEST(YeastarCreating, ShowsWhatWasAskedFor) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["omnichannel_id"] = 3;
  body["sender"] = 31;
  for (auto const* const type : {"extension", "queue"})
    for (int assigned = 1; assigned < 4; ++assigned) {
      body["send_mode"] = "new_session";
      body["assign_to_type"] = type;
      body["assign_to_id"] = assigned;
      auto const id = pbx.create(body);
      EXPECT_EQ(pbx.row(id).at("channel_name"), "Marketing");
      EXPECT_EQ(pbx.row(id).at("send_mode"), "new_session");
      auto const detail = pbx.detail(id);
      EXPECT_EQ(detail.at("omnichannel_id"), 3);
      EXPECT_EQ(detail.at("send_mode"), "new_session");
      EXPECT_EQ(detail.at("assign_to_type"), type);
      EXPECT_EQ(detail.at("assign_to_id"), assigned);
      EXPECT_EQ(pbx.get("message_campaign/query?ids=" + id).at("list")[0], detail);
      body["send_mode"] = "direct";
      EXPECT_EQ(pbx.row(pbx.create(body)).at("send_mode"), "direct");
    }
}

TEST(YeastarCreating, TakesEveryKindOfContent) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["content_type"] = "document";
  body["content"] = R"({"id":"5","name":"menu.pdf"})";
  EXPECT_EQ(pbx.detail(pbx.create(body)).at("content_type"), "document");
  body["channel_type"] = "whatsapp";
  body["omnichannel_id"] = 2;
  body["sender"] = 21;
  body["content_type"] = "template";
  body["msg_param"] = R"({"name":"offer"})";
  auto const id = pbx.create(body);
  auto const detail = pbx.detail(id);
  EXPECT_EQ(detail.at("content_type"), "template");
  EXPECT_EQ(detail.at("msg_param"), body["msg_param"]);
  EXPECT_EQ(detail.at("content"), "");
  EXPECT_EQ(pbx.row(id).at("channel_name"), "WhatsApp channel");
  EXPECT_FALSE(pbx.row(id).contains("msg_param"));
  body["content_type"] = "text";
  EXPECT_FALSE(pbx.detail(pbx.create(body)).contains("msg_param"));
}

struct Refused {
  char const* what;
  void (*change)(Json& body);
  char const* field;
  char const* validation;
};
Refused const refusals[] = {
    {"no name", [](Json& b) { b.erase("name"); }, "name", "required"},
    {"an empty name", [](Json& b) { b["name"] = ""; }, "name", "required"},
    {"a number as name", [](Json& b) { b["name"] = 5; }, "name", "string"},
    {"no channel type", [](Json& b) { b.erase("channel_type"); }, "channel_type", "required"},
    {"another channel type", [](Json& b) { b["channel_type"] = "viber"; }, "channel_type", "enum"},
    {"no channel", [](Json& b) { b.erase("omnichannel_id"); }, "omnichannel_id", "required"},
    {"a channel as text", [](Json& b) { b["omnichannel_id"] = "1"; }, "omnichannel_id", "integer"},
    {"a channel that does not exist", [](Json& b) { b["omnichannel_id"] = 9; }, "omnichannel_id", "invalid"},
    {"a channel of another type", [](Json& b) { b["omnichannel_id"] = 2; }, "omnichannel_id", "invalid"},
    {"no sender", [](Json& b) { b["sender"] = nullptr; }, "sender", "required"},
    {"the number itself as sender", [](Json& b) { b["sender"] = "+41791234567"; }, "sender", "integer"},
    {"a number of another channel", [](Json& b) { b["sender"] = 31; }, "sender", "invalid"},
    {"no recipient type", [](Json& b) { b.erase("recipient_type"); }, "recipient_type", "required"},
    {"another recipient type", [](Json& b) { b["recipient_type"] = "list"; }, "recipient_type", "enum"},
    {"no numbers", [](Json& b) { b.erase("number_list"); }, "number_list", "required"},
    {"an empty list", [](Json& b) { b["number_list"] = Json::array(); }, "number_list", "required"},
    {"a text as list", [](Json& b) { b["number_list"] = "+61400000000"; }, "number_list", "array"},
    {"numbers without objects", [](Json& b) { b["number_list"] = {"+61400000000"}; }, "number_list",
     "number"},
    {"a number without +", [](Json& b) { b["number_list"][1]["number"] = "61400000000"; }, "number_list",
     "number"},
    {"a number with spaces", [](Json& b) { b["number_list"][1]["number"] = "+61 400 000 000"; },
     "number_list", "number"},
    {"a number of 16 digits", [](Json& b) { b["number_list"][0]["number"] = "+6140000000000000"; },
     "number_list", "number"},
    {"a phonebook without its id", [](Json& b) { b["recipient_type"] = "phonebook"; }, "recipient_id",
     "required"},
    {"a phonebook without a kind of number",
     [](Json& b) { b["recipient_type"] = "phonebook", b["recipient_id"] = 1; }, "recipient_num_type",
     "required"},
    {"a phonebook with a contact's field",
     [](Json& b) {
       b["recipient_type"] = "phonebook", b["recipient_id"] = 1, b["recipient_num_type"] = "mobile";
     },
     "recipient_num_type", "enum"},
    {"no content type", [](Json& b) { b.erase("content_type"); }, "content_type", "required"},
    {"another content type", [](Json& b) { b["content_type"] = "html"; }, "content_type", "enum"},
    {"no content", [](Json& b) { b["content"] = ""; }, "content", "required"},
    {"a document that is no JSON", [](Json& b) { b["content_type"] = "document"; }, "content", "json"},
    {"a template without parameters", [](Json& b) { b["content_type"] = "template"; }, "msg_param",
     "required"},
    {"no send type", [](Json& b) { b.erase("send_type"); }, "send_type", "required"},
    {"another send type", [](Json& b) { b["send_type"] = "now"; }, "send_type", "enum"},
    {"a schedule without a time", [](Json& b) { b["send_type"] = "schedule"; }, "send_time", "required"},
    {"a time as text", [](Json& b) { b["send_type"] = "schedule", b["send_time"] = "2025-08-01 10:00:00"; },
     "send_time", "integer"},
    {"a time now",
     [](Json& b) { b["send_type"] = "schedule", b["send_time"] = start.time_since_epoch().count(); },
     "send_time", "min"},
    {"no send mode", [](Json& b) { b.erase("send_mode"); }, "send_mode", "required"},
    {"another send mode", [](Json& b) { b["send_mode"] = "session"; }, "send_mode", "enum"},
    {"a session for nobody", [](Json& b) { b["send_mode"] = "new_session"; }, "assign_to_type", "required"},
    {"a session for a group", [](Json& b) { b["send_mode"] = "new_session", b["assign_to_type"] = "group"; },
     "assign_to_type", "enum"},
    {"a session for an extension without a number",
     [](Json& b) { b["send_mode"] = "new_session", b["assign_to_type"] = "extension"; }, "assign_to_id",
     "required"},
    {"a session for a named extension",
     [](Json& b) {
       b["send_mode"] = "new_session", b["assign_to_type"] = "extension", b["assign_to_id"] = "1000";
     },
     "assign_to_id", "integer"},
};

TEST(YeastarCreating, RefusesWhatThePageDoesNotAllow) {
  PbxSender const pbx;
  for (auto const& [what, change, field, validation] : refusals) {
    SCOPED_TRACE(what);
    auto body = PbxSender::order();
    change(body);
    EXPECT_EQ(pbx.post_to("create", body), invalid_parameter(field, validation));
  }
  auto body = PbxSender::order();
  body.erase("name");
  EXPECT_EQ(pbx.post_to("create", body), json_sample("yeastar/error_parameter_required.json"));
  for (auto const* const text : {"", "[]", "{", "name=Spring"})
    for (auto const* const operation : {"create", "update"})
      EXPECT_EQ(
          pbx.json(pbx.send(
              "POST", std::string{"message_campaign/"} + operation + "?access_token=" + pbx.token, text)),
          (Json{{"errcode", 40001}, {"errmsg", "PARAMETER SYNTAX ERROR"}}));
  auto const form = pbx.simulator->handle(
      {.method = "POST",
       .url = "/openapi/v1.0/message_campaign/create?access_token=" + pbx.token,
       .headers = {{"User-Agent", "OpenAPI"}, {"Content-Type", "application/x-www-form-urlencoded"}},
       .body = PbxSender::order().dump()});
  EXPECT_EQ(pbx.json(form).at("errcode"), 40001) << "a body that is not declared as JSON";
  EXPECT_TRUE(pbx.simulator->campaigns().empty());
}

TEST(YeastarCreating, IsSilentAboutUnknownFieldsAndNeedsATokenAndItsVerb) {
  PbxSender pbx;
  auto body = PbxSender::order();
  body["colour"] = "red";
  body["recipient_id"] = "unused";
  body["send_time"] = "unused";
  body["number_list"][0]["id"] = 77;
  pbx.create(body);
  for (auto const* const operation : {"create", "update"}) {
    auto const path = std::string{"message_campaign/"} + operation;
    EXPECT_EQ(pbx.json(pbx.send("POST", path + "?access_token=x", body.dump())).at("errcode"), 10004);
    EXPECT_EQ(pbx.json(pbx.send("POST", path, body.dump())).at("errcode"), 10004);
    EXPECT_EQ(pbx.get(path + "?id=1").at("errcode"), 10001);
  }
  for (auto const* const operation : {"delete", "retry"})
    EXPECT_EQ(pbx.post_to(operation, {{"id", 1}}).at("errcode"), 10001);
  EXPECT_EQ(pbx.simulator->campaigns().size(), 1U);
}

TEST(YeastarCreating, AnswersAsItsSwitchesSay) {
  PbxSender const pbx;
  auto const create = [&](char const* name, char const* value) {
    EXPECT_TRUE(pbx.simulator->set_switch(name, value));
    return pbx.post_to("create", PbxSender::order());
  };
  auto const number = [&] { return Json(pbx.simulator->campaigns().front().number); };
  auto const at_the_top = create("create_answer", "id");
  EXPECT_EQ(at_the_top.at("id"), number());
  EXPECT_EQ(create("create_answer", "bare"), (Json{{"errcode", 0}, {"errmsg", "SUCCESS"}}));
  auto const nested = create("create_answer", "data");
  EXPECT_EQ(nested.at("data"), (Json{{"id", number()}}));
  EXPECT_FALSE(nested.contains("id"));
  ASSERT_TRUE(pbx.simulator->set_switch("create_answer", "id"));
  auto const text = create("id", "text");
  EXPECT_EQ(text.at("id"), number().dump());
  EXPECT_EQ(create("success", "processing").at("errcode"), 2);
  EXPECT_EQ(create("success", "partial").at("errmsg"), "PARTIAL SUCCESS");
  EXPECT_EQ(pbx.simulator->campaigns().size(), 6U);
}

TEST(YeastarCreating, StopsAtAThousandCampaigns) {
  PbxSender const pbx{999};
  EXPECT_EQ(pbx.post_to("create", PbxSender::order()).at("errcode"), 0);
  EXPECT_EQ(pbx.post_to("create", PbxSender::order()),
            (Json{{"errcode", 60002}, {"errmsg", "MAX LIMITATION EXCEEDED"}}));
  EXPECT_EQ(pbx.simulator->campaigns().size(), 1000U);
  ASSERT_TRUE(pbx.simulator->set_switch("quota", "off"));
  EXPECT_EQ(pbx.post_to("create", PbxSender::order()).at("errcode"), 0);
}

TEST(YeastarCreating, RunsOneCampaignAtATime) {
  PbxSender pbx;
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(pbx.create(PbxSender::order(2, "n" + std::to_string(i))));
  std::vector<std::string> seen;
  for (int step = 0; step < 6; ++step) {
    seen.emplace_back();
    for (auto const& id : ids) seen.back() += pbx.status(id).front();
    pbx.now += 10min;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"ppp", "epp", "cep", "cce", "ccc", "ccc"}))
      << "first come, first served";
  EXPECT_EQ(pbx.reached().size(), 6U);
}

}  // namespace
}  // namespace polycampaign::test::yeastar_writing
