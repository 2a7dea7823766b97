#include "polycampaign/testing/http_message.hpp"

#include "testing/dexatel_account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using polycampaign::testing::percent_encode;

struct SwitchCase {
  char const* name;
  char const* value;
  void (*check)(DexatelAccount const&);
};

std::string second_link(DexatelAccount const& s) {
  return next_of(s.json("/v1/campaigns")).get<std::string>();
}

/// Whether an asked-for absence is there: null, "" or no member.
void expect_end(DexatelAccount const& s, Json const& wanted) {
  auto const links = s.json("/v1/campaigns?page_size=100").at("pagination").at("links");
  for (auto const* name : {"next", "previous"})
    EXPECT_EQ(links.contains(name) ? links.at(name) : Json("none"), wanted) << name;
}

void expect_schedule(DexatelAccount const& s, Json const& wanted) {
  for (std::size_t i = 0; i < 20; ++i) {
    auto const record = s.records()[i];
    if (s.truth[i].immediate)
      EXPECT_EQ(record.contains("schedule") ? record.at("schedule") : Json("none"), wanted);
    else
      EXPECT_EQ(record.at("schedule").get<std::string>().size(), 19U);
  }
}

void expect_dates(DexatelAccount const& s, std::size_t first_dash, std::size_t size) {
  for (auto const& record : s.records())
    for (auto const* name : {"create_date", "update_date"}) {
      auto const text = record.at(name).get<std::string>();
      EXPECT_EQ(text.size(), size) << text;
      EXPECT_EQ(text.find('-'), first_dash) << text;
    }
}

void expect_word(DexatelAccount const& s, StatusCode code, char const* word) {
  EXPECT_EQ(s.read(s.with(code))["data"][0].at("status"), word);
  auto const list = s.records("?page_size=100");
  EXPECT_TRUE(std::ranges::any_of(list, [&](auto const& c) { return c.at("status") == word; }));
}

void expect_code(Json const& answer, int code) {
  ASSERT_EQ(answer.at("errors").size(), 1U) << answer.dump(1);
  EXPECT_EQ(answer.at("errors").at(0).at("code"), code);
}

