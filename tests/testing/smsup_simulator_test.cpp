#include "polycampaign/testing/http_message.hpp"

#include "testing/other_program.hpp"
#include "testing/smsup_account.hpp"
#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using polycampaign::testing::paris_wall;
using polycampaign::testing::wall_text;

TEST(SmsupSimulator, ChecksTheBearerBeforeAnythingElse) {
  SmsupAccount const service;
  std::vector<std::vector<Header>> const wrong{{},
                                               {{"Authorization", "Bearer wrong"}},
                                               {{"Authorization", service.token}},
                                               {{"Authorization", "Basic " + service.token}},
                                               {{"X-Token", "Bearer " + service.token}}};
  for (auto const* path : {"/campaigns", "/campaign/1", "/campaigns?length=x", "/nothing"}) {
    for (auto headers : wrong) {
      auto const in_xml = service.simulator->handle({.url = path, .headers = headers});
      EXPECT_EQ(in_xml.status, 200);
      EXPECT_NE(in_xml.body.find("<response><status>-1</status>"), std::string::npos) << in_xml.body;
      headers.push_back({"Accept", "application/json"});
      auto const in_json = service.simulator->handle({.url = path, .headers = headers});
      EXPECT_EQ(in_json.status, 200);
      EXPECT_EQ(Json::parse(in_json.body).at("status"), -1);
    }
  }
}

TEST(SmsupSimulator, AnswersXmlUnlessAcceptNamesJson) {
  SmsupAccount const service;
  struct Row {
    char const* accept;
    bool json;
  };
  for (auto const& [accept, json] :
       {Row{"", false}, Row{"*/*", false}, Row{"application/xml", false},
        Row{"text/html, application/xml;q=0.9", false}, Row{"application/json", true},
        Row{"Application/JSON;q=0.5, */*", true}}) {
    auto const response = service.ask("/campaigns", accept);
    EXPECT_EQ(response.status, 200);
    ASSERT_NE(response.header("Content-Type"), nullptr);
    EXPECT_EQ(*response.header("Content-Type"), json ? "application/json" : "application/xml") << accept;
    EXPECT_EQ(response.body.front(), json ? '{' : '<') << accept;
  }
}

TEST(SmsupSimulator, ListsRecordsAsThePagesOf2024Do) {
  SmsupAccount const service;
  auto const document = service.json("/campaigns");
  EXPECT_EQ(keys_of(document), (std::vector<std::string>{"status", "message", "campaigns", "totalRecords",
                                                         "totalDisplayRecords"}));
  EXPECT_EQ(document.at("status"), 1);
  EXPECT_EQ(document.at("message"), "OK");
  EXPECT_EQ(document.at("totalRecords"), 40);
  EXPECT_EQ(document.at("totalDisplayRecords"), 40);
  ASSERT_EQ(document.at("campaigns").size(), 40U);

  std::set<std::string> labels;
  for (std::size_t i = 0; i < 40; ++i) {
    auto const& record = document.at("campaigns").at(i);
    auto const& truth = service.truth[i];
    auto const& n = truth.counters;
    EXPECT_EQ(keys_of(record),
              (std::vector<std::string>{"id", "sender", "text", "creation_date", "date", "cost", "lists",
                                        "status", "delivery_rate", "delivered", "error", "expired",
                                        "network_error", "stop", "npai", "total"}));
    EXPECT_EQ(record.at("id"), truth.id);
    EXPECT_EQ(record.at("sender"), truth.sender);
    EXPECT_EQ(record.at("text"), truth.text);
    EXPECT_EQ(record.at("creation_date"), wall_text(paris_wall(truth.created)));
    EXPECT_EQ(record.at("date"), date_of(truth));
    EXPECT_EQ(record.at("cost"), truth.cost);
    EXPECT_EQ(record.at("delivered"), std::to_string(n.delivered));
    EXPECT_EQ(record.at("expired"), std::to_string(n.expired));
    EXPECT_EQ(record.at("stop"), std::to_string(n.opt_outs));
    EXPECT_EQ(record.at("npai"), std::to_string(n.unassigned));
    EXPECT_EQ(record.at("total"), std::to_string(n.recipients));
    EXPECT_EQ(std::stoll(record.at("error").get<std::string>()) +
                  std::stoll(record.at("network_error").get<std::string>()),
              n.failed);
    auto const rate = std::stoll(record.at("delivery_rate").get<std::string>());
    auto const sent = n.messages - n.pending;
    EXPECT_EQ(rate, sent == 0 ? 0 : n.delivered * 100 / sent);
    ASSERT_EQ(record.at("lists").size(), truth.lists.size());
    for (std::size_t k = 0; k < truth.lists.size(); ++k)
      EXPECT_EQ(record.at("lists").at(k), (Json{{"id", truth.lists[k].id}}));
    labels.insert(record.at("status").get<std::string>());
  }
  EXPECT_EQ(labels, (std::set<std::string>{"Denied", "In moderation", "In progress", "Sent", "Waiting"}));
  auto const label = [&](StatusCode code) {
    return service.json("/campaign/" + service.with(code).id).at("campaign").at(0).at("status");
  };
  EXPECT_EQ(label(StatusCode::moderation), "In moderation");
  EXPECT_EQ(label(StatusCode::scheduled), "Waiting");
  EXPECT_EQ(label(StatusCode::sending), "In progress");
  EXPECT_EQ(label(StatusCode::completed), "Sent");
  EXPECT_EQ(label(StatusCode::rejected), "Denied");
}

