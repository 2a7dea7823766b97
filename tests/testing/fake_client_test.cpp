#include "polycampaign/testing/fake_client.hpp"

#include "polycampaign/testing/pager_of.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::FakeCampaignClient;
using polycampaign::testing::pager_of;
using Ids = std::vector<std::string>;

constexpr std::chrono::sys_seconds day(int n) {
  return std::chrono::sys_days{2024y / 1 / 1} + 24h * n;
}

Campaign campaign(std::string id) {
  return {.id = std::move(id), .provider = "fake"};
}

/// Five campaigns that differ in everything that a filter looks at; `e` tells nothing.
std::vector<Campaign> five() {
  return {
      {.id = "a",
       .name = "Summer sale",
       .text = "Hello Ann",
       .channel = Channel::sms,
       .status = {StatusCode::completed, "done"},
       .created_at = Timestamp{day(1)},
       .scheduled_at = Timestamp{day(10)},
       .statistics = {.messages = 10},
       .raw_record = "{a}"},
      {.id = "b",
       .name = "Winter SALE",
       .text = "hello Bob",
       .channel = Channel::viber,
       .status = {StatusCode::sending, {}},
       .created_at = Timestamp{day(2)},
       .statistics = {.messages = 20}},
      {.id = "c",
       .name = "News",
       .channel = Channel::sms,
       .status = {StatusCode::completed, {}},
       .scheduled_at = Timestamp{day(3)},
       .statistics = {.messages = 0}},
      {.id = "d", .name = "", .text = "", .status = {StatusCode::draft, {}}, .started_at = Timestamp{day(4)}},
      {.id = "e"},
  };
}

Ids ids_of(Result<std::vector<Campaign>> const& campaigns) {
  Ids ids;
  if (!campaigns) return {"error: " + std::string{to_string(campaigns.error().code)}};
  for (auto const& c : *campaigns) ids.push_back(c.id);
  return ids;
}

TEST(FakeClient, AppliesFiltersAsTheLibraryDoes) {
  struct Case {
    CampaignFilter filter;
    Ids expected;
    std::int64_t without_time;
    Ids names;
  };
  Case const cases[] = {
      {{}, {"a", "b", "c", "d", "e"}, 0, {}},
      {{.since = day(2)}, {"b", "c", "d"}, 1, {"since"}},
      {{.until = day(2)}, {"a"}, 1, {"until"}},
      {{.since = day(2), .until = day(4)}, {"b", "c"}, 1, {"since", "until"}},
      {{.planned_since = day(3)}, {"a", "c"}, 3, {"planned_since"}},
      {{.planned_until = day(10)}, {"c"}, 3, {"planned_until"}},
      {{.statuses = {StatusCode::completed, StatusCode::draft}}, {"a", "c", "d"}, 0, {"statuses"}},
      {{.statuses = {StatusCode::unknown}}, {"e"}, 0, {"statuses"}},
      // a channel that is not told may be any
      {{.channels = {Channel::viber, Channel::rcs}}, {"b", "d", "e"}, 0, {"channels"}},
      {{.search = "sale"}, {"a", "b"}, 0, {"search"}},
      {{.text = "Hello"}, {"a"}, 0, {"text"}},
      {{.min_messages = 10}, {"a", "b"}, 0, {"messages"}},
      {{.max_messages = 10}, {"a", "c"}, 0, {"messages"}},
      {{.since = day(1), .statuses = {StatusCode::completed}, .search = "s"},
       {"a", "c"},
       1,
       {"since", "statuses", "search"}},
      {{.statuses = {StatusCode::rejected}}, {}, 0, {"statuses"}},
  };
  FakeCampaignClient client{five()};
  for (auto const& [filter, expected, without_time, names] : cases) {
    auto pager = client.list(filter);
    EXPECT_EQ(ids_of(pager.collect()), expected);
    auto const report = pager.report();
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(report.records, 5);
    EXPECT_EQ(report.delivered, static_cast<std::int64_t>(expected.size()));
    EXPECT_EQ(report.filtered, 5 - report.delivered);
    EXPECT_EQ(report.without_time, without_time);
    EXPECT_EQ(report.client_filters, names);
  }
}

