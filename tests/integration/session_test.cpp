#include "account.hpp"

#include <atomic>
#include <mutex>
#include <string_view>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

class TokenAdapter : public ::testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(TokenAdapter, SixteenThreadsAndOneExpiredTokenAreOneRenewal) {
  auto const [provider, renewal] = GetParam();
  auto account = make_account({.provider = provider, .campaigns = 10}, {.over_http = true});
  ASSERT_TRUE(account);
  auto const id = account->simulator->campaign_ids().front();
  ASSERT_TRUE(account->client->get(id));
  auto const renewals = [&, path = renewal] { return account->simulator->count(path); };
  auto const before = renewals();
  account->simulator->expire_tokens();

  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      if (account->client->get(id)) ++good;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 16);
  EXPECT_LE(renewals() - before, 2U) << "a refused refresh may be followed by one log-in";
}

TEST_P(TokenAdapter, TokenThatExpiresDuringAListDoesNotEndIt) {
  auto const provider = GetParam().first;
  auto account = make_account({.provider = provider, .campaigns = 200});
  ASSERT_TRUE(account);
  int seen = 0;
  for (auto const& campaign : account->client->list(everything(provider), {.page_size = 30})) {
    ASSERT_TRUE(campaign) << to_string(campaign.error());
    if (++seen == 100) account->simulator->expire_tokens();
  }
  EXPECT_EQ(seen, 200);
}

INSTANTIATE_TEST_SUITE_P(All, TokenAdapter,
                         ::testing::Values(std::pair{"yeastar", "POST /openapi/v1.0/"},
                                           std::pair{"bsg", "POST /api/auth/"}),
                         [](auto const& test) { return std::string{test.param.first}; });

TEST(Session, RefusedLogInIsNotTriedAgain) {
  auto simulator = testing::Simulator::create({.provider = "yeastar"});
  ASSERT_TRUE(simulator);
  auto client = yeastar::make_client({.base_url = (*simulator)->base_url(),
                                      .client_id = Secret{"somebody"},
                                      .client_secret = Secret{"wrong-secret-0815"}},
                                     {.transport = (*simulator)->transport()});
  ASSERT_TRUE(client) << to_string(client.error());
  for (int i = 0; i < 10; ++i) {
    auto const refused = (*client)->get("1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unauthenticated);
  }
  EXPECT_EQ((*simulator)->count("get_token"), 1U) << "a PBX blocks the address after five";
}

TEST(Session, CloseRevokesTheTokenAndEndsTheClient) {
  auto account = make_account({.provider = "yeastar", .campaigns = 3});
  ASSERT_TRUE(account);
  ASSERT_TRUE(account->client->list().collect());
  EXPECT_TRUE(account->client->close());
  EXPECT_EQ(account->simulator->count("del_token"), 1U);
  auto const after = account->client->get("1");
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::canceled);
}

TEST(Session, ClosingWithoutAnyCallAsksNobody) {
  auto account = make_account({.provider = "yeastar"});
  ASSERT_TRUE(account);
  EXPECT_TRUE(account->client->close());
  EXPECT_TRUE(account->simulator->requests().empty());
}

class EveryVendor : public ::testing::TestWithParam<char const*> {};