TEST(SmsupSimulator, WritesXmlWithTheElementsOfThePublishedSample) {
  pugi::xml_document sample;
  ASSERT_TRUE(sample.load_file(POLYCAMPAIGN_TEST_DATA "/smsup/campaigns_list.g2.xml"));
  SmsupAccount const service;
  auto const document = service.xml("/campaigns");
  EXPECT_STREQ(document.first_child().name(), "xml");
  EXPECT_STREQ(document.first_child().attribute("encoding").value(), "UTF-8");
  auto const names = [](pugi::xml_node node) {
    std::vector<std::string> all;
    for (auto const& child : node.children())
      if (all.empty() || all.back() != child.name()) all.emplace_back(child.name());
    return all;
  };
  auto const root = document.child("response");
  EXPECT_EQ(names(root), names(sample.child("response")));
  std::size_t i = 0;
  for (auto const& record : root.children("campaign")) {
    ASSERT_LT(i, service.truth.size());
    auto const& truth = service.truth[i++];
    EXPECT_EQ(names(record), names(sample.child("response").child("campaign")));
    EXPECT_EQ(record.child("id").text().get(), truth.id);
    EXPECT_EQ(record.child("text").text().get(), truth.text);
    EXPECT_EQ(record.child("date").text().get(), date_of(truth));
    EXPECT_EQ(record.child("total").text().as_llong(), truth.counters.recipients);
    std::vector<std::string> lists;
    for (auto const& list : record.children("lists"))
      if (list.child("id")) lists.emplace_back(list.child("id").text().get());
    EXPECT_EQ(lists.size(), truth.lists.size());
    EXPECT_EQ(record.child("lists").first_child().empty(), truth.lists.empty());
  }
  EXPECT_EQ(i, 40U);
}

