#include "polycampaign/testing/http_message.hpp"

#include "testing/dexatel_account.hpp"

#include <set>
#include <tuple>

/// What campaigns at the simulator of Dexatel need: templates, audiences, contacts and senders.
namespace polycampaign::test::dexatel_audiences {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::percent_encode;

std::vector<int> codes_in(Json const& answer) {
  std::vector<int> codes;
  for (auto const& error : answer.at("errors")) codes.push_back(error.value("code", 0));
  return codes;
}

std::vector<std::string> all_of(Json const& page, char const* member) {
  std::vector<std::string> values;
  for (auto const& item : page.at("data")) values.push_back(item.at(member).get<std::string>());
  return values;
}

TEST(DexatelTemplates, AreCreatedAndFound) {
  DexatelAccount const service{5};
  EXPECT_TRUE(service.json("/v1/templates").at("data").empty());
  auto const made =
      service
          .post("/v1/templates",
                {{"name", "spring"}, {"text", "Spring is here"}, {"channel", "SMS"}, {"colour", "green"}})
          .at("data");
  EXPECT_EQ(made, (Json{{"id", made.at("id")},
                        {"account_id", made.at("account_id")},
                        {"name", "spring"},
                        {"text", "Spring is here"},
                        {"channel", "SMS"},
                        {"status", "COMPLETED"}}));
  EXPECT_EQ(made.at("id").get<std::string>().size(), 36U);
  EXPECT_EQ(service.json("/v1/templates/" + made.at("id").get<std::string>()).at("data"), made);
  EXPECT_EQ(codes_in(service.json("/v1/templates/none", 404)), std::vector<int>{1251});
  service.make_template("viber", "viber");
  EXPECT_EQ(service.json("/v1/templates").at("data").size(), 2U);
  EXPECT_EQ(all_of(service.json("/v1/templates?filter%5Bchannel%5D=viber"), "text"),
            std::vector<std::string>{"viber"});
  EXPECT_EQ(all_of(service.json("/v1/templates?filter%5Bname%5D=spring"), "id"),
            std::vector<std::string>{made.at("id")});
  EXPECT_TRUE(service.json("/v1/templates?filter%5Bstatus%5D=PENDING").at("data").empty());
  ASSERT_TRUE(service.simulator->set_switch("channel_case", "lower"));
  EXPECT_EQ(service.json("/v1/templates").at("data")[0].at("channel"), "sms");
}

TEST(DexatelTemplates, AreRefused) {
  DexatelAccount const service{5};
  service.post("/v1/templates", {{"name", "taken"}, {"text", "a"}, {"channel", "SMS"}});
  std::string wide;
  for (int i = 0; i < 1000; ++i) wide += "Ж";
  using Row = std::tuple<Json, std::vector<int>>;
  for (auto const& [data, codes] :
       {Row{{{"channel", "SMS"}}, {1255}}, Row{{{"text", wide + "a"}, {"channel", "SMS"}}, {1263}},
        Row{{{"text", "a"}}, {1256}}, Row{{{"text", "a"}, {"channel", "FAX"}}, {1256}},
        Row{{{"text", "a"}, {"channel", "SMS"}, {"name", std::string(46, 'a')}}, {1261}},
        Row{{{"text", "a"}, {"channel", "WHATSAPP"}}, {1260, 1241}},
        Row{{{"name", "taken"}}, {1255, 1256, 1257}}})
    EXPECT_EQ(codes_in(service.post("/v1/templates", data, 400)), codes) << data.dump();
  EXPECT_EQ(
      codes_in(service.post("/v1/templates", {{"text", "a"}, {"channel", "SMS"}, {"name", "taken"}}, 409)),
      std::vector<int>{1257});
  EXPECT_EQ(service.json("/v1/templates").at("data").size(), 1U);
  for (int i = 0; i < 2; ++i) service.post("/v1/templates", {{"text", wide}, {"channel", "SMS"}});
  auto const names = all_of(service.json("/v1/templates"), "name");
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3U) << "assigned when omitted";
}

