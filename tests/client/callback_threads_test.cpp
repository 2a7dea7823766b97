#include "polycampaign/callback_threads.hpp"

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/future.hpp"

#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign::test {
namespace {

std::unique_ptr<CampaignClient> client_on(std::shared_ptr<CallbackThreads> threads,
                                          std::shared_ptr<Transport> transport) {
  std::shared_ptr<Adapter const> const adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false});
  auto made =
      make_client(adapter, {.transport = std::move(transport), .callback_threads = std::move(threads)});
  EXPECT_TRUE(made);
  return *std::move(made);
}

std::shared_ptr<Transport> quick_transport() {
  return std::make_shared<HandlerTransport>([](HttpRequest const&) { return ok("{}"); });
}

TEST(CallbackThreads, AreOneTo64) {
  for (std::size_t const wrong : {std::size_t{0}, std::size_t{65}}) {
    auto const threads = make_callback_threads(wrong);
    ASSERT_FALSE(threads);
    EXPECT_EQ(threads.error().code, ErrorCode::configuration);
  }
  EXPECT_TRUE(make_callback_threads(1));
  EXPECT_TRUE(make_callback_threads(64));
}

TEST(CallbackThreads, OfManyClientsAreNoMoreThanTheirNumber) {
  auto threads = *make_callback_threads(2);
  std::vector<std::unique_ptr<CampaignClient>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(client_on(threads, quick_transport()));
  threads.reset();  // the clients hold them
  std::mutex mutex;
  std::set<std::thread::id> seen;
  std::vector<std::future<Result<Campaign>>> answers;
  for (auto const& client : clients)
    answers.push_back(as_future<Campaign>([&](auto done) {
      client->async_get("1", {}, [&, done](Result<Campaign> campaign) {
        {
          std::lock_guard const lock{mutex};
          seen.insert(std::this_thread::get_id());
        }
        done(std::move(campaign));
      });
    }));
  for (auto& answer : answers) answer.wait();
  clients.clear();
  EXPECT_GE(seen.size(), 1U);
  EXPECT_LE(seen.size(), 2U);
  EXPECT_FALSE(seen.contains(std::this_thread::get_id()));
}

TEST(CallbackThreads, GoOnForTheOthersWhenAClientIsGone) {
  auto const threads = *make_callback_threads(1);
  auto const held = std::make_shared<HeldTransport>();
  auto gone = client_on(threads, held);
  auto const stays = client_on(threads, quick_transport());
  auto lost = as_future<Campaign>([&](auto done) { gone->async_get("1", {}, std::move(done)); });
  held->wait_for(1);
  gone.reset();
  // its own operations have ended when it is gone
  ASSERT_EQ(lost.wait_for(std::chrono::seconds{0}), std::future_status::ready);
  auto const canceled = lost.get();
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);
  auto answer = as_future<Campaign>([&](auto done) { stays->async_get("1", {}, std::move(done)); });
  answer.wait();
}

TEST(CallbackThreads, AClientWaitsForItsOwnCallbacksAlone) {
  auto const threads = *make_callback_threads(2);
  auto const busy = client_on(threads, quick_transport());
  auto idle = client_on(threads, quick_transport());
  std::promise<void> entered;
  std::promise<void> leave;
  auto const may_leave = leave.get_future().share();
  std::promise<void> left;
  busy->async_get("1", {}, [&](auto const&) {
    entered.set_value();
    may_leave.wait();
    left.set_value();
  });
  entered.get_future().wait();
  idle.reset();  // would wait for ever if it waited for the other's
  leave.set_value();
  left.get_future().wait();
}

TEST(CallbackThreads, AClientMayBeDestroyedInACallbackOfAnother) {
  auto const threads = *make_callback_threads(1);
  auto const caller = client_on(threads, quick_transport());
  auto other = client_on(threads, quick_transport());
  std::promise<void> done;
  caller->async_get("1", {}, [&](auto const&) {
    other.reset();
    done.set_value();
  });
  done.get_future().wait();
  EXPECT_EQ(other, nullptr);
}

}  // namespace
}  // namespace polycampaign::test