TEST(FakeClient, StopsAtTheLimitAndSaysThatThereWasMore) {
  FakeCampaignClient client{five()};
  for (auto const& [limit, complete] : {std::pair{0, false}, {2, false}, {5, true}, {6, true}}) {
    auto pager = client.list({.limit = limit});
    EXPECT_EQ(ids_of(pager.collect()).size(), static_cast<std::size_t>(std::min(limit, 5)));
    EXPECT_EQ(pager.report().complete, complete) << limit;
  }
  // counted after filtering
  EXPECT_EQ(ids_of(client.list({.statuses = {StatusCode::completed}, .limit = 2}).collect()),
            (Ids{"a", "c"}));
}

TEST(FakeClient, RefusesFiltersThatItCannotApply) {
  FakeCampaignClient client{five()};
  for (auto const& [filter, named] : {std::pair{CampaignFilter{.destination = "41791234567"}, "destination"},
                                      std::pair{CampaignFilter{.sort = "-id"}, "sort"}}) {
    auto const refused = client.list(filter).collect();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
    EXPECT_NE(refused.error().message.find(named), std::string::npos);
  }
  auto const negative = client.list({.limit = -1}).collect();
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(client.capabilities().support(Filter::destination), Support::unsupported);
  EXPECT_EQ(client.capabilities().support(Filter::sort), Support::unsupported);
  for (auto const filter : {Filter::since, Filter::until, Filter::statuses, Filter::search})
    EXPECT_EQ(client.capabilities().support(filter), Support::emulated);
  for (auto const field : {Field::name, Field::clicks, Field::cost})
    EXPECT_EQ(client.capabilities().in_list(field), Support::native);
}

TEST(FakeClient, GivesPagesAndGoesOnFromItsToken) {
  FakeCampaignClient client{five()};
  auto pages = client.list({}, {.page_size = 2});
  std::vector<std::size_t> sizes;
  while (true) {
    auto const page = pages.next_page();
    ASSERT_TRUE(page);
    if (!*page) break;
    sizes.push_back((*page)->items.size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 1}));
  EXPECT_EQ(pages.report().pages, 3);

  CampaignFilter const filter{.statuses = {StatusCode::completed, StatusCode::draft}};
  for (std::size_t cut = 0; cut <= 3; ++cut) {
    auto first = client.list(filter, {.page_size = 2});
    auto ids = ids_of(first.collect(cut));
    auto const rest = ids_of(client.list(filter, {.resume_token = first.resume_token()}).collect());
    ids.insert(ids.end(), rest.begin(), rest.end());
    EXPECT_EQ(ids, (Ids{"a", "c", "d"})) << cut;
  }
  for (auto const* token : {"other", "fake:", "fake:x", "fake:1x"}) {
    auto const refused = client.list({}, {.resume_token = token}).collect();
    ASSERT_FALSE(refused) << token;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(FakeClient, GetsByIdAndKeepsTheRecordOnRequest) {
  FakeCampaignClient client{five()};
  EXPECT_EQ(client.get("b").value().name, "Winter SALE");
  EXPECT_EQ(client.get("a").value().raw(), "");
  EXPECT_EQ(client.get("a", {.keep_raw = true}).value().raw(), "{a}");
  EXPECT_EQ(client.list({.limit = 1}).collect().value().at(0).raw(), "");
  EXPECT_EQ(client.list({.limit = 1}, {.keep_raw = true}).collect().value().at(0).raw(), "{a}");
  auto const gone = client.get("z");
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
  EXPECT_EQ(gone.error().provider, "fake");
}

TEST(FakeClient, TakesNewAndChangedCampaigns) {
  FakeCampaignClient client;
  client.add(campaign("1"));
  client.put(campaign("2"));
  auto changed = campaign("1");
  changed.name = "changed";
  client.put(changed);
  auto listed = client.list();
  client.add(campaign("3"));
  EXPECT_EQ(ids_of(listed.collect()), (Ids{"1", "2"})) << "as it was when list was called";
  EXPECT_EQ(ids_of(client.list().collect()), (Ids{"1", "2", "3"}));
  EXPECT_EQ(client.get("1").value().name, "changed");
}

TEST(FakeClient, FailsTheNextCallsInTheirOrder) {
  FakeCampaignClient client{five()};
  client.fail_next({.code = ErrorCode::rate_limited});
  client.fail_next({.code = ErrorCode::network, .effect = Effect::none, .attempts = 3});
  EXPECT_EQ(client.get("a").error().code, ErrorCode::rate_limited);
  auto pager = client.list();
  auto const failed = pager.collect();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::network);
  EXPECT_EQ(failed.error().attempts, 3);
  EXPECT_FALSE(pager.report().complete);
  EXPECT_TRUE(client.get("a"));
  EXPECT_EQ(client.list().collect().value().size(), 5U);
}