TEST_P(EveryVendor, NoSecretIsInAnyEventOrError) {
  std::mutex mutex;
  std::string said;
  ClientOptions options;
  options.retry = {.max_attempts = 2, .first_delay = 1ms, .max_retry_after = 1ms};
  options.log = [&](LogEvent const& event) {
    std::lock_guard const lock{mutex};
    said += to_string(event) + event.url + event.message + '\n';
  };
  auto account =
      make_account({.provider = GetParam(), .campaigns = 30}, {.over_http = true, .client = options});
  ASSERT_TRUE(account);
  ASSERT_TRUE(account->client->list(everything(GetParam())).collect());
  auto const ids = account->simulator->campaign_ids();
  ASSERT_TRUE(account->client->get(ids.front()));
  account->simulator->expire_tokens();
  static_cast<void>(account->client->get(ids.front()));
  for (auto const* fault : {"html502", "http500", "http429_retry_after", "truncated"}) {
    ASSERT_TRUE(account->simulator->set_switch("fault", fault));
    auto const broken =
        account->client->get(ids.front(), {.call = {.deadline = std::chrono::steady_clock::now() + 2s}});
    EXPECT_FALSE(broken) << fault;
    if (!broken) said += to_string(broken.error()) + to_json(broken.error()) + '\n';
  }
  std::lock_guard const lock{mutex};
  EXPECT_GT(said.size(), 500U);
  auto const settings = account->simulator->settings();
  auto const provider = find_provider(GetParam());
  for (auto const& setting : provider->settings()) {
    if (!setting.secret) continue;
    auto const found = settings.find(setting.name);
    ASSERT_NE(found, settings.end()) << setting.name;
    EXPECT_EQ(said.find(found->second.reveal()), std::string::npos) << setting.name << " in\n" << said;
  }
  EXPECT_EQ(said.find("access_token=") == std::string::npos ||
                said.find("access_token=REDACTED") != std::string::npos,
            true)
      << said;
}

TEST_P(EveryVendor, BrokenAnswersAreErrorsAndNeverShortLists) {
  for (auto const* fault : {"html502", "http500", "http429", "truncated"}) {
    auto account = make_account({.provider = GetParam(), .campaigns = 100, .switches = {{"fault", fault}}},
                                {.client = {.retry = RetryPolicy::none()}});
    ASSERT_TRUE(account);
    auto pager = account->client->list(everything(GetParam()));
    auto const listed = pager.collect();
    ASSERT_FALSE(listed) << fault;
    EXPECT_EQ(listed.error().effect, Effect::none);
    EXPECT_FALSE(pager.report().complete);
  }
}

TEST_P(EveryVendor, ReadsAreRepeatedUntilTheVendorRecovers) {
  auto account = make_account(
      {.provider = GetParam(), .campaigns = 100, .switches = {{"fault", "http500"}, {"fault_every", "3"}}},
      {.client = {.retry = {.max_attempts = 4, .first_delay = 1ms}}});
  ASSERT_TRUE(account);
  auto const listed = account->client->list(everything(GetParam()), {.page_size = 30}).collect();
  ASSERT_TRUE(listed) << to_string(listed.error());
  EXPECT_EQ(listed->size(), 100U);
}

TEST_P(EveryVendor, CanceledAndLateCallsEndAtOnce) {
  auto account = make_account({.provider = GetParam(), .campaigns = 5}, {.over_http = true});
  ASSERT_TRUE(account);
  CancelSource source;
  source.cancel();
  auto const canceled = account->client->get("1", {.call = {.cancel = source.token()}});
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);
  auto const late = account->client->get("1", {.call = {.deadline = std::chrono::steady_clock::now() - 1s}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
  EXPECT_TRUE(account->simulator->requests().empty());
}

TEST_P(EveryVendor, MissingSecretIsNamedBeforeAnyRequest) {
  auto const provider = find_provider(GetParam());
  for (auto const& setting : provider->settings()) {
    if (!setting.required) continue;
    auto simulator = testing::Simulator::create({.provider = GetParam()});
    ASSERT_TRUE(simulator);
    auto settings = (*simulator)->settings();
    settings.erase(std::string{setting.name});
    auto const adapter = provider->make_adapter(std::move(settings));
    ASSERT_FALSE(adapter) << setting.name;
    EXPECT_EQ(adapter.error().code, ErrorCode::configuration);
    EXPECT_NE(adapter.error().message.find(setting.name), std::string::npos) << adapter.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryVendor, ::testing::Values("bsg", "dexatel", "smsup", "yeastar"),
                         [](auto const& test) { return std::string{test.param}; });

}
}
