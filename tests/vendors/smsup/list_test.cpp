#include "vendors/smsup/support.hpp"

#include <algorithm>
#include <limits>

namespace polycampaign::inline v1::vendor_tests {
namespace {

using protocol::PageInfo;
using protocol::PageKey;

std::string url_of(CampaignFilter filter, int page_size = 1000, std::string zone = {}) {
  auto const adapter = smsup_vendor({.time_zone = std::move(zone)});
  auto const query = list_query(std::move(filter), page_size);
  auto const exchange = *test::first_page(*adapter, query);
  EXPECT_EQ(exchange.call.request.method, "GET");
  EXPECT_EQ(exchange.call.request.action, Action::read);
  EXPECT_EQ(exchange.call.request.body, "");
  EXPECT_EQ(exchange.call.operation, "list");
  return exchange.call.request.url;
}

TEST(SmsupList, AsksNewestFirstWithTheVendorsOwnFilters) {
  std::string const start = "https://api.smsup.ch/campaigns?start=0&length=1000&sort=";
  EXPECT_EQ(url_of({}), start + "-id");
  EXPECT_EQ(url_of({}, 25), "https://api.smsup.ch/campaigns?start=0&length=25&sort=-id");
  EXPECT_EQ(url_of({.sort = "cost"}), start + "cost");
  EXPECT_EQ(url_of({.sort = "-date"}), start + "-date");
  EXPECT_EQ(url_of({.min_messages = 5}), start + "-id&sms_min=5");
  EXPECT_EQ(url_of({.min_messages = 0, .max_messages = 10}), start + "-id&sms_min=0&sms_max=10");
  EXPECT_EQ(url_of({.destination = "41790000001"}), start + "-id&destination=41790000001");
  EXPECT_EQ(url_of({.destination = "+41790000001"}), start + "-id&destination=41790000001");
  EXPECT_EQ(url_of({.text = "50% & more"}), start + "-id&text=50%25%20%26%20more");
  // what the vendor has no filter for stays with the client
  EXPECT_EQ(url_of({.statuses = {StatusCode::completed}, .channels = {Channel::viber}, .limit = 3}),
            start + "-id");
}

TEST(SmsupList, BoundsTheSendDateOnTheAccountsWallClock) {
  std::string const start = "https://api.smsup.ch/campaigns?start=0&length=1000&sort=-id";
  struct {
    CampaignFilter filter;
    std::string query;
    std::string zone{};
  } const rows[] = {
      // whether the bounds count is not documented: a second early, and no second late is needed
      {{.planned_since = at("2024-07-01T10:00:00Z")}, "&date_start=2024-07-01%2011%3A59%3A59"},
      {{.planned_since = at("2024-01-01T11:00:00Z")}, "&date_start=2024-01-01%2011%3A59%3A59"},
      {{.planned_until = at("2024-07-01T10:00:00Z")}, "&date_end=2024-07-01%2012%3A00%3A00"},
      {{.planned_until = at("2024-07-01T10:00:00Z")}, "&date_end=2024-07-01%2010%3A00%3A00", "UTC"},
      // in the hour that the clock shows twice every time is read as its first: reach beyond the second
      {{.planned_until = at("2024-10-27T01:30:00Z")}, "&date_end=2024-10-27%2003%3A30%3A00"},
      {{.planned_until = at("2024-10-27T00:30:00Z")}, "&date_end=2024-10-27%2002%3A30%3A00"},
      // nothing is sent before it was created: `since` bounds the send date too, `until` does not
      {{.since = at("2024-07-01T10:00:00Z")}, "&date_start=2024-07-01%2010%3A59%3A59"},
      {{.until = at("2024-07-01T10:00:00Z")}, ""},
      {{.since = at("2024-07-01T10:00:00Z"), .planned_since = at("2024-07-02T10:00:00Z")},
       "&date_start=2024-07-02%2011%3A59%3A59"},
      {{.since = at("2024-07-03T10:00:00Z"), .planned_since = at("2024-07-02T10:00:00Z")},
       "&date_start=2024-07-03%2010%3A59%3A59"},
      // what bounds nothing, or has no four digits for its year
      {{.since = std::chrono::sys_seconds::min(), .planned_since = at("1970-01-01")}, ""},
      {{.planned_until = std::chrono::sys_seconds::max()}, ""},
      {{.planned_until = std::chrono::sys_seconds::min()}, "&date_end=1971-01-01%2001%3A00%3A00"},
      {{.planned_since = std::chrono::sys_seconds::max()}, "&date_start=9999-01-01%2000%3A59%3A59"},
  };
  for (auto const& row : rows) EXPECT_EQ(url_of(row.filter, 1000, row.zone), start + row.query);
}

TEST(SmsupList, AsksForTheFormatAndKeepsTheTokenOutOfTheUrl) {
  for (auto const format : {smsup::Format::json, smsup::Format::xml}) {
    auto const adapter = smsup_vendor({format});
    auto const query = list_query();
    auto request = test::first_page(*adapter, query)->call.request;
    adapter->sign(request, nullptr);
    EXPECT_EQ(header_of(request, "Authorization"), "Bearer eyJ.secret-token");
    EXPECT_EQ(header_of(request, "Accept"),
              format == smsup::Format::xml ? "application/xml" : "application/json");
    EXPECT_EQ(request.url.find("secret-token"), std::string::npos);
  }
}

TEST(SmsupList, ReadsWhicheverFormTheAnswerHas) {
  auto const json = published_list();
  auto const xml = data_file("smsup/campaigns_list.g2.xml");
  for (auto const format : {smsup::Format::json, smsup::Format::xml})
    for (auto const& body : {json, xml, "\xEF\xBB\xBF" + json, "\xEF\xBB\xBF" + xml, "\n " + json}) {
      auto const page = read_page(answer(body), {format});
      ASSERT_TRUE(page) << page.error().message;
      EXPECT_EQ(page->items.size(), 2U);
      EXPECT_EQ(page->items[0].id, "18969398");
    }
}

TEST(SmsupList, AcceptsEveryNameAndWrapperOfTheRecords) {
  for (std::string const body : {
           R"({"status":1,"campaigns":[{"id":"1"},{"id":"2"}]})",
           R"({"status":"1","campaign":[{"id":"1"},{"id":"2"}]})",
           // without a status: the records are the answer
           R"({"campaigns":[{"id":"1"},{"id":"2"}]})",
           "<response><status>1</status><campaign><id>1</id></campaign><campaign><id>2</id></campaign></"
           "response>",
           "<response><status>1</status><campaigns><id>1</id></campaigns><campaigns><id>2</id></campaigns></"
           "response>",
           "<response><campaign><id>1</id></campaign><campaign><id>2</id></campaign></response>",
           "<response><campaigns><campaign><id>1</id></campaign><campaign><id>2</id></campaign></campaigns></"
           "response>",
           "<?xml version=\"1.0\" "
           "encoding=\"UTF-8\"?>\n<response>\n<campaign>\n<id>1</id>\n</campaign>\n<campaign>"
           "<id>2</id></campaign>\n</response>\n",
       }) {
    auto const page = read_page(answer(body));
    ASSERT_TRUE(page) << body << page.error().message;
    ASSERT_EQ(page->items.size(), 2U) << body;
    EXPECT_EQ(page->info.records, 2) << body;
    EXPECT_EQ(page->items[0].id, "1");
    EXPECT_EQ(page->items[1].id, "2");
    EXPECT_TRUE(page->items[0].notes.empty()) << body;
  }
  auto const one = read_page(answer(R"({"status":1,"campaigns":{"id":"1"}})"), {}, true);
  ASSERT_TRUE(one);
  ASSERT_EQ(one->items.size(), 1U);
  EXPECT_EQ(one->items[0].raw(), R"({"id":"1"})");
}

TEST(SmsupList, TellsAnEmptyListFromNoAnswer) {
  for (std::string const body : {
           R"({"status":1,"message":"OK","campaigns":[],"totalRecords":0,"totalDisplayRecords":0})",
           R"({"status":1,"campaigns":null})",
           R"({"status":1,"campaigns":{}})",
           R"({"status":1,"campaign":{}})",
           R"({"status":1,"message":"OK","totalRecords":0})",
           "<response><status>1</status><message>OK</message></response>",
           "<response><status>1</status><campaigns></campaigns></response>",
           "<response><campaign/></response>",
           "<response><status>1</status><campaign>null</campaign></response>",
       }) {
    auto const page = read_page(answer(body));
    ASSERT_TRUE(page) << body << page.error().message;
    EXPECT_TRUE(page->items.empty()) << body;
    EXPECT_EQ(page->info.records, 0) << body;
  }
  for (std::string const body : {
           R"({"status":1,"message":"OK"})",
           R"({"status":1,"totalRecords":3})",
           R"({"status":1,"campaigns":"none"})",
           "{}",
           "[]",
           "<response></response>",
       }) {
    auto const page = read_page(answer(body));
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
}

TEST(SmsupList, ReadsRecordsKeyedByNumbersInTheirOrder) {
  for (std::string const name : {"campaign", "campaigns"}) {
    auto const page = read_page(answer(R"({"status":1,"campaigns":null,")" + name +
                                       R"(":{"12":{"id":"3", "cost":1.50},"0":{"id":"1"},"2":{ "id":"2"}}})"),
                                {}, true);
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->info.records, 3);
    EXPECT_EQ(page->items[0].id, "1");
    EXPECT_EQ(page->items[1].raw(), R"({ "id":"2"})");
    EXPECT_EQ(page->items[2].id, "3");
    EXPECT_EQ(page->items[2].cost->amount.text(), "1.50");
  }
}

