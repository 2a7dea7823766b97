#include "polycampaign/campaign_client.hpp"
#include "polycampaign/future.hpp"

#include "client/engine_client.hpp"
#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using MaybePage = std::optional<Page<Campaign>>;

std::unique_ptr<CampaignClient> client_over(std::shared_ptr<Transport> transport, Executor executor = {},
                                            AcmeOptions options = {.max_page_size = 10}) {
  return *make_client(std::shared_ptr<Adapter const>{std::make_shared<Acme>(options)},
                      {.transport = std::move(transport), .executor = std::move(executor)});
}

std::shared_ptr<HandlerTransport> transport_of(AcmeServer& server) {
  return std::make_shared<HandlerTransport>(
      [&server](HttpRequest const& request) { return server(request); });
}

/// Runs what it is given on the thread that asks it to: an application's own loop.
class Loop {
 public:
  Executor executor() {
    return [this](std::function<void()> work) {
      std::lock_guard const lock{mutex_};
      queue_.push_back(std::move(work));
      changed_.notify_all();
    };
  }
  void run_one() {
    std::unique_lock lock{mutex_};
    ASSERT_TRUE(changed_.wait_for(lock, 60s, [&] { return !queue_.empty(); }));
    auto const work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    work();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
};

TEST(AsyncClient, GetsListsAndClosesAsFutures) {
  AcmeServer server{25};
  auto const transport = transport_of(server);
  auto const client = client_over(transport);
  auto one = as_future<Campaign>([&](auto done) { client->async_get("c7", {}, std::move(done)); });
  auto none = as_future<Campaign>([&](auto done) { client->async_get("c99", {}, std::move(done)); });
  auto pager = client->async_list();
  auto page = as_future<MaybePage>([&](auto done) { pager.next_page(std::move(done)); });
  auto const campaign = one.get();
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->text, "text of c7");
  auto const missing = none.get();
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().provider, "acme");
  auto const first = page.get();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->items.size(), 10U);
  EXPECT_EQ(pager.report().delivered, 10);
  EXPECT_FALSE(pager.resume_token().empty());

  auto closed = as_future<void>([&](auto done) { client->async_close({}, std::move(done)); });
  EXPECT_TRUE(closed.get());
  EXPECT_EQ(transport->count("/revoke"), 1U);
  auto after = as_future<MaybePage>([&](auto done) { pager.next_page(std::move(done)); });
  EXPECT_EQ(after.get().error().code, ErrorCode::canceled);
  auto again = as_future<void>([&](auto done) { client->async_close({}, std::move(done)); });
  EXPECT_TRUE(again.get());
  EXPECT_EQ(transport->count("/revoke"), 1U);
}

TEST(AsyncClient, CloseTellsWhyTheLogOutFailed) {
  AcmeServer server{5};
  auto const transport =
      std::make_shared<HandlerTransport>([&](HttpRequest const& request) -> Result<HttpResponse> {
        if (request.url.find("/revoke") != std::string::npos) return status(500);
        return server(request);
      });
  auto const client = client_over(transport);
  ASSERT_TRUE(client->get("c1"));
  auto closed = as_future<void>([&](auto done) { client->async_close({}, std::move(done)); });
  EXPECT_EQ(closed.get().error().code, ErrorCode::unavailable);
}

TEST(AsyncClient, DestructionEndsALogOutToo) {
  auto const transport = std::make_shared<HeldTransport>();
  auto client = client_over(transport);
  auto got = as_future<Campaign>([&](auto done) { client->async_get("c1", {}, std::move(done)); });
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/token", ok("access refresh -")) ||
              transport->answer("/log", ok("access refresh -")));
  transport->wait_for(2);
  ASSERT_TRUE(transport->answer("c1", ok("c1|1700000000||")));
  ASSERT_TRUE(got.get());
  auto closed = as_future<void>([&](auto done) { client->async_close({}, std::move(done)); });
  transport->wait_for(3);
  client.reset();
  EXPECT_EQ(closed.get().error().code, ErrorCode::canceled);
}

