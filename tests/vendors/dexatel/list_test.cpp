#include "vendors/dexatel/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

using protocol::PageInfo;
using protocol::PageKey;

std::string const first_url = "https://api.dexatel.com/v1/campaigns?page_size=100";

/// A page whose `pagination` is this.
std::string page_with(std::string const& pagination) {
  return R"({"data":[{"id":"1"}],"pagination":)" + pagination + "}";
}

std::string page_with_next(std::string const& next) {
  return page_with(R"({"number":1,"size":1,"total":9,"links":{"next":)" + next + "}}");
}

TEST(DexatelList, AsksForTheFirstPageWithAChannelInUpperCase) {
  struct {
    std::vector<Channel> channels;
    std::string query;
  } const rows[] = {
      {{}, ""},
      {{Channel::sms}, "&filter%5Bchannel%5D=SMS"},
      {{Channel::viber}, "&filter%5Bchannel%5D=VIBER"},
      {{Channel::whatsapp}, "&filter%5Bchannel%5D=WHATSAPP"},
      // one only, and none that is not documented: the client sorts these out
      {{Channel::sms, Channel::viber}, ""},
      {{Channel::rcs}, ""},
      {{Channel::unknown}, ""},
  };
  auto const adapter = dexatel_vendor();
  for (auto const& row : rows) {
    auto const query =
        list_query({.since = at("2025-01-01"), .statuses = {StatusCode::failed}, .channels = row.channels});
    auto const call = test::first_page(*adapter, query)->call;
    EXPECT_EQ(call.request.url, first_url + row.query);
    EXPECT_EQ(call.request.method, "GET");
    EXPECT_EQ(call.request.action, Action::read);
    EXPECT_EQ(call.operation, "list");
  }
}

TEST(DexatelList, SendsTheKeyInAHeaderOnly) {
  auto const adapter = dexatel_vendor();
  auto const query = list_query();
  auto request = test::first_page(*adapter, query)->call.request;
  adapter->sign(request, nullptr);
  EXPECT_EQ(header_of(request, "X-Dexatel-Key"), "5ecre7-k3y");
  EXPECT_EQ(header_of(request, "Accept"), "application/json");
  EXPECT_EQ(request.url.find("5ecre7-k3y"), std::string::npos);
}