TEST(FakeClient, EndsAListWithAnErrorBehindSomeCampaignsOnce) {
  for (std::size_t const after : {0U, 1U, 2U, 3U, 5U}) {
    FakeCampaignClient client{five()};
    client.fail_list_after(after, {.code = ErrorCode::unavailable});
    std::size_t seen = 0;
    std::size_t errors = 0;
    for (auto const& item : client.list({}, {.page_size = 2})) {
      if (item) {
        EXPECT_EQ(errors, 0U);
        ++seen;
      } else {
        EXPECT_EQ(item.error().code, ErrorCode::unavailable);
        ++errors;
      }
    }
    EXPECT_EQ(seen, after);
    EXPECT_EQ(errors, 1U);
    EXPECT_EQ(client.list().collect().value().size(), 5U);
  }
}

TEST(FakeClient, ObeysCancellationAndDeadline) {
  FakeCampaignClient client{five()};
  client.fail_next({.code = ErrorCode::network});
  CancelSource source;
  source.cancel();
  CallOptions const canceled{.cancel = source.token()};
  CallOptions const late{.deadline = std::chrono::steady_clock::now() - 1s};
  EXPECT_EQ(client.get("a", {.call = canceled}).error().code, ErrorCode::canceled);
  EXPECT_EQ(client.get("a", {.call = late}).error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(client.list({}, {.call = late}).collect().error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(client.get("a").error().code, ErrorCode::network)
      << "no call that was not made takes the failure";

  CancelSource later;
  auto pager = client.list({}, {.call = {.cancel = later.token()}, .page_size = 1});
  ASSERT_TRUE(pager.next_page());
  later.cancel();
  auto const rest = pager.next_page();
  ASSERT_FALSE(rest);
  EXPECT_EQ(rest.error().code, ErrorCode::canceled);
}

TEST(FakeClient, RemembersCallsAndEndsAfterClose) {
  FakeCampaignClient client{five()};
  static_cast<void>(client.list());
  static_cast<void>(client.get("a"));
  client.fail_next({.code = ErrorCode::network});
  EXPECT_EQ(client.close().error().code, ErrorCode::network);
  EXPECT_TRUE(client.close());
  EXPECT_EQ(client.get("b").error().code, ErrorCode::canceled);
  EXPECT_EQ(client.list().collect().error().code, ErrorCode::canceled);
  EXPECT_EQ(client.calls(), (Ids{"list", "get a", "close", "close", "get b", "list"}));
}

TEST(FakeClient, IsUsedThroughTheInterfaceByManyThreads) {
  FakeCampaignClient fake{five()};
  CampaignClient& client = fake;
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int k = 0; k < 100; ++k) {
        if (i == 0) fake.add(campaign("new" + std::to_string(k)));
        if (i == 1) fake.put(campaign("new" + std::to_string(k)));
        if (client.get("a")) ++good;
        if (auto const all = client.list().collect(); all && all->size() >= 5) ++good;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 1600);
  EXPECT_EQ(fake.calls().size(), 1600U);
}

TEST(FakeClient, AnswersAsynchronousCallsAtOnceInTheSameWay) {
  FakeCampaignClient client{{campaign("a"), campaign("b"), campaign("c")}};
  std::vector<std::string> seen;
  client.async_get("b", {}, [&](Result<Campaign> const& one) { seen.push_back(one->id); });
  auto pager = client.async_list({}, {.page_size = 2});
  for (int i = 0; i < 3; ++i)
    pager.next_page([&](Result<std::optional<Page<Campaign>>> const& page) {
      ASSERT_TRUE(page);
      seen.push_back(*page ? std::to_string((*page)->items.size()) : "end");
    });
  EXPECT_EQ(pager.report().delivered, 3);
  client.async_close({},
                     [&](Result<void> const& done) { seen.emplace_back(done ? "closed" : "not closed"); });
  client.async_get("b", {},
                   [&](Result<Campaign> const& one) { seen.emplace_back(to_string(one.error().code)); });
  EXPECT_EQ(seen, (std::vector<std::string>{"b", "2", "1", "end", "closed", "canceled"}));
  EXPECT_EQ(client.calls(), (std::vector<std::string>{"get b", "list", "close", "get b"}));
}

TEST(AsyncPagerOf, GivesPagesThenTheErrorThenNothing) {
  auto pager = testing::async_pager_of<int>({1, 2, 3}, Error{.code = ErrorCode::network}, 2);
  std::vector<std::string> seen;
  for (int i = 0; i < 4; ++i)
    pager.next_page([&](Result<std::optional<Page<int>>> const& page) {
      seen.emplace_back(!page ? "error" : !*page ? "end" : std::to_string((*page)->items.size()));
    });
  EXPECT_EQ(seen, (std::vector<std::string>{"2", "1", "error", "end"}));
}

TEST(PagerOf, GivesItemsInPagesAndTheErrorLast) {
  auto pager = pager_of<int>({1, 2, 3}, Error{.code = ErrorCode::tls}, 2);
  std::vector<int> seen;
  std::optional<ErrorCode> last;
  for (auto const& item : pager) {
    ASSERT_FALSE(last);
    if (item)
      seen.push_back(*item);
    else
      last = item.error().code;
  }
  EXPECT_EQ(seen, (std::vector{1, 2, 3}));
  EXPECT_EQ(last, ErrorCode::tls);
  EXPECT_EQ(pager.report().pages, 2);
  EXPECT_FALSE(pager.report().complete);

  auto whole = pager_of<std::string>({"a"}, {}, 0);
  EXPECT_EQ(whole.collect().value(), (Ids{"a"}));
  EXPECT_TRUE(whole.report().complete);
  EXPECT_TRUE(pager_of<int>({}).collect().value().empty());
}

TEST(FakeClient, AHandlerAnswersAnyOperation) {
  FakeCampaignClient fake{{Campaign{.id = "1"}}};
  fake.on<GetCampaign>([](GetCampaign const& get) -> Result<Campaign> {
    if (get.id == "gone") return Error{.code = ErrorCode::not_found, .message = "gone"};
    return Campaign{.id = get.id, .name = "handled"};
  });
  EXPECT_EQ(fake.get("7")->name, "handled");
  EXPECT_EQ(fake.call(GetCampaign{"gone"}).error().code, ErrorCode::not_found);
  std::optional<Campaign> later;
  fake.async_get("8", {}, [&](Result<Campaign> got) { later = *got; });
  EXPECT_EQ(later->id, "8");
  fake.fail_next({.code = ErrorCode::unavailable});
  EXPECT_EQ(fake.get("7").error().code, ErrorCode::unavailable) << "before the handler is asked";
  EXPECT_EQ(fake.list().collect()->size(), 1U) << "has no handler";
  EXPECT_EQ(fake.calls(), (std::vector<std::string>{"get 7", "get gone", "get 8", "get 7", "list"}));
}

TEST(FakeClient, AHandlerGivesAList) {
  FakeCampaignClient fake;
  fake.on<ListCampaigns>([](ListCampaigns const& list) -> Result<std::vector<Campaign>> {
    if (list.filter.search == "no") return Error{.code = ErrorCode::permission_denied};
    return std::vector<Campaign>(250, Campaign{.id = "again"});
  });
  EXPECT_EQ(fake.list().collect()->size(), 250U);
  EXPECT_EQ(fake.list({.search = "no"}).collect().error().code, ErrorCode::permission_denied);
  auto pager = fake.async_list();
  std::size_t received = 0;
  for (bool more = true; more;)
    pager.next_page([&](auto page) {
      more = page && page->has_value();
      if (more) received += (*page)->items.size();
    });
  EXPECT_EQ(received, 250U);
  fake.fail_next({.code = ErrorCode::unavailable});
  EXPECT_EQ(fake.list().collect().error().code, ErrorCode::unavailable);
  EXPECT_TRUE(fake.close());
  EXPECT_EQ(fake.list().collect().error().code, ErrorCode::canceled);
}

}  // namespace
}  // namespace polycampaign::test
