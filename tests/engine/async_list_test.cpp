#include "engine/async_list.hpp"

#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using MaybePage = Result<std::optional<Page<Campaign>>>;

struct AsyncShop : Shop {
  using Shop::Shop;
  std::unique_ptr<AsyncCampaigns> async_list(CampaignFilter filter = {}, ListOptions options = {}) {
    return std::make_unique<AsyncCampaigns>(engine.core(), engine.tasks(), std::move(filter),
                                            std::move(options));
  }
};

MaybePage next(AsyncPageSource<Campaign>& list) {
  std::promise<MaybePage> page;
  list.next_page([&](MaybePage result) { page.set_value(std::move(result)); });
  return page.get_future().get();
}

std::vector<std::string> all_ids(AsyncPageSource<Campaign>& list) {
  std::vector<std::string> ids;
  for (;;) {
    auto const page = next(list);
    if (!page) {
      ADD_FAILURE() << to_string(page.error());
      return ids;
    }
    if (!*page) return ids;
    for (auto const& campaign : (*page)->items) ids.push_back(campaign.id);
  }
}

TEST(AsyncList, GivesWhatAPagerGives) {
  for (auto const paging : every_paging)
    for (int const prefetch : {1, 4})
      for (bool const details : {false, true}) {
        AsyncShop shop{47, {.paging = paging, .max_page_size = 10}};
        auto const list = shop.async_list({}, {.prefetch = prefetch, .fetch_details = details});
        EXPECT_EQ(all_ids(*list), ids_from_to(0, 47));
        EXPECT_TRUE(list->report().complete);
        EXPECT_EQ(list->report().delivered, 47);
      }
}

TEST(AsyncList, AsksForNothingBeforeTheFirstPage) {
  AsyncShop shop{47};
  auto const list = shop.async_list();
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(AsyncList, ErrorEndsIt) {
  AsyncShop shop{47};
  auto const list = shop.async_list({.destination = "491701234567"});
  auto const page = next(*list);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::unsupported);
  EXPECT_EQ(page.error().provider, "acme");
  auto const after = next(*list);
  ASSERT_TRUE(after);
  EXPECT_FALSE(*after) << "nothing after the error";
}

TEST(AsyncList, ResumesInAnother) {
  AsyncShop shop{47};
  std::string token;
  std::vector<std::string> ids;
  {
    auto const list = shop.async_list();
    ASSERT_TRUE(next(*list));
    auto const page = next(*list);
    ASSERT_TRUE(page && *page);
    token = list->resume_token(4);
  }
  auto const rest = shop.async_list({}, {.resume_token = token});
  EXPECT_EQ(all_ids(*rest), ids_from_to(14, 47));
}

TEST(AsyncList, OnePageAtATime) {
  auto const transport = std::make_shared<HeldTransport>();
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  AsyncCampaigns list{engine.core(), engine.tasks(), {}, {}};
  std::promise<MaybePage> first;
  list.next_page([&](MaybePage page) { first.set_value(std::move(page)); });
  auto const second = next(list);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::invalid_argument);
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/list", ok("total=1\nc0|1700000000||")));
  auto const page = first.get_future().get();
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->items.size(), 1U);
}

TEST(AsyncList, PrefetchedPagesOutliveTheCallThatAskedForThem) {
  auto const transport = std::make_shared<HeldTransport>();
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 1}),
                         .transport = transport}};
  AsyncCampaigns list{engine.core(), engine.tasks(), {}, {.prefetch = 3}};
  auto const answer = [&](int n) {
    EXPECT_TRUE(transport->answer("offset=" + std::to_string(n) + "&",
                                  ok("total=4\n" + acme_line(static_cast<std::size_t>(n)))) ||
                transport->answer("offset=" + std::to_string(n),
                                  ok("total=4\n" + acme_line(static_cast<std::size_t>(n)))));
  };
  std::promise<MaybePage> first;
  list.next_page([&](MaybePage page) { first.set_value(std::move(page)); });
  transport->wait_for(1);
  answer(0);
  ASSERT_TRUE(first.get_future().get());
  transport->wait_for(4);  // three more, which nobody waits for
  for (int n = 1; n < 4; ++n) answer(n);
  for (int n = 1; n < 4; ++n) {
    auto const page = next(list);
    ASSERT_TRUE(page && *page) << n;
    EXPECT_EQ((*page)->items.at(0).id, "c" + std::to_string(n));
  }
}

/// A page that is waited for ends with `canceled`, whoever gives up.
struct Waiting {
  std::shared_ptr<HeldTransport> transport = std::make_shared<HeldTransport>();
  std::optional<engine::Engine> engine{
      std::in_place, engine::EngineOptions{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                                           .transport = transport}};
  CancelSource source;
  std::optional<AsyncCampaigns> list{std::in_place, engine->core(), engine->tasks(), CampaignFilter{},
                                     ListOptions{.call = {.cancel = source.token()}}};
  std::promise<MaybePage> page;

  Waiting() {
    list->next_page([&](MaybePage result) { page.set_value(std::move(result)); });
    transport->wait_for(1);
  }
  void expect_canceled() {
    auto const result = page.get_future().get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::canceled);
    EXPECT_TRUE(transport->held().empty());
  }
};

TEST(AsyncList, CallerMayCancel) {
  Waiting waiting;
  waiting.source.cancel();
  waiting.expect_canceled();
}

TEST(AsyncList, ReaderMayLeave) {
  Waiting waiting;
  waiting.list.reset();
  waiting.expect_canceled();
}

TEST(AsyncList, EngineMayDie) {
  Waiting waiting;
  waiting.engine.reset();
  waiting.expect_canceled();
  auto const later = next(*waiting.list);
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, ErrorCode::canceled) << "a list may outlive its engine";
}

TEST(AsyncList, ReaderMayLeaveInTheCallback) {
  AsyncShop shop{47};
  auto list = shop.async_list();
  std::promise<bool> left;
  list->next_page([&](MaybePage page) {
    list.reset();
    left.set_value(page.has_value());
  });
  EXPECT_TRUE(left.get_future().get());
}

TEST(AsyncList, NextPageMayBeAskedForInTheCallback) {
  AsyncShop shop{1000};
  auto const list = shop.async_list();
  std::promise<std::size_t> end;
  std::size_t count = 0;
  std::function<void(MaybePage)> const take = [&](MaybePage page) {
    if (!page || !*page) return end.set_value(count);
    count += (*page)->items.size();
    list->next_page(take);
  };
  list->next_page(take);
  EXPECT_EQ(end.get_future().get(), 1000U);
}

}  // namespace
}  // namespace polycampaign::test