TEST(SmsupList, WhatIsNoCampaignIsNoAnswer) {
  for (std::string const body : {
           R"({"status":1,"campaigns":{"data":[{"id":"1"}]}})",
           R"({"status":1,"campaigns":{"campaigns":[{"id":"1"}],"total":1}})",
           R"({"status":1,"campaigns":[[{"id":"1"}]]})",
           R"({"status":1,"campaigns":{"credits":"7","postpaid":"0"}})",
           R"({"status":1,"campaigns":[0,"x",null,[],{}]})",
           R"({"status":1,"campaigns":[{"sender":"S"},{"text":"T"}]})",
           R"({"status":1,"campaigns":{"0":0,"1":1}})",
           "<response><status>1</status><campaigns><item><id>1</id></item></campaigns></response>",
           "<response><status>1</status><campaign>oops</campaign></response>",
           "<response><status>1</status><campaign><sender>S</sender></campaign></response>",
       }) {
    auto const page = read_page(answer(body));
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
}

TEST(SmsupList, AnAnswerOfMoreThanTenPagesIsNone) {
  for (bool const xml : {false, true}) {
    std::string records;
    for (int i = 0; i < 10'000; ++i) records += xml ? "<campaign><id>1</id></campaign>" : R"({"id":1},)";
    auto const body = [xml](std::string const& all) {
      return xml ? "<response><status>1</status>" + all + "</response>"
                 : R"({"status":1,"campaigns":[)" + all.substr(0, all.size() - 1) + "]}";
    };
    EXPECT_TRUE(read_page(answer(body(records))));
    auto const more = read_page(answer(body(records + (xml ? "<campaign><id>1</id></campaign>" : "0,"))));
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, ErrorCode::protocol);
  }
}

TEST(SmsupList, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const page =
      read_page(answer(R"({"status":-1,"status":1,"campaigns":[{"id":"1","cost":1.50}],"totalRecords":1,)"
                       R"("campaigns":[{"id":"2","cost":2.50}],"totalRecords":2})"),
                {}, true);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->items[0].cost->amount.text(), "2.50");
  EXPECT_EQ(page->items[0].raw(), R"({"id":"2","cost":2.50})");
  EXPECT_EQ(page->info.total, 2);
  auto const refused = read_page(answer(R"({"status":1,"message":"OK","status":-5,"message":"gone"})"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  EXPECT_EQ(refused.error().message.find("OK"), std::string::npos) << refused.error().message;
}

TEST(SmsupList, LeavesOutAnXmlEntryThatIsNoRecord) {
  auto const page =
      read_page(answer("<response><status>1</status><campaign>oops</campaign><campaign><sender>S</sender>"
                       "</campaign><campaign><id>3</id></campaign></response>"));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 2U);
  EXPECT_EQ(page->info.records, 3);
  EXPECT_EQ(page->items[0].id, "");
  EXPECT_EQ(page->items[0].sender, "S");
  EXPECT_EQ(page->items[0].notes.size(), 2U);
  EXPECT_EQ(page->items[1].id, "3");
}

TEST(SmsupList, ReadsTotalsAsNumbersOrText) {
  struct {
    std::string members;
    std::optional<std::int64_t> total;
  } const rows[] = {
      {R"("totalRecords":9,"totalDisplayRecords":2)", 2},
      {R"("totalRecords":"9","totalDisplayRecords":"2")", 2},
      {R"("totalRecords":9)", 9},
      {R"("totalRecords":9,"totalDisplayRecords":null)", 9},
      {R"("totalRecords":-1)", std::nullopt},
      {R"("totalRecords":"x")", std::nullopt},
      {R"("message":"OK")", std::nullopt},
  };
  for (auto const& row : rows) {
    auto const page = read_page(answer(R"({"status":1,"campaigns":[{"id":"1"}],)" + row.members + "}"));
    ASSERT_TRUE(page) << row.members;
    EXPECT_EQ(page->info.total, row.total) << row.members;
  }
  auto const xml =
      read_page(answer("<response><status>1</status><campaign><id>1</id></campaign><totalDisplayRecords>7</"
                       "totalDisplayRecords></response>"));
  ASSERT_TRUE(xml);
  EXPECT_EQ(xml->info.total, 7);
}

TEST(SmsupList, GoesOnByWhatWasReceived) {
  struct {
    char const* what;
    PageKey key;
    PageInfo info;
    std::size_t most;
    std::vector<std::pair<std::int64_t, std::int64_t>> next;  // offset, size
  } const rows[] = {
      {"full pages until the total",
       {.size = 100},
       {.records = 100, .total = 350},
       8,
       {{100, 100}, {200, 100}, {300, 100}}},
      {"no more than asked for",
       {.size = 100},
       {.records = 100, .total = 10'000},
       2,
       {{100, 100}, {200, 100}}},
      {"none asked for", {.size = 100}, {.records = 100, .total = 10'000}, 0, {}},
      {"the total is reached", {.offset = 300, .size = 100}, {.records = 50, .total = 350}, 8, {}},
      {"the total is reached by a full page", {.size = 100}, {.records = 100, .total = 100}, 8, {}},
      {"an empty page, whatever the total says",
       {.offset = 100, .size = 100},
       {.records = 0, .total = 350},
       8,
       {}},
      {"the server caps the length",
       {.size = 1000},
       {.records = 100, .total = 250},
       8,
       {{100, 100}, {200, 100}}},
      {"the server gives more than asked for",
       {.size = 10},
       {.records = 100, .total = 250},
       8,
       {{100, 10}, {200, 10}}},
      {"no total, full page", {.offset = 100, .size = 100}, {.records = 100}, 8, {{199, 100}}},
      {"no total, short page: perhaps a cap", {.offset = 100, .size = 100}, {.records = 7}, 8, {{106, 7}}},
      {"no total, one record", {.offset = 100, .size = 100}, {.records = 1}, 8, {{101, 1}}},
      {"no total, only the record of the page before",
       {.offset = 100, .size = 100, .overlap = 1},
       {.records = 1},
       8,
       {}},
      {"no total, empty page", {.offset = 100, .size = 100}, {.records = 0}, 8, {}},
      {"no total, none asked for", {.size = 100}, {.records = 100}, 0, {}},
      {"a total that cannot be",
       {.offset = 100, .size = 100},
       {.records = 100, .total = 100},
       8,
       {{199, 100}}},
      {"a huge total",
       {.offset = 0, .size = 1000},
       {.records = 1000, .total = std::numeric_limits<std::int64_t>::max()},
       1,
       {{1000, 1000}}},
  };
  auto const adapter = smsup_vendor();
  for (auto const& row : rows) {
    auto const keys = test::listing(*adapter, list_query()).ahead(row.key, row.info, row.most);
    std::vector<std::pair<std::int64_t, std::int64_t>> next;
    for (auto const& key : keys) next.emplace_back(key.offset, key.size);
    EXPECT_EQ(next, row.next) << row.what;
  }
}

/// The pages of a server, read to the end, as the records of each page.
template <class Server>
std::vector<std::vector<std::string>> read_list(int page_size, Server const& server) {
  auto const adapter = smsup_vendor({smsup::Format::xml});
  auto const query = list_query({}, page_size);
  std::vector<std::vector<std::string>> pages;
  for (auto key = test::listing(*adapter, query).first; pages.size() < 10;) {
    auto const page = test::listing(*adapter, query).page(key)->decode(answer(server(key.offset, key.size)));
    EXPECT_TRUE(page);
    if (!page) break;
    EXPECT_EQ(page->info.records, static_cast<std::int64_t>(page->items.size()));
    auto& ids = pages.emplace_back();
    for (auto const& campaign : page->items) ids.push_back(campaign.id);
    auto const keys = test::listing(*adapter, query).ahead(key, page->info, 4);
    if (keys.empty()) break;
    EXPECT_EQ(keys.size(), 1U);
    key = keys[0];
  }
  return pages;
}

std::string xml_page(std::int64_t first, std::int64_t behind) {
  std::string body = "<response><status>1</status>";
  for (auto id = first; id < behind; ++id) body += "<campaign><id>" + std::to_string(id) + "</id></campaign>";
  return body + "</response>";
}

TEST(SmsupList, LosesNothingToACapWithoutTotals) {
  using Pages = std::vector<std::vector<std::string>>;
  auto const capped = [](std::int64_t start, std::int64_t length) {
    return xml_page(start, std::max(start, std::min({start + length, start + 2, std::int64_t{5}})));
  };
  EXPECT_EQ(read_list(1000, capped), (Pages{{"0", "1"}, {"1", "2"}, {"2", "3"}, {"3", "4"}, {"4"}}));
  EXPECT_EQ(read_list(1, capped), (Pages{{"0"}, {"1"}, {"2"}, {"3"}, {"4"}, {}}));
}

TEST(SmsupList, EndsWhenAServerGivesItsOnlyPageAgain) {
  using Pages = std::vector<std::vector<std::string>>;
  auto const same = [](std::int64_t, std::int64_t) { return xml_page(0, 2); };
  EXPECT_EQ(read_list(1000, same), (Pages{{"0", "1"}, {"0"}}));
  // but a full page that comes again is for the engine to judge: there may be more behind it
  EXPECT_EQ(read_list(2, same).size(), 10U);
}

TEST(SmsupList, AsksForTheNextPageByItsOffset) {
  auto const adapter = smsup_vendor();
  auto const query = list_query({.text = "x"}, 100);
  auto const keys = test::listing(*adapter, query)
                        .ahead(test::listing(*adapter, query).first, {.records = 100, .total = 250}, 4);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(test::listing(*adapter, query).page(keys[1])->call.request.url,
            "https://api.smsup.ch/campaigns?start=200&length=100&sort=-id&text=x");
}

}
}