TEST(AsyncClient, CompletionsRunOnTheExecutorAlone) {
  AcmeServer server{25};
  Loop loop;
  auto const client = client_over(transport_of(server), loop.executor());
  std::vector<std::thread::id> threads;
  auto const note = [&](auto const&) { threads.push_back(std::this_thread::get_id()); };
  client->async_get("c1", {}, note);
  loop.run_one();
  auto pager = client->async_list();
  pager.next_page(note);
  loop.run_one();
  client->async_close({}, note);
  loop.run_one();
  EXPECT_EQ(threads, (std::vector<std::thread::id>(3, std::this_thread::get_id())));
}

TEST(AsyncClient, ExecutorMayRunACompletionWhenTheClientIsGone) {
  Loop loop;
  auto const transport = std::make_shared<HeldTransport>();
  auto client = client_over(transport, loop.executor());
  std::optional<ErrorCode> code;
  client->async_get("c1", {}, [&](Result<Campaign> const& campaign) { code = campaign.error().code; });
  transport->wait_for(1);
  client.reset();
  EXPECT_FALSE(code);
  loop.run_one();
  EXPECT_EQ(code, ErrorCode::canceled);
}

TEST(AsyncClient, ExecutorThatTakesNothingLosesNothing) {
  AcmeServer server{25};
  std::atomic<int> refused{0};
  auto const client = client_over(transport_of(server), [&](std::function<void()> const&) {
    ++refused;
    throw std::runtime_error{"full"};
  });
  auto one = as_future<Campaign>([&](auto done) { client->async_get("c1", {}, std::move(done)); });
  EXPECT_TRUE(one.get());
  EXPECT_EQ(refused, 1);
}

TEST(AsyncClient, ExecutorThatRunsWorkTwiceCompletesOnce) {
  AcmeServer server{25};
  std::atomic<int> completions{0};
  std::promise<void> both;
  auto const client = client_over(transport_of(server), [&](std::function<void()> const& work) {
    work();
    work();
    both.set_value();
  });
  client->async_get("c1", {}, [&](auto const&) { ++completions; });
  both.get_future().get();
  EXPECT_EQ(completions, 1);
}

TEST(AsyncClient, ClientMayDieInItsCallback) {
  for (int round = 0; round < 20; ++round) {
    AcmeServer server{25};
    auto client = client_over(transport_of(server));
    std::promise<bool> died;
    auto pager = client->async_list();
    pager.next_page([&](Result<MaybePage> const& page) {
      client.reset();
      died.set_value(page.has_value());
    });
    EXPECT_TRUE(died.get_future().get());
    auto after = as_future<MaybePage>([&](auto done) { pager.next_page(std::move(done)); });
    EXPECT_EQ(after.get().error().code, ErrorCode::canceled);
  }
}

TEST(AsyncClient, InterfaceWithoutAsynchronousOperationsSaysSo) {
  struct Plain final : CampaignClient {
    Capabilities const& capabilities() const noexcept override { return acme.capabilities(); }
    Acme acme;
  } plain;
  std::vector<ErrorCode> codes;
  plain.async_get("1", {}, [&](Result<Campaign> const& r) { codes.push_back(r.error().code); });
  auto pager = plain.async_list();
  pager.next_page([&](Result<MaybePage> const& r) { codes.push_back(r.error().code); });
  plain.async_close({}, [&](Result<void> const& r) { codes.push_back(r.error().code); });
  EXPECT_EQ(codes, (std::vector<ErrorCode>(3, ErrorCode::unsupported)));
}

TEST(AsFuture, TellsWhenTheCompletionWasDestroyed) {
  auto future = as_future<int>([](Completion<int> const&) {});
  EXPECT_THROW(static_cast<void>(future.get()), std::future_error);
}

}  // namespace
}  // namespace polycampaign::test