TEST(DexatelAudiences, AreCreatedAndGrow) {
  DexatelAccount const service{5};
  auto const generated = service.simulator->lists().size();
  Json const data{{"name", "spring_2025-A"},
                  {"channel", "SMS"},
                  {"contacts",
                   {{{"number", "+41781234567"}, {"first_name", std::string(32, 'a')}, {"custom2", "x"}},
                    {{"number", "41781234568"}, {"tags", Json::array({"a", "b"})}}}}};
  auto const made = service.post("/v1/audiences", data).at("data");
  EXPECT_EQ(keys_of(made),
            (std::vector<std::string>{"id", "account_id", "name", "channel", "create_date", "update_date"}));
  EXPECT_EQ(made.at("create_date"), "2025-03-01 09:00:00");
  auto const path = "/v1/audiences/" + made.at("id").get<std::string>();
  EXPECT_EQ(service.json(path).at("data").at("contacts_count"), 2);
  EXPECT_EQ(service.json(path).at("data").at("name"), "spring_2025-A");

  service.post(path + "/contacts", {{"contacts", service.contacts(3)}});
  service.post(path + "/contacts", {{"number", "+41781234569"}});  // one, as an update takes it
  EXPECT_EQ(service.json(path).at("data").at("contacts_count"), 6);
  EXPECT_EQ(all_of(service.json(path + "/contacts"), "number"),
            (std::vector<std::string>{"+41781234567", "+41781234568", "+41780000000", "+41780000001",
                                      "+41780000002", "+41781234569"}));
  EXPECT_EQ(service.json(path + "/contacts?filter%5Bsearch%5D=4178123").at("data").size(), 3U);
  EXPECT_EQ(service.simulator->lists().back().members.size(), 6U);

  service.make_audience(0, "VIBER");
  EXPECT_EQ(service.json("/v1/audiences?page_size=100").at("data").size(), generated + 2);
  EXPECT_EQ(service.json("/v1/audiences?filter%5Bchannel%5D=VIBER").at("data").size(), 1U);
}

TEST(DexatelAudiences, AreRefused) {
  DexatelAccount const service{5};
  auto const taken = service.simulator->lists().size();
  service.post("/v1/audiences", {{"name", "taken"}, {"channel", "SMS"}});
  auto const with = [](Json const& contact) {
    return Json{{"name", "x"}, {"channel", "SMS"}, {"contacts", Json::array({contact})}};
  };
  using Row = std::tuple<Json, std::vector<int>>;
  for (auto const& [data, codes] :
       {Row{{{"channel", "SMS"}}, {1303}}, Row{{{"name", "a b"}, {"channel", "SMS"}}, {1304}},
        Row{{{"name", "é"}, {"channel", "SMS"}}, {1304}},
        Row{{{"name", std::string(46, 'a')}, {"channel", "SMS"}}, {1305}}, Row{{{"name", "x"}}, {1306}},
        Row{{{"name", "x"}, {"channel", "FAX"}}, {1307}},
        Row{{{"name", "x"}, {"channel", "SMS"}, {"contacts", "+41781234567"}}, {1308}},
        Row{with({{"first_name", "a"}}), {1353}}, Row{with(nullptr), {1353}},
        Row{with({{"number", 41781234567}}), {1353}}, Row{with({{"number", "+4178 123 45 67"}}), {1354}},
        Row{with({{"number", "123456"}}), {1354}}, Row{with({{"number", "+1234567890123456"}}), {1355}},
        Row{with({{"number", "1234567890123456"}}), {1355}},
        Row{with({{"number", "+41781234567"}, {"tags", Json::array({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})}}),
            {1359}},
        Row{with({{"number", "+41781234567"},
                  {"first_name", std::string(33, 'a')},
                  {"last_name", std::string(33, 'a')}}),
            {1361, 1362}},
        Row{{{"name", "taken"}, {"contacts", Json::array({{{"number", "x"}}})}}, {1306, 1354, 1309}}})
    EXPECT_EQ(codes_in(service.post("/v1/audiences", data, 400)), codes) << data.dump();
  auto const exists = service.post("/v1/audiences", {{"name", "taken"}, {"channel", "SMS"}}, 409);
  EXPECT_EQ(codes_in(exists), std::vector<int>{1309});
  auto twice = service.contacts(1);
  twice.push_back({{"number", "41780000000"}});
  EXPECT_EQ(
      codes_in(service.post("/v1/audiences", {{"name", "x"}, {"channel", "SMS"}, {"contacts", twice}}, 409)),
      std::vector<int>{1360});
  EXPECT_EQ(service.simulator->lists().size(), taken + 1);
}

