#include "polycampaign/testing/http_message.hpp"

#include "testing/dexatel_account.hpp"
#include "testing/other_program.hpp"
#include "testing/vendors/dexatel/page_token.hpp"
#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using polycampaign::testing::percent_encode;
using polycampaign::testing::utc_wall;
using polycampaign::testing::wall_text;

Json load(char const* name) {
  std::ifstream file{std::string{POLYCAMPAIGN_TEST_DATA "/dexatel/"} + name};
  return Json::parse(file);
}

TEST(DexatelSimulator, ChecksTheKeyBeforeAnythingElse) {
  DexatelAccount const service;
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
  DexatelAccount const service{60};
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
  DexatelAccount const service;
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
  DexatelAccount const service;
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
  DexatelAccount const service{230};
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
  DexatelAccount const service{230};
  auto const ids = service.simulator->campaign_ids();
  for (auto const* size : {"1", "7", "23", "100"})
    EXPECT_EQ(read_list(service, "/v1/campaigns?page_size=" + std::string{size}), ids) << size;
  DexatelAccount const none{0};
  auto const empty = none.json("/v1/campaigns");
  EXPECT_TRUE(empty.at("data").empty());
  EXPECT_TRUE(next_of(empty).is_null());
  EXPECT_EQ(empty.at("pagination").at("total"), 0);
}

TEST(DexatelSimulator, LinksLeadBackAsWell) {
  DexatelAccount const service{100};
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
  DexatelAccount const service{230};
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
    EXPECT_EQ(read_list(service, path), expected) << word;
    EXPECT_EQ(service.json(path).at("pagination").at("total"), expected.size());
  }
  EXPECT_TRUE(service.json("/v1/campaigns?filter%5Bchannel%5D=PIGEON").at("data").empty());
}

TEST(DexatelSimulator, TokenBelongsToItsFilterAndItsSimulator) {
  DexatelAccount const service{230, {{"next", "token"}}};
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
  DexatelAccount const service{50, {{"next", "token"}}};
  auto const first = service.json("/v1/campaigns?page_size=10");
  auto const rest = service.json("/v1/campaigns?page_size=100&page_token=" +
                                 percent_encode(next_of(first).get<std::string>()));
  EXPECT_EQ(ids_in(rest).size(), 40U);
  EXPECT_EQ(ids_in(rest).front(), service.truth[10].id);
}

TEST(DexatelSimulator, KnowsNoOtherPathAndNoOtherMethod) {
  DexatelAccount const service;
  for (auto const* path : {"/", "/v1", "/v1/messages", "/v2/campaigns", "/campaigns", "/v1/campaigns/1/2"})
    EXPECT_TRUE(service.json(path, 404).at("errors").is_array()) << path;
  for (auto const* method : {"PATCH", "PUT", "DELETE"}) {
    auto const response = service.simulator->handle(
        {.method = method, .url = "/v1/campaigns", .headers = {{"X-Dexatel-Key", service.key}}});
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(Json::parse(response.body).at("errors").at(0).at("method"), method);
  }
}

TEST(DexatelSimulator, ListGoesOnWhenItChangesUnderTheReader) {
  DexatelAccount const service{60};
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
  EXPECT_EQ(read_list(service, "/v1/campaigns?page_size=9"), service.simulator->campaign_ids());
}

TEST(DexatelSimulator, StaticKeyDoesNotExpire) {
  DexatelAccount const service;
  service.simulator->expire_tokens();
  service.json("/v1/campaigns");
}

TEST(DexatelSimulator, ListsTenThousandByPages) {
  DexatelAccount const service{10'000, {{"next", "relative"}}};
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
  DexatelAccount const service{60};
  auto names = Json::array();
  for (auto const& campaign : service.truth) names.push_back(campaign.name);
  auto const read = output_of("jq -c '[.data[].name]'", service.ask("/v1/campaigns?page_size=100").body);
  EXPECT_EQ(Json::parse(read, nullptr, false), names);
}

TEST(DexatelSimulator, ServesTheSameOverHttp) {
  if (!has_program("curl")) GTEST_SKIP() << "no curl program";
  DexatelAccount const service;
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