TEST(SmsupSimulator, CutsPagesByStartAndLength) {
  SmsupAccount const service{1203};
  struct Row {
    char const* query;
    std::size_t first;
    std::size_t count;
  };
  for (auto const& [query, first, count] :
       {Row{"", 0, 100}, Row{"?start=100", 100, 100}, Row{"?length=1000", 0, 1000},
        Row{"?length=5000", 0, 1000}, Row{"?start=1000&length=1000", 1000, 203},
        Row{"?start=1202&length=1", 1202, 1}, Row{"?start=1203", 0, 0}, Row{"?start=9999&length=10", 0, 0},
        Row{"?start=7&length=3", 7, 3}}) {
    auto const document = service.json("/campaigns" + std::string{query});
    auto const ids = ids_in(document);
    ASSERT_EQ(ids.size(), count) << query;
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(ids[i], service.truth[first + i].id) << query;
    EXPECT_EQ(document.at("totalDisplayRecords"), 1203) << query;
  }
}

TEST(SmsupSimulator, RefusesParametersThatMakeNoSense) {
  SmsupAccount const service;
  for (auto const* query :
       {"start=-1", "start=x", "length=0", "length=-5", "length=1e3", "sort=name", "sort=", "sort=--id",
        "date_start=yesterday", "date_end=2023-09-31+00:00:00", "sms_min=many", "sms_max="}) {
    auto const document = service.json("/campaigns?" + std::string{query});
    EXPECT_EQ(document.at("status"), -7) << query;
    EXPECT_TRUE(document.at("details").is_string()) << query;
    EXPECT_FALSE(document.contains("campaigns")) << query;
  }
}

TEST(SmsupSimulator, KnowsTheSixFilters) {
  SmsupAccount const service{100};
  auto const listed = [&](std::string const& query) {
    auto const document = service.json("/campaigns?length=1000&" + query);
    EXPECT_EQ(document.at("totalRecords"), 100);
    EXPECT_EQ(document.at("totalDisplayRecords"), document.at("campaigns").size());
    return ids_in(document);
  };
  auto const& pivot = service.truth[50];
  auto const when = date_of(pivot);
  auto const encoded = polycampaign::testing::percent_encode(when);
  auto const some = [](std::vector<std::string> const& ids) { return !ids.empty() && ids.size() < 100; };

  auto const after = ids_where(service.truth, [&](auto const& c) { return date_of(c) >= when; });
  EXPECT_TRUE(some(after));
  EXPECT_EQ(listed("date_start=" + encoded), after);
  EXPECT_EQ(listed("date_end=" + encoded),
            ids_where(service.truth, [&](auto const& c) { return date_of(c) <= when; }));
  EXPECT_EQ(listed("date_start=" + encoded + "&date_end=" + encoded),
            ids_where(service.truth, [&](auto const& c) { return date_of(c) == when; }));

  auto const small = ids_where(service.truth, [](auto const& c) { return c.counters.recipients <= 500; });
  EXPECT_TRUE(some(small));
  EXPECT_EQ(listed("sms_max=500"), small);
  EXPECT_EQ(listed("sms_min=500&sms_max=1500"), ids_where(service.truth, [](auto const& c) {
              return c.counters.recipients >= 500 && c.counters.recipients <= 1500;
            }));

  auto const word =
      ids_where(service.truth, [](auto const& c) { return c.text.find('&') != std::string::npos; });
  EXPECT_TRUE(some(word));
  EXPECT_EQ(listed("text=%26"), word);

  auto const number = recipient_number(pivot, pivot.counters.recipients - 1);
  for (auto const& spelling : {number.substr(1), "%2B" + number.substr(1)}) {
    auto const ids = listed("destination=" + spelling);
    EXPECT_TRUE(some(ids));
    EXPECT_NE(std::ranges::find(ids, pivot.id), ids.end());
  }
  EXPECT_TRUE(listed("destination=33600000000").empty());
  EXPECT_TRUE(listed("text=no+campaign+says+this").empty());
}

