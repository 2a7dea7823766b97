#include "polycampaign/campaign_client.hpp"

#include "client/engine_client.hpp"
#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// A vendor with campaigns, and the client that an application would get.
struct Shop {
  explicit Shop(std::size_t campaigns, AcmeOptions options = {.max_page_size = 10})
      : server{campaigns},
        transport{std::make_shared<HandlerTransport>([this](HttpRequest const& r) { return server(r); })},
        client{*make_client(std::shared_ptr<Adapter const>{std::make_shared<Acme>(options)},
                            {.transport = transport})} {}

  AcmeServer server;
  std::shared_ptr<HandlerTransport> transport;
  std::unique_ptr<CampaignClient> client;
};

TEST(EngineClient, ListsAndGets) {
  Shop shop{25};
  EXPECT_EQ(shop.client->capabilities().provider, "acme");
  std::size_t count = 0;
  for (auto const& campaign : shop.client->list()) {
    ASSERT_TRUE(campaign);
    EXPECT_EQ(campaign->id, "c" + std::to_string(count++));
  }
  EXPECT_EQ(count, 25U);
  auto const one = shop.client->get("c7");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->text, "text of c7");
}

TEST(EngineClient, ErrorsNameTheVendor) {
  Shop shop{3};
  auto const missing = shop.client->get("c9");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().provider, "acme");
  EXPECT_EQ(missing.error().attempts, 1);
}

TEST(EngineClient, CloseLogsOutAndEndsEverythingButPagersDoNotCrash) {
  Shop shop{50};
  auto pager = shop.client->list();
  ASSERT_TRUE(pager.next_page());
  EXPECT_TRUE(shop.client->close());
  EXPECT_EQ(shop.transport->count("/revoke"), 1U);
  EXPECT_EQ(pager.next_page().error().code, ErrorCode::canceled);
  EXPECT_EQ(shop.client->get("c1").error().code, ErrorCode::canceled);
  EXPECT_EQ(shop.client->list().next_page().error().code, ErrorCode::canceled);
  EXPECT_TRUE(shop.client->close());
  EXPECT_EQ(shop.transport->count("/revoke"), 1U);
}

TEST(EngineClient, DestructionMakesNoRequestAndEndsPagers) {
  Shop shop{50};
  auto pager = shop.client->list();
  ASSERT_TRUE(pager.next_page());
  auto const requests = shop.transport->requests().size();
  shop.client.reset();
  EXPECT_EQ(pager.next_page().error().code, ErrorCode::canceled);
  EXPECT_EQ(shop.transport->requests().size(), requests);
}

TEST(EngineClient, DestructionEndsAPageThatIsWaitedFor) {
  auto const transport = std::make_shared<HeldTransport>();
  auto client =
      *make_client(std::shared_ptr<Adapter const>{std::make_shared<Acme>()}, {.transport = transport});
  auto pager = client->list();
  auto page = std::async(std::launch::async, [&] { return pager.next_page(); });
  transport->wait_for(1);
  client.reset();
  EXPECT_EQ(page.get().error().code, ErrorCode::canceled);
}

TEST(EngineClient, MayBeUsedByManyThreadsAtOnce) {
  Shop shop{0, {.log_in = false, .max_page_size = 10}};
  AcmeServer const original{60};
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    AcmeServer copy = original;
    return copy(request);
  });
  auto const client =
      *make_client(std::shared_ptr<Adapter const>{std::make_shared<Acme>(AcmeOptions{.max_page_size = 10})},
                   {.transport = transport});
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      auto const listed = client->list().collect();
      if (listed && listed->size() == 60 && client->get("c5")) ++good;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(transport->count("/log_in"), 1U);
}

}  // namespace
}  // namespace polycampaign::test