TEST(DexatelList, FollowsTheNextLinkInEveryForm) {
  std::string const token_url = first_url + "&filter%5Bchannel%5D=SMS&page_token=";
  struct {
    std::string next;
    std::string url;
    std::string base = "https://api.dexatel.com";
  } const rows[] = {
      // a bare token, also one that resembles other forms
      {R"("TOKEN_2")", token_url + "TOKEN_2"},
      {R"("a+b/c==")", token_url + "a%2Bb%2Fc%3D%3D"},
      {R"("httpabc")", token_url + "httpabc"},
      {R"(" TOKEN_2 ")", token_url + "TOKEN_2"},
      {"2", token_url + "2"},
      // inside a path, a query, a URL; decoded once
      {R"("/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("v1/campaigns?filter%5Bchannel%5D=SMS&page_token=a%2Bb%3D%3D")", token_url + "a%2Bb%3D%3D"},
      {R"("/v1/campaigns?page_token=a%252Fb")", token_url + "a%252Fb"},
      {R"("https://api.dexatel.com/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("https://API.dexatel.com:443/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("//api.dexatel.com/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      // with its own page size
      {R"("/v1/campaigns?page_size=25&page_token=TOKEN_2")",
       "https://api.dexatel.com/v1/campaigns?page_size=25&filter%5Bchannel%5D=SMS&page_token=TOKEN_2"},
      {R"("/v1/campaigns?page_size=none&page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("/v1/campaigns?page_size=0&page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("/v1/campaigns?page_token=TOKEN_2#top")", token_url + "TOKEN_2"},
      // of a link with a token only the token counts: a proxy's user sees the vendor's own name
      {R"("https://api.dexatel.com/v1/campaigns?page_token=TOKEN_2")",
       "http://127.0.0.1:8080/proxy/v1/campaigns?page_size=100&filter%5Bchannel%5D=SMS&page_token=TOKEN_2",
       "http://127.0.0.1:8080/proxy"},
      {R"("https://evil.example/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("//evil.example/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("http://api.dexatel.com/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      {R"("https://api.dexatel.com:8443/v1/campaigns?page_token=TOKEN_2")", token_url + "TOKEN_2"},
      // without a token: as it is
      {R"("/v1/campaigns?cursor=x%20y&page=2")", "https://api.dexatel.com/v1/campaigns?cursor=x%20y&page=2"},
      {R"("https://api.dexatel.com/v1/campaigns?cursor=2")", "https://api.dexatel.com/v1/campaigns?cursor=2"},
      {R"("https://api.dexatel.com/v1/campaigns/page/2")", "https://api.dexatel.com/v1/campaigns/page/2"},
      {R"("/v1/campaigns?not_page_token=2")", "https://api.dexatel.com/v1/campaigns?not_page_token=2"},
      // behind a base URL with a path, a path is the host's
      {R"("/proxy/v1/campaigns?cursor=2")", "http://127.0.0.1:8080/proxy/v1/campaigns?cursor=2",
       "http://127.0.0.1:8080/proxy"},
      {R"("http://127.0.0.1:8080/proxy/v1/campaigns?cursor=2")",
       "http://127.0.0.1:8080/proxy/v1/campaigns?cursor=2", "http://127.0.0.1:8080/proxy/"},
      {R"("TOKEN_2")",
       "http://127.0.0.1:8080/proxy/v1/campaigns?page_size=100&filter%5Bchannel%5D=SMS&page_token=TOKEN_2",
       "http://127.0.0.1:8080/proxy"},
  };
  for (auto const& row : rows) {
    auto const adapter = dexatel_vendor({}, row.base);
    auto const query = list_query({.channels = {Channel::sms}});
    auto const first = test::listing(*adapter, query).first;
    auto const page = test::listing(*adapter, query).page(first)->decode(answer(page_with_next(row.next)));
    ASSERT_TRUE(page) << row.next << page.error().message;
    auto const keys = test::listing(*adapter, query).ahead(first, page->info, 8);
    ASSERT_EQ(keys.size(), 1U) << row.next;
    EXPECT_EQ(test::listing(*adapter, query).page(keys[0])->call.request.url, row.url) << row.next;
    EXPECT_TRUE(test::listing(*adapter, query).ahead(first, page->info, 0).empty());
  }
}

TEST(DexatelList, NeverAsksAnotherOrigin) {
  for (std::string const next : {
           R"("https://evil.example/v1/campaigns?cursor=2")",
           R"("//evil.example/v1/campaigns?cursor=2")",
           R"("http://api.dexatel.com/v1/campaigns?cursor=2")",
           R"("https://api.dexatel.com:8443/v1/campaigns?cursor=2")",
           R"("https://api.dexatel.com.evil.example/v1/campaigns")",
           R"("https://api.dexatel.com@evil.example/v1/campaigns")",
           R"("https://user:pass@api.dexatel.com/v1/campaigns")",
           R"("ftp://api.dexatel.com/v1/campaigns")",
           R"("https:///v1/campaigns")",
           R"("https://")",
           R"("/v1/balance?page=2")",
           R"("/v1/campaigns/../balance")",
       }) {
    auto const page = read_page(answer(page_with_next(next)));
    ASSERT_TRUE(page) << "the page itself is good";
    EXPECT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->info.next_token, "");
    ASSERT_TRUE(page->info.next_error) << next;
    auto const& error = *page->info.next_error;
    EXPECT_EQ(error.code, ErrorCode::protocol) << next;
    EXPECT_EQ(error.effect, Effect::none);
    EXPECT_FALSE(error.transient);
    EXPECT_EQ(error.http_status, 200);
    EXPECT_EQ(error.message.find("evil"), std::string::npos);
  }
}

TEST(DexatelList, KeepsOnItsOriginWhateverTheResumedKeyHolds) {
  auto const adapter = dexatel_vendor();
  for (std::string const token : {"=//evil.example", "=https://evil.example", "=/../other"}) {
    PageKey key;
    key.size = 100;
    key.token = token;
    auto const url = test::listing(*adapter, list_query()).page(key)->call.request.url;
    EXPECT_TRUE(url.starts_with("https://api.dexatel.com/")) << url;
  }
}

TEST(DexatelList, KeysThatNameNoPageAreRefused) {
  for (auto const& key :
       {PageKey{.size = 100, .token = "https://evil.example"}, PageKey{.size = 100, .token = "TOKEN_2"},
        PageKey{}, PageKey{.size = 100, .token = "//evil.example/x"},
        PageKey{.size = 100, .token = "/@evil.example"}, PageKey{.size = 100, .token = "/v1/balance"},
        PageKey{.size = 100, .token = "/v1/campaigns-of-others"},
        PageKey{.size = 100, .token = "/v1/campaigns/../balance"}}) {
    auto const refused = test::listing(*dexatel_vendor(), list_query()).page(key);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(DexatelList, RefusesLinksThatCannotBeFollowed) {
  for (std::string const next :
       {"{}", "[]", "true", "1.5", R"({"href":"/v1/campaigns?page_token=2"})", R"("a b")",
        R"("/v1/campaigns?x=\r\nX-Evil: 1")", R"("/v1/campaigns#2")", R"("\u00e9")"}) {
    auto const page = read_page(answer(page_with_next(next)));
    ASSERT_TRUE(page) << next;
    EXPECT_EQ(page->items.size(), 1U);
    ASSERT_TRUE(page->info.next_error) << next;
    EXPECT_EQ(page->info.next_error->code, ErrorCode::protocol) << next;
  }
}

TEST(DexatelList, EndsWhereThereIsNoNextLink) {
  for (std::string const& body : {
           page_with_next("null"),
           page_with_next(R"("")"),
           page_with_next(R"("  ")"),
           page_with_next("false"),
           page_with_next(R"("/v1/campaigns?page_token=")"),
           page_with_next(R"("/v1/campaigns?page_token=&page_size=10")"),
           page_with(R"({"number":1,"links":{"previous":"/v1/campaigns?page_token=0"}})"),
           page_with(R"({"number":1,"links":null})"),
           page_with(R"({"number":1})"),
           page_with("null"),
           page_with("[]"),
           // the older pages have no pagination at all
           std::string{R"({"data":[{"id":"1","messages":{"total":1}}]})"},
       }) {
    auto const page = read_page(answer(body));
    ASSERT_TRUE(page) << body;
    EXPECT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->info.next_token, "") << body;
    auto const adapter = dexatel_vendor();
    EXPECT_TRUE(test::listing(*adapter, list_query())
                    .ahead(test::listing(*adapter, list_query()).first, page->info, 8)
                    .empty())
        << body;
  }
}

TEST(DexatelList, GoesOnBehindAnEmptyPageThatNamesANextOne) {
  auto const page = read_page(answer(R"({"data":[],"pagination":{"total":3,"links":{"next":"T"}}})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->info.records, 0);
  EXPECT_EQ(page->info.total, 3);
  auto const adapter = dexatel_vendor();
  EXPECT_EQ(test::listing(*adapter, list_query())
                .ahead(test::listing(*adapter, list_query()).first, page->info, 1)
                .size(),
            1U);
}

TEST(DexatelList, TakesOnlyALinksOwnSizeForTheAppliedOne) {
  // pagination.size may mean the page's or the asked for
  EXPECT_EQ(read_page(answer(page_with(R"({"size":3,"links":{"next":"T"}})")))->info.applied_size,
            std::nullopt);
  EXPECT_EQ(
      read_page(answer(page_with_next(R"("/v1/campaigns?page_token=T&page_size=25")")))->info.applied_size,
      25);
}

TEST(DexatelList, ReadsTheTotalWhereThereIsOne) {
  EXPECT_EQ(read_page(answer(page_with(R"({"total":42})")))->info.total, 42);
  for (auto const* none : {R"({"total":-1})", R"({"total":null})", R"({"total":[]})", "{}", "7"})
    EXPECT_EQ(read_page(answer(page_with(none)))->info.total, std::nullopt) << none;
}

TEST(DexatelList, ReadsRecordsKeyedByNumbersInTheirOrder) {
  auto const page = read_page(
      answer(
          R"({"data":[],"data":{"12":{"id":"3"},"0":{"id":"1"},"2":{ "id":"2"}},"pagination":{"total":3}})"),
      {}, true);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->items.size(), 3U);
  EXPECT_EQ(page->info.records, 3);
  EXPECT_EQ(page->items[0].id, "1");
  EXPECT_EQ(page->items[1].raw(), R"({ "id":"2"})");
  EXPECT_EQ(page->items[2].id, "3");
}

TEST(DexatelList, WhatIsNoCampaignIsNoAnswer) {
  std::string many = "0";
  for (int i = 0; i < 10'000; ++i) many += R"(,{"id":1})";
  for (std::string const body : {
           R"({"data":{"data":[{"id":"1"}]}})",
           R"({"data":{"campaigns":[{"id":"1"}],"status":"ok"}})",
           R"({"data":{"messages":[{"id":"1"}]}})",
           R"({"data":[[{"id":"1"}]]})",
           R"({"data":{"balance":5,"currency":"EUR"}})",
           R"({"data":[0,"x",null,[],{}]})",
           R"({"data":[{"name":"a"},{"name":"b"}]})",
       }) {
    auto const page = read_page(answer(body));
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
  EXPECT_FALSE(read_page(answer(R"({"data":[)" + many + "]}"))) << "more than ten pages";
  auto const some = read_page(answer(R"({"data":[null,{"id":"1"}]})"));
  ASSERT_TRUE(some);
  EXPECT_EQ(some->info.records, 2);
  EXPECT_EQ(some->items.size(), 1U);
}

TEST(DexatelList, AcceptsEveryWrapperAndAnEmptyList) {
  struct {
    std::string body;
    std::size_t records;
  } const rows[] = {
      {R"({"data":[{"id":"1"},{"id":"2"}]})", 2},
      {R"({"data":{"id":"1"}})", 1},
      {R"({"id":"1","name":"x"})", 1},
      {R"({"data":[]})", 0},
      {R"({"data":null,"errors":null})", 0},
      {R"({"data":[],"errors":[]})", 0},
      {"\xEF\xBB\xBF{\"data\":[{\"id\":\"1\"}]}", 1},
  };
  for (auto const& row : rows) {
    auto const page = read_page(answer(row.body));
    ASSERT_TRUE(page) << row.body << page.error().message;
    EXPECT_EQ(page->items.size(), row.records) << row.body;
    EXPECT_EQ(page->info.records, static_cast<std::int64_t>(row.records)) << row.body;
    for (auto const& campaign : page->items) EXPECT_TRUE(campaign.notes.empty()) << row.body;
  }
  EXPECT_TRUE(read_page(answer(R"({"data":[]})", 201)));
}

}
}