TEST(SmsupSimulator, SortsByTheDocumentedKeysBothWays) {
  SmsupAccount const service{120};
  auto const by = [&](std::string const& key, std::string const& member) {
    auto const document = service.json("/campaigns?length=1000&sort=" + key);
    std::vector<std::string> values;
    for (auto const& c : document.at("campaigns")) values.push_back(c.at(member).get<std::string>());
    auto ids = ids_in(document);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 120U) << key;
    return values;
  };
  for (auto const* key : {"id", "date", "text", "cost", "status"}) {
    auto const less = [&](std::string const& a, std::string const& b) {
      return std::strcmp(key, "cost") == 0 || std::strcmp(key, "id") == 0 ? std::stoll(a) < std::stoll(b)
                                                                          : a < b;
    };
    auto const up = by(key, key);
    auto const down = by('-' + std::string{key}, key);
    EXPECT_TRUE(std::ranges::is_sorted(up, less)) << key;
    EXPECT_TRUE(std::is_sorted(down.rbegin(), down.rend(), less)) << key;
    EXPECT_NE(up, down) << key;
  }
}

TEST(SmsupSimulator, GivesOneCampaignInAnArray) {
  SmsupAccount const service;
  for (auto const& truth : service.truth) {
    auto const document = service.json("/campaign/" + truth.id);
    EXPECT_EQ(document.at("status"), 1);
    ASSERT_TRUE(document.at("campaign").is_array());
    ASSERT_EQ(document.at("campaign").size(), 1U);
    EXPECT_EQ(document.at("campaign").at(0).at("id"), truth.id);
    EXPECT_EQ(document.at("campaign").at(0).at("total"), std::to_string(truth.counters.recipients));
  }
  auto const xml = service.xml("/campaign/" + service.truth[3].id);
  EXPECT_EQ(xml.child("response").child("campaign").child("id").text().get(), service.truth[3].id);
}

TEST(SmsupSimulator, SaysMinus5ForACampaignThatIsNotVisible) {
  SmsupAccount const service;
  // the id between two of ours: somebody made that campaign in the web platform
  auto const between = std::to_string(service.truth[5].number + 1);
  for (auto const& id : {between, std::string{"1"}, std::string{"abc"}, std::string{}}) {
    EXPECT_EQ(service.json("/campaign/" + id).at("status"), -5) << id;
    auto const xml = service.xml("/campaign/" + id);
    EXPECT_STREQ(xml.child("response").child("status").text().get(), "-5") << id;
  }
}

TEST(SmsupSimulator, KnowsNoOtherPathAndNoOtherMethod) {
  SmsupAccount const service;
  for (auto const* path :
       {"/", "/campaign", "/campaigns/1", "/campaign/1/mo/2", "/messages/in", "/lists/1", "/sends"})
    EXPECT_EQ(service.ask(path).status, 404) << path;
  for (auto const* method : {"POST", "PUT", "DELETE"}) {
    auto const response = service.simulator->handle(
        {.method = method, .url = "/campaigns", .headers = {{"Authorization", "Bearer " + service.token}}});
    EXPECT_EQ(response.status, 405) << method;
  }
}

TEST(SmsupSimulator, ListChangesWithItsCampaigns) {
  SmsupAccount const service{10};
  auto const before = service.simulator->campaign_ids();
  EXPECT_EQ(ids_in(service.json("/campaigns")), before);
  auto const added = service.simulator->add_campaign();
  EXPECT_EQ(ids_in(service.json("/campaigns")).front(), added);
  EXPECT_EQ(service.json("/campaign/" + added)["campaign"][0].at("date"), wall_text(paris_wall(now)));
  ASSERT_TRUE(service.simulator->remove_campaign(before[4]));
  EXPECT_FALSE(service.simulator->remove_campaign(before[4]));
  EXPECT_EQ(service.json("/campaign/" + before[4]).at("status"), -5);
  EXPECT_EQ(service.json("/campaigns").at("totalRecords"), 10);
  EXPECT_EQ(ids_in(service.json("/campaigns")), service.simulator->campaign_ids());
}

TEST(SmsupSimulator, StaticTokenDoesNotExpire) {
  SmsupAccount const service;
  service.simulator->expire_tokens();
  EXPECT_EQ(service.json("/campaigns").at("status"), 1);
}

