#include "polycampaign/testing/http_message.hpp"
#include "polycampaign/testing/simulator.hpp"

#include "testing/dexatel_page_token.hpp"
#include "testing/other_program.hpp"
#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;
using polycampaign::testing::percent_encode;
using polycampaign::testing::SimulatedCampaign;
using polycampaign::testing::Simulator;
using polycampaign::testing::SimulatorOptions;
using polycampaign::testing::utc_wall;
using polycampaign::testing::wall_text;
using Switches = std::map<std::string, std::string, std::less<>>;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{2025y / 3 / 1} + 9h;

/// A Dexatel simulator at a fixed time, and the truth about its campaigns.
struct Service {
  explicit Service(std::size_t count = 60, Switches switches = {}) {
    auto made = Simulator::create(
        {.provider = "dexatel", .campaigns = count, .seed = 7, .switches = std::move(switches), .clock = [] {
           return now;
         }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
    key = simulator->settings().find("api_key")->second.reveal();
  }

  HttpResponse ask(std::string const& path) const {
    auto const url = path.starts_with('/') ? simulator->base_url() + path : path;
    return simulator->handle({.url = url, .headers = {{"X-Dexatel-Key", key}}});
  }
  Json json(std::string const& path, int status = 200) const {
    auto const response = ask(path);
    EXPECT_EQ(response.status, status) << path << '\n' << response.body;
    auto document = Json::parse(response.body, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << response.body;
    return document;
  }
  Json records(std::string const& query = {}) const { return json("/v1/campaigns" + query).at("data"); }
  Json read(SimulatedCampaign const& campaign) const { return json("/v1/campaigns/" + campaign.id); }
  /// The one with that status; every status occurs.
  SimulatedCampaign const& with(StatusCode status) const {
    return *std::ranges::find(truth, status, &SimulatedCampaign::status);
  }

  std::vector<SimulatedCampaign> truth;
  std::unique_ptr<Simulator> simulator;
  std::string key{};
};

std::vector<std::string> ids_in(Json const& document) {
  std::vector<std::string> ids;
  for (auto const& campaign : document.at("data")) ids.push_back(campaign.at("id").get<std::string>());
  return ids;
}

std::vector<std::string> keys_of(Json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Json const& next_of(Json const& document) {
  return document.at("pagination").at("links").at("next");
}

Json load(char const* name) {
  std::ifstream file{std::string{POLYCAMPAIGN_TEST_DATA "/dexatel/"} + name};
  return Json::parse(file);
}

/// Follows `next` as it stands until it is null.
std::vector<std::string> walk(Service const& service, std::string path) {
  std::vector<std::string> ids;
  for (int pages = 0; pages < 300; ++pages) {
    auto const page = service.json(path);
    for (auto& id : ids_in(page)) ids.push_back(std::move(id));
    if (!next_of(page).is_string()) return ids;
    path = next_of(page).get<std::string>();
  }
  ADD_FAILURE() << "the list does not end";
  return ids;
}

TEST(DexatelSimulator, ChecksTheKeyBeforeAnythingElse) {
  Service const service;
  for (auto const* path : {"/v1/campaigns", "/v1/campaigns/1", "/v1/nothing", "/"})
    for (auto const& headers : std::vector<std::vector<Header>>{
             {}, {{"X-Dexatel-Key", "wrong"}}, {{"X-Dexatel-Key", ""}}, {{"Authorization", service.key}}}) {
      auto const response = service.simulator->handle({.url = path, .headers = headers});
      EXPECT_EQ(response.status, 401);
      auto const document = Json::parse(response.body);
      ASSERT_EQ(document.at("errors").size(), 1U);
      EXPECT_EQ(document.at("errors").at(0).at("code"), 1101);
    }
  auto const spelled =
      service.simulator->handle({.url = "/v1/campaigns", .headers = {{"x-dexatel-key", service.key}}});
  EXPECT_EQ(spelled.status, 200) << "header names have no case";
}

TEST(DexatelSimulator, ListsRecordsAsTheReconstructedSampleShowsThem) {
  auto const sample = load("campaign_list.d2b.reconstructed.json");
  Service const service{60};
  auto const document = service.json("/v1/campaigns?page_size=100");
  EXPECT_EQ(keys_of(document), keys_of(sample));
  EXPECT_EQ(keys_of(document.at("pagination")), keys_of(sample.at("pagination")));
  EXPECT_EQ(keys_of(document.at("pagination").at("links")), keys_of(sample.at("pagination").at("links")));
  ASSERT_EQ(document.at("data").size(), 60U);
  std::set<std::string> words;
  std::set<std::string> channels;
  bool planned = false;
  bool immediate = false;
  for (std::size_t i = 0; i < 60; ++i) {
    auto const& record = document.at("data").at(i);
    auto const& truth = service.truth[i];
    EXPECT_EQ(keys_of(record), keys_of(sample.at("data").at(0)));
    EXPECT_EQ(record.at("id"), truth.id);
    EXPECT_EQ(record.at("name"), truth.name);
    EXPECT_EQ(record.at("audience_id"), truth.lists.front().id);
    EXPECT_EQ(record.at("create_date"), wall_text(utc_wall(truth.created)));
    EXPECT_EQ(record.at("update_date"), wall_text(utc_wall(truth.updated)));
    if (truth.immediate) {
      EXPECT_TRUE(record.at("schedule").is_null());
      immediate = true;
    } else {
      EXPECT_EQ(record.at("schedule"), wall_text(utc_wall(truth.scheduled.value())));
      planned = true;
    }
    words.insert(record.at("status").get<std::string>());
    channels.insert(record.at("channel").get<std::string>());
  }
  EXPECT_TRUE(planned && immediate);
  EXPECT_EQ(words, (std::set<std::string>{"canceled", "completed", "failed", "in_progress", "scheduled"}));
  EXPECT_EQ(channels, (std::set<std::string>{"SMS", "VIBER", "WHATSAPP"}));
}

TEST(DexatelSimulator, ReadsOneCampaignWithItsCounters) {
  auto const sample = load("campaign_read.object.reconstructed.json");
  Service const service;
  for (auto const& truth : service.truth) {
    auto const document = service.read(truth);
    ASSERT_EQ(keys_of(document), std::vector<std::string>{"data"});
    ASSERT_EQ(document.at("data").size(), 1U);
    auto const& record = document.at("data").at(0);
    EXPECT_EQ(keys_of(record), keys_of(sample.at("data")));
    EXPECT_EQ(record.at("id"), truth.id);
    EXPECT_EQ(record.at("messages"), (Json{{"total", truth.counters.messages},
                                           {"delivered", truth.counters.delivered},
                                           {"failed", truth.counters.failed}}));
  }
  auto const word = [&](StatusCode code) { return service.read(service.with(code))["data"][0].at("status"); };
  EXPECT_EQ(word(StatusCode::scheduled), "scheduled");
  EXPECT_EQ(word(StatusCode::sending), "in_progress");
  EXPECT_EQ(word(StatusCode::completed), "completed");
  EXPECT_EQ(word(StatusCode::failed), "failed");
  EXPECT_EQ(word(StatusCode::canceled), "canceled");
}

TEST(DexatelSimulator, RefusesIdsInTheVendorsForm) {
  auto const sample = load("error_not_found.reconstructed.json");
  Service const service;
  struct Row {
    std::string id;
    int status;
    int code;
  };
  for (auto const& [id, status, code] :
       {Row{"48e200b7-be98-4360-b5c7-5dfac16b06f9", 404, 1601},
        Row{"48E200B7-BE98-4360-B5C7-5DFAC16B06F9", 404, 1601}, Row{"1", 400, 1602},
        Row{"48e200b7be984360b5c75dfac16b06f9", 400, 1602},
        Row{"48e200b7-be98-4360-b5c7-5dfac16b06fg", 400, 1602}, Row{"", 400, 1602},
        Row{"%FF%00", 400, 1602}}) {
    auto const error = service.json("/v1/campaigns/" + id, status).at("errors").at(0);
    EXPECT_EQ(keys_of(error), keys_of(sample.at("errors").at(0)));
    EXPECT_EQ(error.at("code"), code) << id;
    EXPECT_EQ(error.at("status"), status);
    EXPECT_EQ(error.at("path"), "/v1/campaigns/" + id);
    EXPECT_EQ(error.at("method"), "GET");
    EXPECT_EQ(error.at("timestamp"), "2025-03-01 09:00:00");
  }
}

TEST(DexatelSimulator, CutsPagesAndCapsTheirSize) {
  Service const service{230};
  struct Row {
    char const* query;
    std::size_t count;
  };
  for (auto const& [query, count] :
       {Row{"", 20}, Row{"?page_size=1", 1}, Row{"?page_size=100", 100}, Row{"?page_size=5000", 100}}) {
    auto const document = service.json("/v1/campaigns" + std::string{query});
    auto const ids = ids_in(document);
    ASSERT_EQ(ids.size(), count) << query;
    EXPECT_EQ(ids.front(), service.truth.front().id);
    EXPECT_EQ(document.at("pagination").at("size"), count);
    EXPECT_EQ(document.at("pagination").at("total"), 230);
    EXPECT_EQ(document.at("pagination").at("number"), 1);
  }
  for (auto const* query : {"page_size=0", "page_size=-1", "page_size=ten", "page_size=", "page_token=1",
                            "page_token=", "page_token=%2B%2F%3D%3D", "page_token=AAAA"})
    EXPECT_EQ(service.json("/v1/campaigns?" + std::string{query}, 400).at("errors").size(), 1U) << query;
}

TEST(DexatelSimulator, WalksByNextToTheLastCampaign) {
  Service const service{230};
  auto const ids = service.simulator->campaign_ids();
  for (auto const* size : {"1", "7", "23", "100"})
    EXPECT_EQ(walk(service, "/v1/campaigns?page_size=" + std::string{size}), ids) << size;
  Service const none{0};
  auto const empty = none.json("/v1/campaigns");
  EXPECT_TRUE(empty.at("data").empty());
  EXPECT_TRUE(next_of(empty).is_null());
  EXPECT_EQ(empty.at("pagination").at("total"), 0);
}

TEST(DexatelSimulator, LinksLeadBackAsWell) {
  Service const service{100};
  auto const first = service.json("/v1/campaigns?page_size=30");
  EXPECT_TRUE(first.at("pagination").at("links").at("previous").is_null());
  auto const second = service.json(next_of(first));
  auto const third = service.json(next_of(second));
  EXPECT_EQ(third.at("pagination").at("number"), 3);
  auto const& links = third.at("pagination").at("links");
  EXPECT_EQ(ids_in(service.json(links.at("first"))), ids_in(first));
  EXPECT_EQ(ids_in(service.json(links.at("current"))), ids_in(third));
  EXPECT_EQ(ids_in(service.json(links.at("previous"))), ids_in(second));
}

TEST(DexatelSimulator, FiltersByChannelInAnyCase) {
  Service const service{230};
  struct Row {
    char const* word;
    Channel channel;
  };
  for (auto const& [word, channel] :
       {Row{"SMS", Channel::sms}, Row{"viber", Channel::viber}, Row{"WhatsApp", Channel::whatsapp}}) {
    std::vector<std::string> expected;
    for (auto const& campaign : service.truth)
      if (campaign.channel == channel) expected.push_back(campaign.id);
    ASSERT_FALSE(expected.empty());
    auto const path = "/v1/campaigns?page_size=7&filter%5Bchannel%5D=" + std::string{word};
    EXPECT_EQ(walk(service, path), expected) << word;
    EXPECT_EQ(service.json(path).at("pagination").at("total"), expected.size());
  }
  EXPECT_TRUE(service.json("/v1/campaigns?filter%5Bchannel%5D=PIGEON").at("data").empty());
}

TEST(DexatelSimulator, TokenBelongsToItsFilterAndItsSimulator) {
  Service const service{230, {{"next", "token"}}};
  auto const token = percent_encode(
      next_of(service.json("/v1/campaigns?filter%5Bchannel%5D=SMS&page_size=5")).get<std::string>());
  auto const page = "/v1/campaigns?page_size=5&page_token=" + token;
  EXPECT_EQ(service.json(page + "&filter%5Bchannel%5D=sms").at("data").size(), 5U);
  service.json(page, 400);
  service.json(page + "&filter%5Bchannel%5D=VIBER", 400);
  service.json(page.substr(0, page.size() - 12) + "&filter%5Bchannel%5D=SMS", 400);

  using polycampaign::testing::dexatel::read_token;
  using polycampaign::testing::dexatel::write_token;
  for (auto const* filter : {"", "S", "SM", "SMS", "a~b"}) {
    auto const text = write_token({.page = 3, .after = 12345, .filter = filter}, 1);
    auto const back = read_token(text, 1);
    ASSERT_TRUE(back) << text;
    EXPECT_EQ(back->page, 3);
    EXPECT_EQ(back->after, 12345);
    EXPECT_EQ(back->filter, filter);
    EXPECT_FALSE(read_token(text, 2)) << "made by another simulator";
    EXPECT_FALSE(read_token(text.substr(4), 1));
    EXPECT_FALSE(read_token('A' + text, 1));
  }
}

TEST(DexatelSimulator, PageSizeMayChangeBetweenPages) {
  Service const service{50, {{"next", "token"}}};
  auto const first = service.json("/v1/campaigns?page_size=10");
  auto const rest = service.json("/v1/campaigns?page_size=100&page_token=" +
                                 percent_encode(next_of(first).get<std::string>()));
  EXPECT_EQ(ids_in(rest).size(), 40U);
  EXPECT_EQ(ids_in(rest).front(), service.truth[10].id);
}

TEST(DexatelSimulator, KnowsNoOtherPathAndNoOtherMethod) {
  Service const service;
  for (auto const* path : {"/", "/v1", "/v1/messages", "/v2/campaigns", "/campaigns", "/v1/campaigns/1/2"})
    EXPECT_TRUE(service.json(path, 404).at("errors").is_array()) << path;
  for (auto const* method : {"POST", "PUT", "DELETE"}) {
    auto const response = service.simulator->handle(
        {.method = method, .url = "/v1/campaigns", .headers = {{"X-Dexatel-Key", service.key}}});
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(Json::parse(response.body).at("errors").at(0).at("method"), method);
  }
}

struct SwitchCase {
  char const* name;
  char const* value;
  void (*check)(Service const&);
};

std::string second_link(Service const& s) {
  return next_of(s.json("/v1/campaigns")).get<std::string>();
}

/// Whether an asked-for absence is there: null, "" or no member.
void expect_end(Service const& s, Json const& wanted) {
  auto const links = s.json("/v1/campaigns?page_size=100").at("pagination").at("links");
  for (auto const* name : {"next", "previous"})
    EXPECT_EQ(links.contains(name) ? links.at(name) : Json("none"), wanted) << name;
}

void expect_schedule(Service const& s, Json const& wanted) {
  for (std::size_t i = 0; i < 20; ++i) {
    auto const record = s.records()[i];
    if (s.truth[i].immediate)
      EXPECT_EQ(record.contains("schedule") ? record.at("schedule") : Json("none"), wanted);
    else
      EXPECT_EQ(record.at("schedule").get<std::string>().size(), 19U);
  }
}

void expect_dates(Service const& s, std::size_t first_dash, std::size_t size) {
  for (auto const& record : s.records())
    for (auto const* name : {"create_date", "update_date"}) {
      auto const text = record.at(name).get<std::string>();
      EXPECT_EQ(text.size(), size) << text;
      EXPECT_EQ(text.find('-'), first_dash) << text;
    }
}

void expect_word(Service const& s, StatusCode code, char const* word) {
  EXPECT_EQ(s.read(s.with(code))["data"][0].at("status"), word);
  auto const list = s.records("?page_size=100");
  EXPECT_TRUE(std::ranges::any_of(list, [&](auto const& c) { return c.at("status") == word; }));
}

SwitchCase const switch_cases[] = {
    {"read", "array",
     [](Service const& s) { EXPECT_EQ(s.read(s.truth[2]).at("data").at(0).at("id"), s.truth[2].id); }},
    {"read", "object",
     [](Service const& s) { EXPECT_EQ(s.read(s.truth[2]).at("data").at("id"), s.truth[2].id); }},
    {"read", "root",
     [](Service const& s) {
       EXPECT_EQ(s.read(s.truth[2]).at("id"), s.truth[2].id);
       EXPECT_FALSE(s.read(s.truth[2]).contains("data"));
     }},
    {"list_shape", "d2b",
     [](Service const& s) {
       EXPECT_TRUE(s.json("/v1/campaigns").contains("pagination"));
       EXPECT_FALSE(s.records()[0].contains("messages"));
     }},
    {"list_shape", "d2a",
     [](Service const& s) {
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
     [](Service const& s) {
       EXPECT_TRUE(second_link(s).starts_with(s.simulator->base_url() + "/v1/campaigns?page_token="));
       EXPECT_EQ(walk(s, "/v1/campaigns"), s.simulator->campaign_ids());
     }},
    {"next", "relative",
     [](Service const& s) {
       EXPECT_TRUE(second_link(s).starts_with("/v1/campaigns?page_token="));
       EXPECT_EQ(walk(s, "/v1/campaigns?filter%5Bchannel%5D=&page_size=9"), s.simulator->campaign_ids());
     }},
    {"next", "token",
     [](Service const& s) {
       auto const token = second_link(s);
       EXPECT_EQ(token.find_first_of(":?&"), std::string::npos) << token;
       EXPECT_EQ(ids_in(s.json("/v1/campaigns?page_token=" + percent_encode(token))).front(), s.truth[20].id);
     }},
    {"next", "foreign",
     [](Service const& s) {
       auto const links = s.json("/v1/campaigns").at("pagination").at("links");
       EXPECT_TRUE(links.at("next").get<std::string>().starts_with("https://api.elsewhere.invalid/v1/"));
       EXPECT_TRUE(links.at("current").get<std::string>().starts_with(s.simulator->base_url()));
     }},
    {"next", "repeat",
     [](Service const& s) {
       auto const second = s.json(second_link(s));
       EXPECT_EQ(ids_in(second).front(), s.truth[20].id);
       EXPECT_EQ(next_of(second), second_link(s)) << "the token of the page itself";
     }},
    {"end", "null", [](Service const& s) { expect_end(s, nullptr); }},
    {"end", "absent", [](Service const& s) { expect_end(s, "none"); }},
    {"end", "empty", [](Service const& s) { expect_end(s, ""); }},
    {"number", "1",
     [](Service const& s) { EXPECT_EQ(s.json(second_link(s)).at("pagination").at("number"), 2); }},
    {"number", "0",
     [](Service const& s) {
       EXPECT_EQ(s.json("/v1/campaigns").at("pagination").at("number"), 0);
       EXPECT_EQ(s.json(second_link(s)).at("pagination").at("number"), 1);
     }},
    {"empty_page", "off", [](Service const& s) { EXPECT_EQ(s.json(second_link(s)).at("data").size(), 20U); }},
    {"empty_page", "on",
     [](Service const& s) {
       auto const second = s.json(second_link(s));
       EXPECT_TRUE(second.at("data").empty());
       EXPECT_EQ(second.at("pagination").at("total"), 60);
       EXPECT_EQ(ids_in(s.json(next_of(second))).front(), s.truth[20].id);
       EXPECT_EQ(walk(s, "/v1/campaigns"), s.simulator->campaign_ids());
     }},
    {"page_max", "100", [](Service const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 60U); }},
    {"page_max", "30", [](Service const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 30U); }},
    {"page_max", "6", [](Service const& s) { EXPECT_EQ(s.records("?page_size=1000").size(), 6U); }},
    {"channel_case", "upper",
     [](Service const& s) {
       EXPECT_EQ(s.read(s.truth[0])["data"][0]["channel"].get<std::string>().front() & 0x20, 0);
     }},
    {"channel_case", "lower",
     [](Service const& s) {
       std::set<std::string> words;
       for (auto const& c : s.records("?page_size=100")) words.insert(c.at("channel").get<std::string>());
       EXPECT_EQ(words, (std::set<std::string>{"sms", "viber", "whatsapp"}));
     }},
    {"dates", "plain", [](Service const& s) { expect_dates(s, 4, 19); }},
    {"dates", "misprint1", [](Service const& s) { expect_dates(s, 6, 18); }},
    {"dates", "misprint2",
     [](Service const& s) {
       expect_dates(s, 4, 18);
       EXPECT_EQ(s.records()[0]["create_date"].get<std::string>().find('-', 5), std::string::npos);
     }},
    {"schedule", "null", [](Service const& s) { expect_schedule(s, nullptr); }},
    {"schedule", "empty", [](Service const& s) { expect_schedule(s, ""); }},
    {"schedule", "absent", [](Service const& s) { expect_schedule(s, "none"); }},
    {"canceled", "canceled", [](Service const& s) { expect_word(s, StatusCode::canceled, "canceled"); }},
    {"canceled", "cancelled", [](Service const& s) { expect_word(s, StatusCode::canceled, "cancelled"); }},
    {"in_progress", "in_progress",
     [](Service const& s) { expect_word(s, StatusCode::sending, "in_progress"); }},
    {"in_progress", "in-progress",
     [](Service const& s) { expect_word(s, StatusCode::sending, "in-progress"); }},
};

TEST(DexatelSimulator, EachSwitchDoesWhatItSays) {
  for (auto const& [name, value, check] : switch_cases) {
    SCOPED_TRACE(std::string{name} + '=' + value);
    check(Service{60, {{name, value}}});
    Service const later{60};
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

TEST(DexatelSimulator, WalkGoesOnWhenTheListChangesUnderIt) {
  Service const service{60};
  auto const first = service.json("/v1/campaigns?page_size=20");
  auto const ids = service.simulator->campaign_ids();
  auto const added = service.simulator->add_campaign();
  ASSERT_TRUE(service.simulator->remove_campaign(ids[19])) << "the one that the token stands behind";
  ASSERT_TRUE(service.simulator->remove_campaign(ids[25]));
  auto const second = service.json(next_of(first));
  EXPECT_EQ(ids_in(second).front(), ids[20]) << "nothing is given twice or left out";
  EXPECT_EQ(ids_in(service.json("/v1/campaigns")).front(), added);
  EXPECT_EQ(second.at("pagination").at("total"), 59);
  service.json("/v1/campaigns/" + ids[25], 404);
  EXPECT_EQ(walk(service, "/v1/campaigns?page_size=9"), service.simulator->campaign_ids());
}

TEST(DexatelSimulator, StaticKeyDoesNotExpire) {
  Service const service;
  service.simulator->expire_tokens();
  service.json("/v1/campaigns");
}

TEST(DexatelSimulator, ListsTenThousandByPages) {
  Service const service{10'000, {{"next", "relative"}}};
  std::vector<std::string> ids;
  std::string path = "/v1/campaigns?page_size=100";
  for (int page = 0; page < 100; ++page) {
    auto const body = service.ask(path).body;
    auto const text_behind = [&](std::string_view mark, std::size_t at) {
      auto const begin = at + mark.size();
      return body.substr(begin, body.find('"', begin) - begin);
    };
    constexpr std::string_view id = "{\"id\":\"";
    for (auto at = body.find(id); at != std::string::npos; at = body.find(id, at + 1))
      ids.push_back(text_behind(id, at));
    constexpr std::string_view next = "\"next\":\"";
    auto const at = body.find(next);
    ASSERT_EQ(at == std::string::npos, page == 99) << page;
    if (page < 99) path = text_behind(next, at);
  }
  EXPECT_EQ(ids, service.simulator->campaign_ids());
}

TEST(DexatelSimulator, OtherParsersReadTheSameNames) {
  if (!has_program("jq")) GTEST_SKIP() << "no jq program";
  Service const service{60};
  auto names = Json::array();
  for (auto const& campaign : service.truth) names.push_back(campaign.name);
  auto const read = output_of("jq -c '[.data[].name]'", service.ask("/v1/campaigns?page_size=100").body);
  EXPECT_EQ(Json::parse(read, nullptr, false), names);
}

TEST(DexatelSimulator, ServesTheSameOverHttp) {
  if (!has_program("curl")) GTEST_SKIP() << "no curl program";
  Service const service;
  ASSERT_TRUE(service.simulator->serve());
  auto const fetch = [&](std::string const& url, std::string const& key) {
    return output_of("curl -gsS --max-time 20 -w '\\n%{http_code} %{content_type}' -H 'X-Dexatel-Key: " +
                     key + "' '" + url + "'");
  };
  auto const base = service.simulator->base_url();
  auto const path = "/v1/campaigns?page_size=3&filter%5Bchannel%5D=SMS";
  auto const page = service.json(path);
  EXPECT_EQ(fetch(base + path, service.key), service.ask(path).body + "\n200 application/json");
  auto const next = next_of(page).get<std::string>();
  EXPECT_TRUE(next.starts_with(base)) << "an absolute link leads to where the service is";
  EXPECT_EQ(fetch(next, service.key), service.ask(next).body + "\n200 application/json");
  auto const id = service.truth.front().id;
  EXPECT_EQ(fetch(base + "/v1/campaigns/" + id, service.key),
            service.ask("/v1/campaigns/" + id).body + "\n200 application/json");
  auto const refused = fetch(base + "/v1/campaigns", "wrong");
  EXPECT_NE(refused.find("\"code\":1101"), std::string::npos) << refused;
  EXPECT_TRUE(refused.ends_with("\n401 application/json")) << refused;
  EXPECT_TRUE(fetch(base + "/v1/campaigns/x", service.key).ends_with("\n400 application/json"));
}

}  // namespace
}  // namespace polycampaign::test
