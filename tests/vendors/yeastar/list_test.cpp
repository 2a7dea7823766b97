#include "vendors/yeastar/fixture.hpp"

#include <cstdint>
#include <optional>

namespace polycampaign::inline v1::yeastar {
namespace {

using protocol::PageInfo;
using protocol::PageKey;

protocol::ListPage<Campaign> decode_list(std::string body) {
  auto const query = list_query();
  auto const held = adapter();
  auto page = test::first_page(*held, query)->decode(answer(body));
  EXPECT_TRUE(page) << body;
  return page ? *std::move(page) : protocol::ListPage<Campaign>{};
}

TEST(YeastarList, AsksForNumberedPagesFromOne) {
  auto const held = adapter();
  auto const query = list_query(20);
  auto const key = test::listing(*held, query).first;
  EXPECT_EQ(key, (PageKey{.offset = 1, .size = 20}));
  auto const exchange = *test::listing(*held, query).page(key);
  EXPECT_EQ(exchange.call.request.method, "GET");
  EXPECT_EQ(exchange.call.request.url, api + "message_campaign/list?page=1&page_size=20");
  EXPECT_EQ(exchange.call.request.action, Action::read);
  EXPECT_EQ(exchange.call.operation, "list");
  EXPECT_TRUE(exchange.call.authenticated);
  EXPECT_EQ(test::listing(*held, query).page({.offset = 7, .size = 20})->call.request.url,
            api + "message_campaign/list?page=7&page_size=20");
}

TEST(YeastarList, ASearchIsTheVendorsOwn) {
  auto const held = adapter();
  auto const query = list_query(100, "July & Co");
  EXPECT_EQ(test::first_page(*held, query)->call.request.url,
            api + "message_campaign/search?page=1&page_size=100&search_value=July%20%26%20Co");
}

TEST(YeastarList, ReadsThePublishedPage) {
  auto const page = decode_list(data_file("yeastar/message_campaign_list.response.json"));
  EXPECT_EQ(page.info.records, 3);
  EXPECT_EQ(page.info.total, 3);
  EXPECT_FALSE(page.info.applied_size);
  EXPECT_EQ(page.info.next_token, "");
  ASSERT_EQ(page.items.size(), 3U);
  EXPECT_EQ(page.items[0].id, "5");
  EXPECT_EQ(page.items[1].id, "2");
  EXPECT_EQ(page.items[2].id, "1");
}

struct Wrapped {
  char const* body;
  std::vector<std::string> ids;
};

TEST(YeastarList, RecordsAreFoundUnderEitherNameInEitherShape) {
  for (auto const& [body, ids] : {
           Wrapped{R"({"errcode":0,"data":[{"id":1},{"id":2}]})", {"1", "2"}},
           Wrapped{R"({"errcode":0,"list":[{"id":1},{"id":2}]})", {"1", "2"}},
           Wrapped{R"({"errcode":0,"data":{"id":1}})", {"1"}},
           Wrapped{R"({"errcode":0,"list":{"id":1}})", {"1"}},
           Wrapped{R"({"errcode":0,"data":[],"list":[{"id":1}]})", {"1"}},
           Wrapped{R"({"errcode":0,"data":null,"list":[{"id":1}]})", {"1"}},
           Wrapped{R"({"errcode":0,"data":[{"id":1}],"list":[{"id":2}]})", {"1"}},
           Wrapped{R"({"list":[{"id":1}]})", {"1"}},
           Wrapped{R"({"errcode":null,"list":[{"id":1}]})", {"1"}},
           Wrapped{R"({"errcode":0,"list":[]})", {}},
           Wrapped{R"({"errcode":0,"data":{}})", {}},
           Wrapped{R"({"errcode":0,"data":null})", {}},
           Wrapped{R"({"errcode":0,"data":""})", {}},
           Wrapped{R"({"errcode":0,"total_number":0})", {}},
           Wrapped{"\xEF\xBB\xBF{\"errcode\":0,\"list\":[{\"id\":1}]}", {"1"}},
       }) {
    auto const page = decode_list(body);
    std::vector<std::string> found;
    for (auto const& item : page.items) found.push_back(item.id);
    EXPECT_EQ(found, ids) << body;
    EXPECT_EQ(page.info.records, static_cast<std::int64_t>(ids.size())) << body;
  }
}

struct Reported {
  char const* total;
  std::optional<std::int64_t> expected;
};

TEST(YeastarList, TheTotalIsReadInAnyTypeAndNeverInvented) {
  for (auto const& [total, expected] :
       {Reported{"3", 3}, Reported{"\"3\"", 3}, Reported{"0", 0}, Reported{"null", std::nullopt},
        Reported{"-1", std::nullopt}, Reported{"\"many\"", std::nullopt}}) {
    auto const page = decode_list(std::string{R"({"errcode":0,"list":[],"total_number":)"} + total + "}");
    EXPECT_EQ(page.info.total, expected) << total;
  }
}

struct Ahead {
  PageKey key;
  std::int64_t records;
  std::optional<std::int64_t> total;
  std::size_t most;
  std::vector<PageKey> expected;
};

PageKey numbered(std::int64_t number, std::int64_t size) {
  return {.offset = number, .size = size};
}

TEST(YeastarList, FurtherPagesAreKnownFromTheTotal) {
  for (auto const& [key, records, total, most, expected] : {
           // the whole list, and its exact multiples
           Ahead{numbered(1, 100), 3, 3, 9, {}},
           Ahead{numbered(1, 100), 100, 100, 9, {}},
           Ahead{numbered(1, 100), 100, 101, 9, {numbered(2, 100)}},
           Ahead{numbered(1, 100), 100, 300, 9, {numbered(2, 100), numbered(3, 100)}},
           Ahead{numbered(2, 100), 100, 300, 9, {numbered(3, 100)}},
           Ahead{numbered(3, 100), 100, 300, 9, {}},
           Ahead{numbered(1, 100), 100, 1000, 2, {numbered(2, 100), numbered(3, 100)}},
           Ahead{numbered(1, 100), 100, 1000, 0, {}},
           // the PBX gives fewer a page than asked: its size is asked for from then on
           Ahead{numbered(1, 100), 50, 120, 9, {numbered(2, 50), numbered(3, 50)}},
           Ahead{numbered(2, 50), 50, 120, 9, {numbered(3, 50)}},
           Ahead{numbered(3, 50), 20, 120, 9, {}},
           // or more
           Ahead{numbered(1, 20), 100, 250, 9, {numbered(2, 100), numbered(3, 100)}},
           Ahead{numbered(1, 20), 250, 250, 9, {}},
           // a later page is short although the total says more: go on
           Ahead{numbered(2, 100), 60, 300, 9, {numbered(3, 100)}},
           Ahead{numbered(3, 100), 60, 300, 9, {numbered(4, 100)}},
           // an empty page ends the list, whatever the total says
           Ahead{numbered(1, 100), 0, 0, 9, {}},
           Ahead{numbered(1, 100), 0, 300, 9, {}},
           Ahead{numbered(4, 100), 0, 500, 9, {}},
       }) {
    auto const held = adapter();
    auto const keys =
        test::listing(*held, list_query()).ahead(key, {.records = records, .total = total}, most);
    EXPECT_EQ(keys, expected) << "page " << key.offset << " of " << key.size << ": " << records << " of "
                              << total.value_or(-1);
  }
}

TEST(YeastarList, WithoutATotalPagesGoOnUntilOneIsShortOrEmpty) {
  auto const held = adapter();
  EXPECT_EQ(test::listing(*held, list_query()).ahead(numbered(1, 100), {.records = 100}, 9),
            (std::vector<PageKey>{numbered(2, 100)}));
  EXPECT_EQ(test::listing(*held, list_query()).ahead(numbered(5, 100), {.records = 130}, 9),
            (std::vector<PageKey>{numbered(6, 100)}));
  EXPECT_TRUE(test::listing(*held, list_query()).ahead(numbered(2, 100), {.records = 99}, 9).empty());
  EXPECT_TRUE(test::listing(*held, list_query()).ahead(numbered(2, 100), {.records = 0}, 9).empty());
}

TEST(YeastarList, KeysThatNameNoPageAreRefused) {
  for (auto const& key : {numbered(0, 100), numbered(1, 0)}) {
    auto const refused = test::listing(*adapter(), list_query()).page(key);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

Result<protocol::ListPage<Campaign>> read_page(std::string const& body) {
  auto query = list_query();
  query.keep_raw = true;
  auto const held = adapter();
  return test::first_page(*held, query)->decode(answer(body));
}

TEST(YeastarList, ReadsRecordsKeyedByNumbersInTheirOrder) {
  for (std::string const member : {"data", "list"}) {
    auto const page =
        read_page(R"({"errcode":0,")" + member +
                  R"(":{"12":{"id":3,"response_rate":0.50},"0":{"id":1},"2":{ "id":2}},"total_number":3})");
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->info.records, 3);
    EXPECT_EQ(page->items[0].id, "1");
    EXPECT_EQ(page->items[1].raw(), R"({ "id":2})");
    EXPECT_EQ(page->items[2].statistics.reported_rates,
              (std::vector<ReportedRate>{{"response_rate", "0.50"}}));
  }
}

TEST(YeastarList, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const page = read_page(
      R"({"errcode":1,"list":[{"id":9}],"total_number":1,"list":[{"id":1},{"id":2}],"total_number":2,"errcode":0})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 2U);
  EXPECT_EQ(page->items[0].raw(), R"({"id":1})");
  EXPECT_EQ(page->info.total, 2);
  EXPECT_TRUE(page->items[0].notes.empty());
}

TEST(YeastarList, CountsWhatIsNoCampaignWithoutMakingItOne) {
  auto const page = read_page(R"({"errcode":0,"list":[null,{"id":1},{},{"status":"x"}]})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->info.records, 4);
  EXPECT_EQ(notes_holding(page->items[0], "3 elements").size(), 1U);
  for (auto const* empty :
       {R"({"errcode":0,"list":{}})", R"({"errcode":0,"data":null})", R"({"errcode":0,"list":[]})"}) {
    auto const none = read_page(empty);
    ASSERT_TRUE(none) << empty;
    EXPECT_EQ(none->info.records, 0);
  }
}

TEST(YeastarList, WhatIsNoCampaignIsNoAnswer) {
  std::string many = "0";
  for (int i = 0; i < 1'000; ++i) many += R"(,{"id":1})";
  for (std::string const body : {
           R"({"errcode":0,"data":{"list":[{"id":1}],"total_number":1}})",
           R"({"errcode":0,"data":{"data":{"id":1}}})",
           R"({"errcode":0,"list":[[{"id":1}]]})",
           R"({"errcode":0,"data":{"balance":5,"status":"ok"}})",
           R"({"errcode":0,"list":[0,"x",null,[],{}]})",
           R"({"errcode":0,"list":[{"name":"a"},{"name":"b"}]})",
       }) {
    auto const page = read_page(body);
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
  EXPECT_FALSE(read_page(R"({"errcode":0,"list":[)" + many + "]}")) << "more than ten pages";
}

TEST(YeastarList, NeedsNoWindows) {
  EXPECT_EQ(test::listing(*adapter(), list_query()).windows, 0);
  EXPECT_TRUE(test::listing(*adapter(), list_query()).unseen.empty());
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