TEST(SmsupSimulator, ListsTenThousandByPages) {
  SmsupAccount const service{10'000};
  std::set<std::string> seen;
  for (int start = 0; start < 10'000; start += 500) {
    auto const body = service.ask("/campaigns?length=500&sort=-id&start=" + std::to_string(start)).body;
    constexpr std::string_view mark = "{\"id\":\"";
    for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
      auto const begin = at + mark.size();
      auto const end = body.find('"', begin);
      if (body.substr(end).starts_with("\",\"sender\"")) seen.insert(body.substr(begin, end - begin));
    }
  }
  auto const ids = service.simulator->campaign_ids();
  EXPECT_EQ(seen, std::set<std::string>(ids.begin(), ids.end()));
  EXPECT_EQ(seen.size(), 10'000U);
}

TEST(SmsupSimulator, OtherParsersReadTheSameTexts) {
  auto const texts = [](SmsupAccount const& service) {
    auto all = Json::array();
    for (auto const& campaign : service.truth) all.push_back(campaign.text);
    return all;
  };
  if (has_program("jq"))
    for (auto const* escapes : {"utf8", "unicode"}) {
      SmsupAccount const service{100, {{"escapes", escapes}}};
      auto const read = output_of("jq -c '[.campaigns[].text]'", service.ask("/campaigns").body);
      EXPECT_EQ(Json::parse(read, nullptr, false), texts(service)) << escapes;
    }
  SmsupAccount const service{100};
  auto const xml = service.ask("/campaigns", "application/xml").body;
  if (has_program("xmllint")) {
    EXPECT_EQ(output_of("xmllint --noout - 2>&1", xml), "");
  }
  if (has_program("python3")) {
    auto const read = output_of(
        "python3 -c 'import sys, json, xml.etree.ElementTree as tree\n"
        "root = tree.parse(sys.stdin.buffer).getroot()\n"
        "print(json.dumps([c.findtext(\"text\") for c in root.findall(\"campaign\")]))'",
        xml);
    EXPECT_EQ(Json::parse(read, nullptr, false), texts(service));
  }
  auto const parsed = service.xml("/campaigns");
  auto all = Json::array();
  for (auto const& campaign : parsed.child("response").children("campaign"))
    all.push_back(campaign.child("text").text().get());
  EXPECT_EQ(all, texts(service));
}

TEST(SmsupSimulator, ServesTheSameOverHttp) {
  if (!has_program("curl")) GTEST_SKIP() << "no curl program";
  SmsupAccount const service;
  ASSERT_TRUE(service.simulator->serve());
  auto const fetch = [&](std::string const& path, std::string const& token, std::string const& more) {
    return output_of(
        "curl -sS --max-time 20 -w '\\n%{http_code} %{content_type}' -H 'Authorization: Bearer " + token +
        "' " + more + " '" + service.simulator->base_url() + path + "'");
  };
  EXPECT_EQ(fetch("/campaigns?length=3", service.token, "-H 'Accept: application/json'"),
            service.ask("/campaigns?length=3").body + "\n200 application/json");
  EXPECT_EQ(fetch("/campaigns?length=3", service.token, ""),
            service.ask("/campaigns?length=3", "*/*").body + "\n200 application/xml");
  auto const id = service.truth.front().id;
  EXPECT_EQ(fetch("/campaign/" + id, service.token, "-H 'Accept: application/json'"),
            service.ask("/campaign/" + id).body + "\n200 application/json");
  auto const refused = fetch("/campaigns", "wrong", "-H 'Accept: application/json'");
  EXPECT_NE(refused.find("\"status\":-1"), std::string::npos) << refused;
  EXPECT_TRUE(refused.ends_with("\n200 application/json")) << refused;
}

}  // namespace
}  // namespace polycampaign::test