TEST(DexatelAudiences, KnowTheirIdsAndTheirContacts) {
  DexatelAccount const service{5};
  auto const id = service.make_audience(2);
  auto const path = "/v1/audiences/" + id + "/contacts";
  EXPECT_EQ(codes_in(service.post(path, {{"contacts", service.contacts(3, 1)}}, 409)), std::vector<int>{1360})
      << "the first one is there already";
  EXPECT_EQ(codes_in(service.post(path, Json::object(), 400)), std::vector<int>{1353});
  EXPECT_EQ(service.simulator->lists().back().members.size(), 2U) << "all or none";
  for (auto const* const rest : {"", "/contacts"}) {
    EXPECT_EQ(codes_in(service.json(std::string{"/v1/audiences/5"} + rest, 400)), std::vector<int>{1302});
    auto const none = std::string{"/v1/audiences/48e200b7-be98-4360-b5c7-5dfac16b06f9"} + rest;
    EXPECT_EQ(codes_in(service.json(none, 404)), std::vector<int>{1301});
  }
  EXPECT_EQ(codes_in(service.post("/v1/audiences/5/contacts", Json::object(), 400)), std::vector<int>{1302});
  EXPECT_EQ(codes_in(service.post("/v1/audiences/48e200b7-be98-4360-b5c7-5dfac16b06f9/contacts",
                                  Json::object(), 404)),
            std::vector<int>{1301});
}

TEST(DexatelSenders, AreNamedByChannel) {
  DexatelAccount const service{5};
  auto const senders = service.json("/v1/senders");
  EXPECT_EQ(all_of(senders, "name"),
            (std::vector<std::string>{"MyBrand", "ACME", "+41791234567", "MyBrand", "MyBrand"}));
  EXPECT_EQ(all_of(senders, "type"), (std::vector<std::string>{"alphanumeric", "alphanumeric", "did",
                                                               "alphanumeric", "alphanumeric"}));
  auto const ids = all_of(senders, "id");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 5U);
  auto const filtered = [&](std::string const& name, std::string const& value) {
    return service.json("/v1/senders?filter%5B" + name + "%5D=" + percent_encode(value)).at("data").size();
  };
  EXPECT_EQ(filtered("channel", "SMS"), 3U);
  EXPECT_EQ(filtered("channel", "whatsapp"), 1U);
  EXPECT_EQ(filtered("name", "MyBrand"), 3U);
  EXPECT_EQ(filtered("type", "did"), 1U);
  EXPECT_EQ(filtered("status", "available"), 5U);
  EXPECT_EQ(filtered("status", "blocked"), 0U);
}

TEST(DexatelPages, OfEverythingEndAndBelongToTheirList) {
  for (auto const* const next : {"absolute", "relative", "token", "foreign"}) {
    SCOPED_TRACE(next);
    DexatelAccount const service{5, {{"next", next}}};
    for (int i = 0; i < 5; ++i) service.make_template("text " + std::to_string(i));
    std::vector<std::string> texts;
    std::string token;
    int pages = 0;
    while (true) {
      auto const page = service.json("/v1/templates?page_size=2&filter%5Bchannel%5D=SMS" +
                                     (token.empty() ? "" : "&page_token=" + percent_encode(token)));
      for (auto& text : all_of(page, "text")) texts.push_back(std::move(text));
      EXPECT_EQ(page.at("pagination").at("number"), ++pages);
      EXPECT_EQ(page.at("pagination").at("total"), 5);
      if (next_of(page).is_null()) break;
      auto const link = next_of(page).get<std::string>();
      token = std::string_view{next} == "token"
                  ? link
                  : testing::parse_target(link).parameter("page_token").value_or("");
      ASSERT_FALSE(token.empty());
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(texts, (std::vector<std::string>{"text 0", "text 1", "text 2", "text 3", "text 4"}));
    auto const other = percent_encode(token);
    service.json("/v1/templates?page_size=2&page_token=" + other, 400);
    service.json("/v1/senders?page_size=2&filter%5Bchannel%5D=SMS&page_token=" + other, 400);
    service.json("/v1/templates?page_token=1", 400);
    service.json("/v1/templates?page_size=0", 400);
    service.json("/v1/templates?page_size=x", 400);
  }
  DexatelAccount const capped{5, {{"page_cap", "2"}, {"end", "absent"}, {"number", "0"}}};
  auto const page = capped.json("/v1/senders?page_size=100");
  EXPECT_EQ(page.at("data").size(), 2U);
  EXPECT_EQ(page.at("pagination").at("number"), 0);
  EXPECT_FALSE(page.at("pagination").at("links").contains("previous"));
}

}  // namespace
}  // namespace polycampaign::test::dexatel_audiences