SwitchCase const switch_cases[] = {
    {"read", "array",
     [](DexatelAccount const& s) { EXPECT_EQ(s.read(s.truth[2]).at("data").at(0).at("id"), s.truth[2].id); }},
    {"read", "object",
     [](DexatelAccount const& s) { EXPECT_EQ(s.read(s.truth[2]).at("data").at("id"), s.truth[2].id); }},
    {"read", "root",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.read(s.truth[2]).at("id"), s.truth[2].id);
       EXPECT_FALSE(s.read(s.truth[2]).contains("data"));
     }},
    {"list_shape", "d2b",
     [](DexatelAccount const& s) {
       EXPECT_TRUE(s.json("/v1/campaigns").contains("pagination"));
       EXPECT_FALSE(s.records()[0].contains("messages"));
     }},
    {"list_shape", "d2a",
     [](DexatelAccount const& s) {
       auto const document = s.json("/v1/campaigns?page_size=3");
       EXPECT_EQ(keys_of(document), std::vector<std::string>{"data"});
       ASSERT_EQ(document.at("data").size(), 60U);
       for (std::size_t i = 0; i < 60; ++i) {
         EXPECT_FALSE(document.at("data").at(i).contains("channel"));
         EXPECT_EQ(document.at("data").at(i).at("messages").at("total"), s.truth[i].counters.messages);
       }
       EXPECT_FALSE(s.read(s.truth[0])["data"][0].contains("channel"));
       EXPECT_LT(s.json("/v1/campaigns?filter%5Bchannel%5D=VIBER").at("data").size(), 60U);
     }},
    {"next", "absolute",
     [](DexatelAccount const& s) {
       EXPECT_TRUE(second_link(s).starts_with(s.simulator->base_url() + "/v1/campaigns?page_token="));
       EXPECT_EQ(read_list(s, "/v1/campaigns"), s.simulator->campaign_ids());
     }},
    {"next", "relative",
     [](DexatelAccount const& s) {
       EXPECT_TRUE(second_link(s).starts_with("/v1/campaigns?page_token="));
       EXPECT_EQ(read_list(s, "/v1/campaigns?filter%5Bchannel%5D=&page_size=9"), s.simulator->campaign_ids());
     }},
    {"next", "token",
     [](DexatelAccount const& s) {
       auto const token = second_link(s);
       EXPECT_EQ(token.find_first_of(":?&"), std::string::npos) << token;
       EXPECT_EQ(ids_in(s.json("/v1/campaigns?page_token=" + percent_encode(token))).front(), s.truth[20].id);
     }},
    {"next", "foreign",
     [](DexatelAccount const& s) {
       auto const links = s.json("/v1/campaigns").at("pagination").at("links");
       EXPECT_TRUE(links.at("next").get<std::string>().starts_with("https://api.elsewhere.invalid/v1/"));
       EXPECT_TRUE(links.at("current").get<std::string>().starts_with(s.simulator->base_url()));
     }},
    {"next", "repeat",
     [](DexatelAccount const& s) {
       auto const second = s.json(second_link(s));
       EXPECT_EQ(ids_in(second).front(), s.truth[20].id);
       EXPECT_EQ(next_of(second), second_link(s)) << "the token of the page itself";
     }},
    {"end", "null", [](DexatelAccount const& s) { expect_end(s, nullptr); }},
    {"end", "absent", [](DexatelAccount const& s) { expect_end(s, "none"); }},
    {"end", "empty", [](DexatelAccount const& s) { expect_end(s, ""); }},
    {"number", "1",
     [](DexatelAccount const& s) { EXPECT_EQ(s.json(second_link(s)).at("pagination").at("number"), 2); }},
    {"number", "0",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.json("/v1/campaigns").at("pagination").at("number"), 0);
       EXPECT_EQ(s.json(second_link(s)).at("pagination").at("number"), 1);
     }},
    {"empty_page", "off",
     [](DexatelAccount const& s) { EXPECT_EQ(s.json(second_link(s)).at("data").size(), 20U); }},
    {"empty_page", "on",
     [](DexatelAccount const& s) {
       auto const second = s.json(second_link(s));
       EXPECT_TRUE(second.at("data").empty());
       EXPECT_EQ(second.at("pagination").at("total"), 60);
       EXPECT_EQ(ids_in(s.json(next_of(second))).front(), s.truth[20].id);
       EXPECT_EQ(read_list(s, "/v1/campaigns"), s.simulator->campaign_ids());
     }},
    {"page_cap", "100", [](DexatelAccount const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 60U); }},
    {"page_cap", "30", [](DexatelAccount const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 30U); }},
    {"page_cap", "6", [](DexatelAccount const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 6U); }},
    {"channel_case", "upper",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.read(s.truth[0])["data"][0]["channel"].get<std::string>().front() & 0x20, 0);
     }},
    {"channel_case", "lower",
     [](DexatelAccount const& s) {
       std::set<std::string> words;
       for (auto const& c : s.records("?page_size=100")) words.insert(c.at("channel").get<std::string>());
       EXPECT_EQ(words, (std::set<std::string>{"sms", "viber", "whatsapp"}));
     }},
    {"dates", "plain", [](DexatelAccount const& s) { expect_dates(s, 4, 19); }},
    {"dates", "misprint1", [](DexatelAccount const& s) { expect_dates(s, 6, 18); }},
    {"dates", "misprint2",
     [](DexatelAccount const& s) {
       expect_dates(s, 4, 18);
       EXPECT_EQ(s.records()[0]["create_date"].get<std::string>().find('-', 5), std::string::npos);
     }},
    {"schedule", "null", [](DexatelAccount const& s) { expect_schedule(s, nullptr); }},
    {"schedule", "empty", [](DexatelAccount const& s) { expect_schedule(s, ""); }},
    {"schedule", "absent", [](DexatelAccount const& s) { expect_schedule(s, "none"); }},
    {"canceled", "canceled",
     [](DexatelAccount const& s) { expect_word(s, StatusCode::canceled, "canceled"); }},
    {"canceled", "cancelled",
     [](DexatelAccount const& s) { expect_word(s, StatusCode::canceled, "cancelled"); }},
    {"in_progress", "in_progress",
     [](DexatelAccount const& s) { expect_word(s, StatusCode::sending, "in_progress"); }},
    {"in_progress", "in-progress",
     [](DexatelAccount const& s) { expect_word(s, StatusCode::sending, "in-progress"); }},
    {"create", "object",
     [](DexatelAccount const& s) {
       EXPECT_TRUE(s.post("/v1/campaigns", s.order()).at("data").at("id").is_string());
     }},
    {"create", "array",
     [](DexatelAccount const& s) {
       auto const data = s.post("/v1/campaigns", s.order()).at("data");
       EXPECT_EQ(data.size(), 1U);
       EXPECT_TRUE(data.at(0).at("id").is_string());
     }},
    {"create_http", "201", [](DexatelAccount const& s) { s.post("/v1/campaigns", s.order(), 201); }},
    {"create_http", "200",
     [](DexatelAccount const& s) {
       s.post("/v1/campaigns", s.order(), 200);
       s.make_template();  // 201 as before
     }},
    {"create_id", "present",
     [](DexatelAccount const& s) {
       auto const id = s.post("/v1/campaigns", s.order()).at("data").at("id").get<std::string>();
       EXPECT_EQ(s.campaign(id).id, id);
     }},
    {"create_id", "absent",
     [](DexatelAccount const& s) {
       auto const made = s.post("/v1/campaigns", s.order()).at("data");
       EXPECT_FALSE(made.contains("id"));
       EXPECT_EQ(s.simulator->campaigns().front().name, made.at("name")) << "created all the same";
     }},
    {"contacts_limit", "1000",
     [](DexatelAccount const& s) {
       s.make_audience(1000);
       expect_code(
           s.post("/v1/audiences", {{"name", "x"}, {"channel", "SMS"}, {"contacts", s.contacts(1001)}}, 400),
           1308);
     }},
    {"contacts_limit", "10",
     [](DexatelAccount const& s) {
       auto const id = s.make_audience(10);
       expect_code(
           s.post("/v1/audiences", {{"name", "x"}, {"channel", "SMS"}, {"contacts", s.contacts(11)}}, 400),
           1308);
       expect_code(s.post("/v1/audiences/" + id + "/contacts", {{"contacts", s.contacts(11, 100)}}, 400),
                   1308);
     }},
    {"invalid_prefix", "0",
     [](DexatelAccount const& s) {
       s.post("/v1/audiences/" + s.make_audience() + "/contacts", {{"number", "+99912345678"}});
     }},
    {"invalid_prefix", "999",
     [](DexatelAccount const& s) {
       auto const path = "/v1/audiences/" + s.make_audience() + "/contacts";
       expect_code(s.post(path, {{"number", "+99912345678"}}, 400), 1354);
       s.post(path, {{"number", "+99812345678"}});
     }},
    {"contacts_added", "all",
     [](DexatelAccount const& s) {
       auto const id = s.make_audience(2);
       auto const added = s.post("/v1/audiences/" + id + "/contacts", {{"contacts", s.contacts(5, 100)}});
       EXPECT_EQ(added.at("data").size(), 5U);
       EXPECT_EQ(s.simulator->lists().back().members.size(), 7U);
     }},
    {"contacts_added", "first",
     [](DexatelAccount const& s) {
       auto const id = s.make_audience(2);
       s.post("/v1/audiences/" + id + "/contacts", {{"contacts", s.contacts(5, 100)}});
       EXPECT_EQ(s.simulator->lists().back().members.size(), 3U);
       EXPECT_EQ(s.simulator->lists().back().members.back().number, "+41780000100");
     }},
    {"contacts_count", "present",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.json("/v1/audiences/" + s.make_audience(4)).at("data").at("contacts_count"), 4);
       EXPECT_FALSE(s.json("/v1/audiences").at("data").at(0).contains("contacts_count")) << "not in the list";
     }},
    {"contacts_count", "listed",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.json("/v1/audiences/" + s.make_audience(4)).at("data").at("contacts_count"), 4);
       auto const listed = s.json("/v1/audiences?page_size=100").at("data");
       auto const lists = s.simulator->lists();
       ASSERT_EQ(listed.size(), lists.size());
       for (std::size_t i = 0; i < lists.size(); ++i)
         EXPECT_EQ(listed[i].at("contacts_count"), lists[i].members.size());
     }},
    {"audience", "object",
     [](DexatelAccount const& s) {
       EXPECT_EQ(s.json("/v1/audiences/" + s.make_audience()).at("data").at("channel"), "SMS");
     }},
    {"audience", "array",
     [](DexatelAccount const& s) {
       auto const made = s.post("/v1/audiences", {{"name", "spring"}, {"channel", "SMS"}}).at("data");
       ASSERT_EQ(made.size(), 1U);
       auto const id = made.at(0).at("id").get<std::string>();
       auto const read = s.json("/v1/audiences/" + id).at("data");
       ASSERT_EQ(read.size(), 1U);
       EXPECT_EQ(read.at(0).at("name"), "spring");
     }},
    {"audience", "root",
     [](DexatelAccount const& s) {
       auto const made = s.post("/v1/audiences", {{"name", "spring"}, {"channel", "SMS"}});
       EXPECT_FALSE(made.contains("data"));
       EXPECT_EQ(s.json("/v1/audiences/" + made.at("id").get<std::string>()).at("name"), "spring");
       EXPECT_TRUE(s.json("/v1/audiences").at("data").is_array()) << "lists have their usual form";
     }},
    {"contacts_count", "absent",
     [](DexatelAccount const& s) {
       EXPECT_FALSE(s.json("/v1/audiences/" + s.make_audience(4)).at("data").contains("contacts_count"));
     }},
    {"template_status", "completed",
     [](DexatelAccount const& s) {
       auto const id = s.make_template("Hello", "WHATSAPP");
       EXPECT_EQ(s.json("/v1/templates/" + id).at("data").at("status"), "COMPLETED");
       s.post("/v1/campaigns", {{"channel", "WHATSAPP"},
                                {"from", "MyBrand"},
                                {"template", id},
                                {"audience", s.make_audience(1, "WHATSAPP")}});
     }},
    {"template_status", "pending",
     [](DexatelAccount const& s) {
       auto const id = s.make_template("Hello", "WHATSAPP");
       EXPECT_EQ(s.json("/v1/templates/" + id).at("data").at("status"), "PENDING");
       expect_code(s.post("/v1/campaigns",
                          {{"channel", "WHATSAPP"},
                           {"from", "MyBrand"},
                           {"template", id},
                           {"audience", s.make_audience(1, "WHATSAPP")}},
                          400),
                   1608);
       s.post("/v1/campaigns", s.order());  // only WhatsApp needs a completed one
     }},
};

TEST(DexatelSimulator, EachSwitchDoesWhatItSays) {
  for (auto const& [name, value, check] : switch_cases) {
    SCOPED_TRACE(std::string{name} + '=' + value);
    check(DexatelAccount{60, {{name, value}}});
    DexatelAccount const later{60};
    ASSERT_TRUE(later.simulator->set_switch(name, value));
    check(later);
  }
}

TEST(DexatelSimulator, EachValueOfEachSwitchIsTested) {
  for (auto const& option : polycampaign::testing::find_simulated_vendor("dexatel")->switches()) {
    EXPECT_FALSE(option.summary.empty()) << option.name;
    std::string_view values = option.values;
    while (!values.empty()) {
      auto const value = values.substr(0, values.find('|'));
      values.remove_prefix(std::min(value.size() + 1, values.size()));
      EXPECT_TRUE(std::ranges::any_of(
          switch_cases, [&](auto const& c) { return c.name == option.name && c.value == value; }))
          << option.name << '=' << value;
    }
  }
}

}  // namespace
}  // namespace polycampaign::test
