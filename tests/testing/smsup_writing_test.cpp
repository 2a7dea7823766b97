#include "testing/other_program.hpp"
#include "testing/sample.hpp"
#include "testing/smsup_account.hpp"

#include <map>
#include <set>
#include <tuple>

/// How the simulator of SMSUP sends, in both formats.
namespace polycampaign::test::smsup_writing {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

constexpr auto day_of_the_sample = std::chrono::sys_days{2024y / 4 / 7} + 8h;
constexpr auto json_type = "application/json";
constexpr auto xml_type = "application/xml";

/// An answer in either format, by the names of its members.
using Members = std::map<std::string, std::string>;

Members members_of(HttpResponse const& response) {
  EXPECT_EQ(response.status, 200);
  Members members;
  if (response.body.starts_with('{')) {
    auto const document = Json::parse(response.body, nullptr, false);
    for (auto const& [name, value] : document.items())
      members[name] = value.is_string() ? value.get<std::string>() : value.dump();
    return members;
  }
  pugi::xml_document document;
  EXPECT_TRUE(document.load_buffer(response.body.data(), response.body.size())) << response.body;
  for (auto const member : document.child("response").children())
    members[member.name()] = member.text().get();
  return members;
}

std::set<std::string> names_of(Members const& members) {
  std::set<std::string> names;
  for (auto const& [name, value] : members) names.insert(name);
  return names;
}

/// The names in a published answer, whose comments and missing commas are no JSON.
std::set<std::string> names_in_sample(std::string_view path) {
  std::set<std::string> names;
  auto const text = sample(path);
  for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
    auto const end = text.find('"', at + 1);
    if (text.compare(end, 2, "\":") == 0) names.insert(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return names;
}

/// An XML request with these elements in `message`, to these numbers.
std::string xml_to(std::string const& message, std::vector<std::string> const& numbers) {
  auto body = "<sms><message>" + message + "</message><recipients>";
  for (auto const& number : numbers) body += "<gsm>" + number + "</gsm>";
  return body + "</recipients></sms>";
}

class Format : public ::testing::TestWithParam<char const*> {
 protected:
  static bool is_json() { return std::string_view{GetParam()} == json_type; }
  /// The published sample in this format.
  static std::string request() {
    return sample(is_json() ? "smsup/send.request.json" : "smsup/send.request.xml");
  }
};
INSTANTIATE_TEST_SUITE_P(Both, Format, ::testing::Values(json_type, xml_type),
                         [](auto const& tested) { return std::string{tested.param}.substr(12); });

TEST_P(Format, SendsThePublishedSample) {
  SmsupAccount const service{5, {}, day_of_the_sample};
  auto const answer = members_of(service.post("/send", request(), GetParam(), GetParam()));
  auto const ticket = answer.at("ticket");
  EXPECT_EQ(answer, (Members{{"status", "1"},
                             {"message", "OK"},
                             {"ticket", ticket},
                             {"cost", "2"},
                             {"credits", "99998"},
                             {"total", "2"},
                             {"sent", "2"},
                             {"blacklisted", "0"},
                             {"duplicated", "0"},
                             {"npai", "0"},
                             {"invalid", "0"},
                             {"not_allowed", "0"},
                             {"flood", "0"},
                             {"country_limit", "0"}}));
  auto const record = service.json("/campaign/" + ticket).at("campaign").at(0);
  EXPECT_EQ(record.at("status"), "Waiting");
  EXPECT_EQ(record.at("date"), "2024-04-07 10:36:33") << "the same clock as in the request";
  EXPECT_EQ(record.at("creation_date"), "2024-04-07 10:00:00");
  EXPECT_EQ(record.at("sender"), "Illidan");
  EXPECT_EQ(record.at("text"), "Message via API");
  EXPECT_EQ(record.at("cost"), "2");
  EXPECT_EQ(record.at("total"), "2");
  EXPECT_EQ(record.at("lists"), Json::array());

  auto const start = std::chrono::sys_days{2024y / 4 / 7} + 8h + 36min + 33s;  // Paris is two hours ahead
  *service.clock = start - 1s;
  EXPECT_TRUE(service.reached().empty());
  *service.clock = start;
  EXPECT_EQ(service.reached(), std::vector<std::string>{"+41781234567"});
  *service.clock = start + 10min;
  auto const reached = service.simulator->reached();
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_EQ(reached[1].number, "+41781234566");
  EXPECT_EQ(reached[0].at, start);
  EXPECT_EQ(reached[0].campaign, ticket);
  EXPECT_EQ(service.simulator->requests().at(static_cast<std::size_t>(reached[0].request) - 1), "POST /send");
  auto const addressed = service.campaign(ticket).addressed;
  EXPECT_EQ(addressed[0].reference, "100");
  EXPECT_EQ(addressed[1].reference, "101");
}

TEST_P(Format, HasTheMembersOfThePublishedAnswers) {
  SmsupAccount const service{5, {}, day_of_the_sample};
  auto const sent = [&](char const* path) {
    return names_of(members_of(service.post(path, request(), GetParam(), GetParam())));
  };
  pugi::xml_document published;
  ASSERT_TRUE(published.load_file(POLYCAMPAIGN_TEST_DATA "/smsup/simulate_single.response.g2.xml"));
  std::set<std::string> simulated;
  for (auto const member : published.child("response").children()) simulated.insert(member.name());
  EXPECT_EQ(sent("/send/simulate"), simulated);
  EXPECT_EQ(simulated, names_in_sample("smsup/simulate_lists.response.g2.json.txt"));
  ASSERT_TRUE(service.simulator->set_switch("generation", "g1"));
  EXPECT_EQ(sent("/send"), names_in_sample("smsup/send.response.g1.json.txt"));
}

TEST_P(Format, OtherProgramsReadTheAnswers) {
  SmsupAccount const service{5, {}, day_of_the_sample};
  auto const body = service.post("/send", request(), GetParam(), GetParam()).body;
  if (is_json() && has_program("jq")) {
    EXPECT_EQ(output_of("jq -c '[.status,.cost,.credits,(.ticket|type)]'", body), "[1,2,99998,\"string\"]\n");
  }
  if (!is_json() && has_program("xmllint")) {
    EXPECT_EQ(output_of("xmllint --noout - 2>&1", body), "");
    EXPECT_EQ(output_of("xmllint --xpath 'string(/response/credits)' -", body), "99998\n");
  }
}

TEST_P(Format, SimulatesWithoutSending) {
  SmsupAccount const service{5, {}, day_of_the_sample};
  auto const answer = members_of(service.post("/send/simulate", request(), GetParam(), GetParam()));
  EXPECT_EQ(answer.at("status"), "1");
  EXPECT_EQ(answer.at("cost"), "2");
  EXPECT_EQ(answer.at("credits"), "99998") << "as it would be";
  EXPECT_EQ(answer.count("ticket"), 0U);
  EXPECT_EQ(service.credits(), 100'000);
  EXPECT_EQ(service.simulator->campaigns().size(), 5U);
  *service.clock += 48h;
  EXPECT_TRUE(service.reached().empty());
}

TEST_P(Format, ReadsWhatPeopleWrite) {
  SmsupAccount const service{5};
  std::string const text = "Žlutý <b>kůň</b> & \"co\" ]]> 🌷\nline  [info1]";
  auto const json = Json{{"sms",
                          {{"message", {{"text", text}, {"unicode", 1}}},
                           {"recipients", {{"gsm", Json::array({{{"value", "+41781234567"}}})}}}}}};
  auto const xml = xml_to(
      "<text>Žlutý &lt;b&gt;kůň&lt;/b&gt; <![CDATA[& \"co\" ]]]]>&gt; &#x1F337;\nline  [info1]"
      "</text><unicode>1</unicode>",
      {"41781234567"});
  auto const answer =
      members_of(service.post("/send", is_json() ? json.dump() : xml, GetParam(), GetParam()));
  ASSERT_EQ(answer.at("status"), "1") << answer.at("message");
  *service.clock += 1h;
  ASSERT_EQ(service.simulator->reached().size(), 1U);
  EXPECT_EQ(service.simulator->reached()[0].text, text);
  EXPECT_EQ(service.simulator->reached()[0].number, "+41781234567") << "with and without +";
}

struct Refusal {
  char const* what;
  std::string message;   ///< members of the message in JSON
  std::string elements;  ///< the same in XML
  std::vector<std::string> numbers;
  int status;
  char const* details;
};

TEST_P(Format, RefusesAndTakesNothing) {
  std::vector<std::string> const one{"41781234567"};
  Refusal const cases[] = {
      {"no text", R"({"pushtype":"alert"})", "<pushtype>alert</pushtype>", one, -7, "text is missing"},
      {"an empty text", R"({"text":""})", "<text></text>", one, -7, "text is missing"},
      {"another pushtype", R"({"text":"a","pushtype":"sales"})", "<text>a</text><pushtype>sales</pushtype>",
       one, -7, "pushtype is invalid"},
      {"another unicode", R"({"text":"a","unicode":2})", "<text>a</text><unicode>2</unicode>", one, -7,
       "unicode is invalid"},
      {"a mark without a link", R"({"text":"a <-short->"})", "<text>a &lt;-short-&gt;</text>", one, -7,
       "links are invalid"},
      {"a link without a mark", R"({"text":"a","links":["https://a.example"]})",
       "<text>a</text><links>https://a.example</links>", one, -7, "links are invalid"},
      {"nobody", R"({"text":"a"})", "<text>a</text>", {}, -7, "recipients are missing"},
      {"a past start", R"({"text":"a","delay":"2024-11-05 13:00:00"})",
       "<text>a</text><delay>2024-11-05 13:00:00</delay>", one, -4, ""},
      {"a start that is no time", R"({"text":"a","delay":"2024-11-06T13:00:00"})",
       "<text>a</text><delay>2024-11-06T13:00:00</delay>", one, -4, ""},
      {"a start on no day", R"({"text":"a","delay":"2025-02-29 13:00:00"})",
       "<text>a</text><delay>2025-02-29 13:00:00</delay>", one, -4, ""},
      {"a start in the hour that Paris leaves out", R"({"text":"a","delay":"2025-03-30 02:30:00"})",
       "<text>a</text><delay>2025-03-30 02:30:00</delay>", one, -4, ""},
  };
  SmsupAccount const service{5};
  for (auto const& [what, message, elements, numbers, status, details] : cases) {
    auto gsm = Json::array();
    for (auto const& number : numbers) gsm.push_back({{"value", number}});
    Json const body{{"sms", {{"message", Json::parse(message)}, {"recipients", {{"gsm", gsm}}}}}};
    for (auto const* const path : {"/send", "/send/simulate"}) {
      SCOPED_TRACE(std::string{what} + ' ' + path);
      auto const answer = members_of(
          service.post(path, is_json() ? body.dump() : xml_to(elements, numbers), GetParam(), GetParam()));
      EXPECT_EQ(answer.at("status"), std::to_string(status));
      EXPECT_EQ(answer.contains("details") ? answer.at("details") : "", details);
      EXPECT_FALSE(answer.contains("cost"));
      EXPECT_NE(answer.at("message"), "OK");
    }
  }
  EXPECT_EQ(service.credits(), 100'000);
  EXPECT_EQ(service.simulator->campaigns().size(), 5U);
}

TEST(SmsupWriting, ReadsTheBodyByItsContentType) {
  SmsupAccount const service{5};
  auto const json = Json{{"sms",
                          {{"message", {{"text", "a"}}},
                           {"recipients", {{"gsm", Json::array({{{"value", "41781234567"}}})}}}}}}
                        .dump();
  auto const xml = xml_to("<text>a</text>", {"41781234567"});
  using Row = std::tuple<std::string, char const*, char const*>;
  for (auto const& [body, type, status] :
       {Row{json, "application/json", "1"}, Row{json, "application/json; charset=utf-8", "1"},
        Row{json, "", "-2"}, Row{json, "application/x-www-form-urlencoded", "-2"},
        Row{json, "application/xml", "-2"}, Row{xml, "", "1"}, Row{xml, "text/xml", "1"},
        Row{xml, "application/json", "-6"}, Row{"", "application/json", "-6"}, Row{"", "", "-2"},
        Row{"{\"sms\":", "application/json", "-6"}, Row{"[]", "application/json", "-6"},
        Row{R"({"message":{}})", "application/json", "-6"}, Row{"<sms><message>", "", "-2"},
        Row{"<list></list>", "", "-2"}, Row{xml_to("<text>\xff</text>", {"41781234567"}), "", "-2"},
        Row{R"({"sms":{"message":{"text":"a"},"recipients":{"gsm":"41781234567"}}})", "application/json",
            "-7"},
        Row{R"({"sms":{"message":{"text":"a","links":"x"}}})", "application/json", "-7"}}) {
    for (auto const* const accept : {"application/json", ""}) {
      auto const response = service.post("/send", body, type, accept);
      EXPECT_EQ(response.body.front(), *accept == '\0' ? '<' : '{') << "the answer follows Accept";
      EXPECT_EQ(members_of(response).at("status"), status) << body << " as " << type;
    }
  }
}

TEST(SmsupWriting, IsSilentAboutUnknownMembers) {
  SmsupAccount const service{5};
  EXPECT_EQ(service.send({"41781234567"}, {{"colour", "red"}, {"delay", nullptr}, {"links", Json::array()}})
                .at("status"),
            1);
  auto const xml = service.post("/send", xml_to("<text>a</text><colour>red</colour>", {"41781234567"}),
                                xml_type, json_type);
  EXPECT_EQ(Json::parse(xml.body).at("status"), 1);
}

TEST(SmsupWriting, SendsToListsOfBothKindsOfIds) {
  SmsupAccount const service{5};
  auto const lists = service.simulator->lists();
  auto const& text_id = *std::ranges::find_if(lists, [](auto const& l) { return l.id.size() == 24; });
  auto const& number_id = *std::ranges::find_if(lists, [](auto const& l) { return l.id.size() != 24; });
  auto body = json_sample("smsup/send_lists.request.g3.json");
  body["sms"]["lists"] = {{{"value", text_id.id}}, {{"value", Json::parse(number_id.id)}}};
  body["sms"]["message"]["delay"] = "2024-11-06 10:00:00";
  body["sms"]["recipients"] = {{"gsm", {{{"value", "41790000000"}}}}};  // no member of this request
  auto const total = text_id.members.size() + number_id.members.size();
  auto const simulated = Json::parse(service.post("/send/lists/simulate", body.dump()).body);
  EXPECT_EQ(simulated.at("total"), total);
  EXPECT_FALSE(simulated.contains("ticket"));
  EXPECT_EQ(service.simulator->campaigns().size(), 5U);

  auto const answer = Json::parse(service.post("/send/lists", body.dump()).body);
  EXPECT_EQ(answer.at("status"), 1);
  EXPECT_EQ(answer.at("total"), total);
  EXPECT_EQ(answer.at("cost"), total);
  EXPECT_EQ(service.json("/campaign/" + answer.at("ticket").get<std::string>()).at("campaign")[0].at("lists"),
            (Json{{{"id", text_id.id}}, {{"id", number_id.id}}}));
  auto const xml = "<sms><message><text>a</text></message><lists><value>" + text_id.id +
                   "</value></lists><lists><value>" + number_id.id + "</value></lists></sms>";
  EXPECT_EQ(members_of(service.post("/send/lists", xml, xml_type, xml_type)).at("total"),
            std::to_string(total));
  body["sms"]["lists"].push_back({{"value", 45190}});
  auto const unknown = Json::parse(service.post("/send/lists", body.dump()).body);
  EXPECT_EQ(unknown.at("status"), -5);
  EXPECT_EQ(unknown.at("details"), "list not found");
  body["sms"].erase("lists");
  EXPECT_EQ(Json::parse(service.post("/send/lists", body.dump()).body).at("status"), -7);
  *service.clock += 48h;
  EXPECT_EQ(service.reached().front(), text_id.members.front().number);
  EXPECT_EQ(service.reached().size(), 2 * total);
}

TEST(SmsupWriting, SendsOneMessageByItsQuery) {
  SmsupAccount const service{5};
  auto const path = "/send?text=Caf%C3%A9+%26+more&to=41781234567&sender=MyShop&pushtype=alert&gsmsmsid=7";
  auto const answer = service.json(path);
  EXPECT_EQ(answer.at("status"), 1);
  EXPECT_EQ(answer.at("total"), 1);
  EXPECT_EQ(service.json("/send/simulate?text=a&to=41781234567").count("ticket"), 0U);
  auto const bare = service.simulator->handle(
      {.url = "/send?text=a&to=41781234568&token=" + service.token, .headers = {{"Accept", json_type}}});
  EXPECT_EQ(Json::parse(bare.body).at("status"), 1) << "the query may contain the token";
  EXPECT_EQ(service.simulator->count(service.token), 0U) << "which the log masks";
  for (auto const* const wrong : {"/send?text=a&to=1&token=x", "/send", "/campaigns?token="}) {
    auto const url = std::string{wrong} + (std::string_view{wrong}.ends_with('=') ? service.token : "");
    auto const refused = service.simulator->handle({.url = url, .headers = {{"Accept", json_type}}});
    EXPECT_EQ(Json::parse(refused.body).at("status"), -1) << wrong;
  }
  EXPECT_EQ(service.json("/send?to=41781234567").at("status"), -7);
  EXPECT_EQ(service.json("/send?text=a").at("status"), -7);
  EXPECT_EQ(service.json("/send?text=a&to=41781234567&delay=2020-01-01+00:00:00").at("status"), -4);
  *service.clock += 1h;
  ASSERT_EQ(service.simulator->reached().size(), 2U);
  EXPECT_EQ(service.simulator->reached()[0].text, "Café & more");
}

}  // namespace
}  // namespace polycampaign::test::smsup_writing
