#include "polycampaign/protocol/url.hpp"

#include "vendors/bsg/fixture.hpp"

#include <cstdint>
#include <optional>

namespace polycampaign::inline v1::bsg {
namespace {

using protocol::PageInfo;
using protocol::PageKey;
using test::CampaignQuery;

std::string parameter(std::string const& url, std::string_view name) {
  auto const parsed = protocol::parse_url(url);
  EXPECT_TRUE(parsed) << url;
  return parsed ? protocol::query_value(parsed->query, name) : std::string{};
}

std::string url_of(CampaignQuery const& query, PageKey const& key, Adapter const& held) {
  return test::listing(held, query).page(key)->call.request.url;
}

PageKey part(std::int64_t number) {
  return {.part = number, .offset = 0, .size = 500};
}

TEST(BsgList, AsksForTheNewestSmsCampaignsOfEightyNineDays) {
  auto const held = adapter();
  auto const query = list_query();
  auto const key = test::listing(*held, query).first;
  EXPECT_EQ(key, part(0));
  auto const exchange = *test::listing(*held, query).page(key);
  EXPECT_EQ(exchange.call.request.method, "GET");
  EXPECT_EQ(exchange.call.request.action, Action::read);
  EXPECT_EQ(exchange.call.operation, "list");
  EXPECT_TRUE(exchange.call.authenticated);
  EXPECT_EQ(exchange.call.request.url,
            host +
                "/api/campaigns?filter%5Btype%5D=sms&filter%5Bfrom%5D=2024-04-03%2012%3A00%3A00"
                "&filter%5Bto%5D=2024-07-01%2012%3A00%3A00&page%5Boffset%5D=0&page%5Blimit%5D=500"
                "&sort=id&way=desc");
  EXPECT_EQ(test::listing(*held, query).windows, 1);
}

struct Period {
  std::string from;
  std::string to;
  friend bool operator==(Period const&, Period const&) = default;
};

std::vector<Period> periods(CampaignQuery const& query, Adapter const& held) {
  std::vector<Period> found;
  for (int window = 0; window < test::listing(held, query).windows; ++window) {
    auto const url = url_of(query, part(window), held);
    found.push_back({parameter(url, "filter[from]"), parameter(url, "filter[to]")});
  }
  return found;
}

struct Sliced {
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::vector<Period> expected;
};

TEST(BsgList, APeriodIsCutIntoWindowsThatTouchNewestFirst) {
  for (auto const& [since, until, expected] : {
           Sliced{"2024-06-01T00:00:00Z", {}, {{"2024-06-01 00:00:00", "2024-07-01 12:00:00"}}},
           Sliced{"2024-04-03T12:00:00Z", {}, {{"2024-04-03 12:00:00", "2024-07-01 12:00:00"}}},
           Sliced{"2024-04-03T11:59:59Z",
                  {},
                  {{"2024-04-03 12:00:00", "2024-07-01 12:00:00"},
                   {"2024-04-03 11:59:59", "2024-04-03 12:00:00"}}},
           Sliced{"2023-12-01T00:00:00Z",
                  "2024-06-01T00:00:00Z",
                  {{"2024-03-04 00:00:00", "2024-06-01 00:00:00"},
                   {"2023-12-06 00:00:00", "2024-03-04 00:00:00"},
                   {"2023-12-01 00:00:00", "2023-12-06 00:00:00"}}},
           // without since: one window
           Sliced{{}, "2023-06-01T00:00:00Z", {{"2023-03-04 00:00:00", "2023-06-01 00:00:00"}}},
           // nothing is created in the future, but the account's clock may be ahead
           Sliced{"2024-06-01T00:00:00Z",
                  "2030-01-01T00:00:00Z",
                  {{"2024-06-01 00:00:00", "2024-07-01 12:00:00"}}},
           Sliced{"2031-01-01T00:00:00Z",
                  "2032-01-01T00:00:00Z",
                  {{"2024-07-01 12:00:00", "2024-07-01 12:00:00"}}},
           // an empty period is one request, not none
           Sliced{"2024-06-02T00:00:00Z",
                  "2024-06-01T00:00:00Z",
                  {{"2024-06-01 00:00:00", "2024-06-01 00:00:00"}}},
       }) {
    auto query = list_query();
    if (since) query.filter.since = at(*since);
    if (until) query.filter.until = at(*until);
    EXPECT_EQ(periods(query, *adapter()), expected) << since.value_or("-") << ' ' << until.value_or("-");
  }
}

TEST(BsgList, TheFarPastIsManyWindowsAndNoOverflow) {
  auto query = list_query();
  query.filter.since = std::chrono::sys_seconds::min();
  auto const held = adapter();
  EXPECT_EQ(test::listing(*held, query).windows, 224);
  auto const oldest = url_of(query, part(223), *held);
  EXPECT_EQ(parameter(oldest, "filter[from]"), "1970-01-01 00:00:00");
  query.filter.since = std::chrono::sys_seconds::max();
  query.filter.until = std::chrono::sys_seconds::max();
  EXPECT_EQ(test::listing(*held, query).windows, 1);
}

TEST(BsgList, BoundsAreTheAccountsClockOnTheWall) {
  auto query = list_query();
  query.filter.since = at("2024-01-15T00:00:00Z");
  query.filter.until = at("2024-06-01T00:00:00Z");
  // 22 January hours ahead of UTC by two, in June by three; windows stay 89 days of the wall clock
  EXPECT_EQ(periods(query, *adapter("Europe/Kyiv")),
            (std::vector<Period>{{"2024-03-04 03:00:00", "2024-06-01 03:00:00"},
                                 {"2024-01-15 02:00:00", "2024-03-04 03:00:00"}}));
}

TEST(BsgList, AnEndInTheSecondOfTwoEqualHoursIncludesTheFirstOne) {
  auto query = list_query();
  query.now = at("2024-12-01T00:00:00Z");
  query.filter.since = at("2024-10-26T21:00:00Z");
  auto const held = adapter("Europe/Kyiv");
  for (auto const& [until, end] : {std::pair{"2024-10-27T00:10:00Z", "2024-10-27 03:10:00"},
                                   {"2024-10-27T01:10:00Z", "2024-10-27 04:10:00"},
                                   {"2024-10-27T02:10:00Z", "2024-10-27 04:10:00"}}) {
    query.filter.until = at(until);
    EXPECT_EQ(periods(query, *held), (std::vector<Period>{{"2024-10-27 00:00:00", end}})) << until;
  }
}

TEST(BsgList, AnAscendingListWalksItsWindowsUpwards) {
  for (auto const& [sort, upwards] : std::vector<std::pair<std::string, bool>>{
           {"id", true}, {"date", true}, {"-id", false}, {"-date", false}, {"sender", false}, {"", false}}) {
    auto query = list_query();
    query.filter.sort = sort;
    query.filter.since = at("2024-03-01T00:00:00Z");
    query.filter.until = at("2024-06-01T00:00:00Z");
    std::vector<Period> expected{{"2024-03-04 00:00:00", "2024-06-01 00:00:00"},
                                 {"2024-03-01 00:00:00", "2024-03-04 00:00:00"}};
    if (upwards) std::swap(expected.front(), expected.back());
    EXPECT_EQ(periods(query, *adapter()), expected) << sort;
  }
}

struct Sorted {
  std::string sort;
  std::string key;
  std::string way;
};

TEST(BsgList, SortsByTheVendorsKeys) {
  for (auto const& [sort, key, way] :
       {Sorted{"", "id", "desc"}, Sorted{"id", "id", "asc"}, Sorted{"-id", "id", "desc"},
        Sorted{"sender", "sender", "asc"}, Sorted{"-type", "type", "desc"}, Sorted{"date", "date", "asc"},
        Sorted{"-status", "status", "desc"}}) {
    auto query = list_query();
    query.filter.sort = sort;
    auto const url = url_of(query, part(0), *adapter());
    EXPECT_EQ(parameter(url, "sort"), key) << sort;
    EXPECT_EQ(parameter(url, "way"), way) << sort;
  }
}

TEST(BsgList, ASearchIsTheVendorsOwnOverNames) {
  auto query = list_query();
  EXPECT_EQ(url_of(query, part(0), *adapter()).find("search"), std::string::npos);
  query.filter.search = "SMS & more";
  auto const url = url_of(query, part(0), *adapter());
  EXPECT_NE(url.find("search%5Bfield%5D=taskname&search%5Bvalue%5D=SMS%20%26%20more"), std::string::npos)
      << url;
}

TEST(BsgList, EachChannelIsAPartOfEachWindow) {
  auto query = list_query();
  query.filter.since = at("2024-03-01T00:00:00Z");
  query.filter.until = at("2024-06-01T00:00:00Z");
  query.filter.channels = {Channel::viber,   Channel::sms, Channel::viber,
                           Channel::unknown, Channel::rcs, Channel::whatsapp};
  auto const held = adapter();
  EXPECT_EQ(test::listing(*held, query).windows, 2);
  std::vector<std::string> types;
  for (int number = 0; number < 8; ++number) {
    auto const url = url_of(query, part(number), *held);
    types.push_back(parameter(url, "filter[type]"));
    EXPECT_EQ(parameter(url, "filter[to]"), number < 4 ? "2024-06-01 00:00:00" : "2024-03-04 00:00:00");
  }
  EXPECT_EQ(types,
            (std::vector<std::string>{"viber", "sms", "rcs", "whatsapp", "viber", "sms", "rcs", "whatsapp"}));
}

TEST(BsgList, RecordsWithoutAChannelHaveTheOneThatWasAskedFor) {
  auto query = list_query();
  query.filter.channels = {Channel::rcs};
  auto const page =
      test::listing(*adapter(), query)
          .page(part(0))
          ->decode(answer(R"({"data":[{"id":1},{"id":2,"message_type":"sms"},{"id":3,"type":"instant"}]})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items[0].channel, Channel::rcs);
  EXPECT_EQ(page->items[1].channel, Channel::sms);
  EXPECT_EQ(page->items[2].channel, Channel::rcs);
}

TEST(BsgList, SaysWhatWasNotAskedFor) {
  auto query = list_query();
  auto sentences = test::listing(*adapter(), query).unseen;
  ASSERT_EQ(sentences.size(), 2U);
  EXPECT_NE(sentences[0].find("whatsapp, viber, rcs"), std::string::npos) << sentences[0];
  EXPECT_NE(sentences[1].find("2024-04-03 12:00:00"), std::string::npos) << sentences[1];
  EXPECT_NE(sentences[1].find("89 days"), std::string::npos) << sentences[1];

  query.filter.since = at("2024-01-01T00:00:00Z");
  query.filter.channels = {Channel::rcs, Channel::sms};
  sentences = test::listing(*adapter(), query).unseen;
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_NE(sentences[0].find("whatsapp, viber."), std::string::npos) << sentences[0];

  query.filter.channels = {Channel::rcs, Channel::sms, Channel::viber, Channel::whatsapp};
  EXPECT_TRUE(test::listing(*adapter(), query).unseen.empty());
}

struct Ahead {
  PageKey key;
  PageInfo info;
  std::size_t most;
  std::vector<PageKey> expected;
};

PageInfo page_info(std::int64_t records, std::optional<std::int64_t> total,
                   std::optional<std::int64_t> limit = std::nullopt) {
  return {.records = records, .total = total, .applied_size = limit};
}

PageKey offset(std::int64_t number, std::int64_t first) {
  return {.part = number, .offset = first, .size = 500};
}

TEST(BsgList, FurtherPagesAreKnownAcrossTheWindows) {
  auto query = list_query();  // three windows
  query.filter.since = at("2023-12-01T00:00:00Z");
  query.filter.until = at("2024-06-01T00:00:00Z");
  for (auto const& [key, info, most, expected] : {
           // the last page of a window leads to the next one
           Ahead{offset(0, 0), page_info(3, 3, 500), 9, {offset(1, 0)}},
           Ahead{offset(0, 0), page_info(0, 0, 500), 9, {offset(1, 0)}},
           Ahead{offset(0, 0), page_info(500, 500, 500), 9, {offset(1, 0)}},
           Ahead{offset(0, 0), page_info(500, 1200, 500), 9, {offset(0, 500), offset(0, 1000), offset(1, 0)}},
           Ahead{offset(0, 0), page_info(500, 1200, 500), 2, {offset(0, 500), offset(0, 1000)}},
           Ahead{offset(0, 0), page_info(500, 1200, 500), 1, {offset(0, 500)}},
           Ahead{offset(0, 0), page_info(500, 1200, 500), 0, {}},
           Ahead{offset(0, 1000), page_info(200, 1200, 500), 9, {offset(1, 0)}},
           Ahead{offset(2, 1000), page_info(200, 1200, 500), 9, {}},
           // BSG gives fewer a page than asked: steps are as long as the page that came
           Ahead{offset(0, 0), page_info(30, 90, 30), 9, {offset(0, 30), offset(0, 60), offset(1, 0)}},
           Ahead{offset(0, 0), page_info(30, 90), 9, {offset(0, 30), offset(0, 60), offset(1, 0)}},
           Ahead{offset(1, 30), page_info(20, 90, 30), 9, {offset(1, 50), offset(1, 70), offset(2, 0)}},
           // an empty page ends a window, whatever the total says
           Ahead{offset(0, 500), page_info(0, 1200, 500), 9, {offset(1, 0)}},
           Ahead{offset(2, 500), page_info(0, 1200, 500), 9, {}},
           // without a total: until a page is shorter than the applied limit, else until one is empty
           Ahead{offset(0, 0), page_info(500, std::nullopt, 500), 9, {offset(0, 500)}},
           Ahead{offset(0, 0), page_info(500, std::nullopt), 9, {offset(0, 500)}},
           Ahead{offset(0, 0), page_info(30, std::nullopt, 30), 9, {offset(0, 30)}},
           Ahead{offset(0, 0), page_info(499, std::nullopt, 500), 9, {offset(1, 0)}},
           Ahead{offset(0, 0), page_info(29, std::nullopt, 30), 9, {offset(1, 0)}},
           Ahead{offset(0, 0), page_info(30, std::nullopt), 9, {offset(0, 30)}},
           Ahead{offset(0, 0), page_info(0, std::nullopt), 9, {offset(1, 0)}},
           Ahead{offset(2, 0), page_info(499, std::nullopt, 500), 9, {}},
       }) {
    EXPECT_EQ(test::listing(*adapter(), query).ahead(key, info, most), expected)
        << key.part << '/' << key.offset << ": " << info.records << " of " << info.total.value_or(-1);
  }
}

TEST(BsgList, KeysThatNameNoPageAreRefused) {
  auto const query = list_query();
  for (auto const& key :
       {PageKey{.part = 1, .size = 500}, PageKey{.part = 1'000'000, .size = 500}, PageKey{}}) {
    auto const refused = test::listing(*adapter(), query).page(key);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(BsgList, ReadsThePublishedPage) {
  auto const held = adapter();
  auto const query = list_query();
  auto const page =
      test::first_page(*held, query)->decode(answer(data_file("bsg/campaigns_list.response.json")));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->info.records, 1);
  EXPECT_EQ(page->info.total, 1);
  EXPECT_EQ(page->info.applied_size, 30);
}

struct Wrapped {
  char const* body;
  std::int64_t records;
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> limit;
};

TEST(BsgList, RecordsAndTotalsAreFoundWhereverTheyStand) {
  for (auto const& [body, records, total, limit] : {
           Wrapped{R"({"data":[{"id":1},{"id":2}],"meta":{"page":{"total":2,"limit":30}}})", 2, 2, 30},
           Wrapped{R"({"data":[{"id":1}],"total":1})", 1, 1, std::nullopt},
           Wrapped{R"({"data":[{"id":1}],"meta":{"page":{"total":"1","limit":"30"}}})", 1, 1, 30},
           Wrapped{R"({"data":[],"meta":{"page":{"total":0,"limit":500,"offset":0}}})", 0, 0, 500},
           Wrapped{R"({"data":[]})", 0, std::nullopt, std::nullopt},
           Wrapped{R"({"data":{}})", 0, std::nullopt, std::nullopt},
           Wrapped{R"({"data":null})", 0, std::nullopt, std::nullopt},
           Wrapped{R"({"data":{"0":{"id":1},"2":{"id":2}}})", 2, std::nullopt, std::nullopt},
           Wrapped{R"({"3":{"id":1},"2":{"id":2}})", 2, std::nullopt, std::nullopt},
           Wrapped{R"({"data":[{"id":9}],"data":[{"id":1},{"id":2}],"total":1,"total":2})", 2, 2,
                   std::nullopt},
           Wrapped{R"({"data":{"id":1}})", 1, std::nullopt, std::nullopt},
           Wrapped{R"([{"id":1},{"id":2}])", 2, std::nullopt, std::nullopt},
           Wrapped{R"({"data":[{"id":1}],"meta":[]})", 1, std::nullopt, std::nullopt},
           Wrapped{R"({"data":[{"id":1}],"meta":{"page":{"total":-1}}})", 1, std::nullopt, std::nullopt},
       }) {
    auto const held = adapter();
    auto const query = list_query();
    auto const page = test::first_page(*held, query)->decode(answer(body));
    ASSERT_TRUE(page) << body;
    EXPECT_EQ(page->info.records, records) << body;
    EXPECT_EQ(static_cast<std::int64_t>(page->items.size()), records) << body;
    EXPECT_EQ(page->info.total, total) << body;
    EXPECT_EQ(page->info.applied_size, limit) << body;
  }
}

TEST(BsgList, AnAnswerOfMoreThanTenPagesIsNone) {
  std::string records = R"({"id":1})";
  for (int i = 1; i < 5'000; ++i) records += R"(,{"id":1})";
  auto const held = adapter();
  auto const query = list_query();
  auto const exchange = *test::first_page(*held, query);
  EXPECT_TRUE(exchange.decode(answer(R"({"data":[)" + records + "]}")));
  auto const more = exchange.decode(answer(R"({"data":[)" + records + ",0]}"));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::protocol);
}

TEST(BsgList, KeepsTheRecordsTextsOnRequest) {
  auto const held = adapter();
  auto query = list_query();
  query.keep_raw = true;
  auto const page = test::first_page(*held, query)->decode(answer(R"({"data":[{ "id":1 }, {"id":2}]})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items[0].raw(), R"({ "id":1 })");
  EXPECT_EQ(page->items[1].raw(), R"({"id":2})");
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
