#include "polycampaign/providers.hpp"
#include "polycampaign/testing/simulator.hpp"

#include "engine/campaign_reader.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <thread>

/// Vendors that let so many requests a second pass, and refuse the others without saying how many: every list
/// ends whole, and few requests are wasted. Time passes only when somebody waits.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using runtime::TimePoint;

/// A clock that jumps to wherever somebody waits, for any number of threads.
class JumpingClock final : public runtime::Clock {
 public:
  runtime::TimePoint now() const noexcept override {
    return runtime::TimePoint{std::chrono::nanoseconds{now_.load()}};
  }
  std::chrono::sys_seconds system_now() const noexcept override {
    return std::chrono::sys_seconds{1'700'000'000s} + std::chrono::floor<std::chrono::seconds>(now() - start);
  }
  double random() noexcept override { return 0.5; }
  void wait(runtime::Event& event, std::optional<runtime::TimePoint> until) override {
    if (event.consume()) return;
    if (!until) return event.wait(std::nullopt);
    auto const then = until->time_since_epoch().count();
    for (auto seen = now_.load(); seen < then && !now_.compare_exchange_weak(seen, then);) continue;
  }

  static constexpr runtime::TimePoint start{1000h};

 private:
  std::atomic<std::int64_t> now_{start.time_since_epoch().count()};
};

enum class Manner {
  plain,        ///< 429 and nothing else
  retry_after,  ///< with the seconds until there is room
  quiet         ///< 429 until a whole second has passed without a request
};

/// In front of another transport: five requests in any second.
class LimitedTransport final : public Transport {
 public:
  LimitedTransport(std::shared_ptr<Transport> inner, std::shared_ptr<runtime::Clock> clock, Manner manner)
      : inner_{std::move(inner)}, clock_{std::move(clock)}, manner_{manner} {}

  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    if (auto refusal = refused()) {
      static_cast<void>(options.gate->open(true));
      return completion(*std::move(refusal));
    }
    inner_->start(std::move(request), std::move(options), std::move(completion));
  }

  [[nodiscard]] std::size_t passed() const { return passed_; }
  [[nodiscard]] std::size_t refusals() const { return refusals_; }

 private:
  static constexpr std::size_t allowed = 5;

  std::optional<HttpResponse> refused() {
    std::lock_guard const lock{mutex_};
    auto const now = clock_->now();
    auto const last = std::exchange(last_, now);
    if (blocked_ && now - last >= 1s) blocked_ = false;
    while (!recent_.empty() && recent_.front() <= now - 1s) recent_.pop_front();
    if (!blocked_ && recent_.size() < allowed) {
      recent_.push_back(now);
      ++passed_;
      return std::nullopt;
    }
    ++refusals_;
    HttpResponse response{.status = 429, .body = "<html>429 Too Many Requests</html>"};
    if (manner_ == Manner::retry_after) response.headers.push_back({"Retry-After", "1"});
    if (manner_ == Manner::quiet) blocked_ = true;
    return response;
  }

  std::shared_ptr<Transport> const inner_;
  std::shared_ptr<runtime::Clock> const clock_;
  Manner const manner_;
  std::mutex mutex_;
  std::deque<runtime::TimePoint> recent_;
  runtime::TimePoint last_{};
  bool blocked_ = false;
  std::atomic<std::size_t> passed_{0};
  std::atomic<std::size_t> refusals_{0};
};

struct Limited {
  Limited(std::string_view provider, std::size_t campaigns, Manner manner, RetryPolicy retry = {}) {
    simulator = testing::Simulator::create({.provider = std::string{provider},
                                            .campaigns = campaigns,
                                            .clock = [it = clock] { return it->system_now(); }})
                    .value();
    transport = std::make_shared<LimitedTransport>(simulator->transport(), clock, manner);
    auto const adapter = find_provider(provider)->make_adapter(simulator->settings()).value();
    engine.emplace(engine::EngineOptions{.adapter = adapter,
                                         .transport = transport,
                                         .clock = clock,
                                         .retry = retry,
                                         .pacing = {.in_flight = Pacing::default_in_flight}});
    // a hundred requests for 10,000 campaigns, and four hundred where the simulator is quick
    page_size = provider == "dexatel" || provider == "yeastar" ? 25 : 100;
    if (provider == "bsg") filter.since = std::chrono::sys_seconds{1'420'000'000s};
    wanted = simulator->campaign_ids();
  }

  [[nodiscard]] ListOptions options(int prefetch) const {
    return {.page_size = page_size, .prefetch = prefetch};
  }

  /// Each campaign once, and few refusals.
  void check(std::vector<std::string> ids) const {
    EXPECT_EQ(ids.size(), wanted.size());
    auto all = wanted;
    std::sort(ids.begin(), ids.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(ids, all);
    EXPECT_GT(transport->refusals(), 0U) << "the limit was met";
    // A first burst, and then one each time that the client tries whether it may go faster.
    EXPECT_LE(transport->refusals(), 24 + transport->passed() / 40)
        << transport->passed() << " requests have passed";
    // Seven tenths of the limit, at least.
    auto const seconds = std::chrono::duration<double>{clock->now() - JumpingClock::start}.count();
    EXPECT_LE(seconds, 60 + static_cast<double>(transport->passed()) / 3.5);
  }

  std::shared_ptr<JumpingClock> clock = std::make_shared<JumpingClock>();
  std::unique_ptr<testing::Simulator> simulator;
  std::shared_ptr<LimitedTransport> transport;
  std::optional<Engine> engine;
  CampaignFilter filter;
  int page_size = 1;
  std::vector<std::string> wanted;
};

std::vector<std::string> ids_of(Pager<Campaign> pager) {
  std::vector<std::string> ids;
  for (auto const& campaign : pager) {
    if (!campaign) {
      ADD_FAILURE() << to_string(campaign.error()) << " after " << ids.size();
      break;
    }
    ids.push_back(campaign->id);
  }
  return ids;
}

std::vector<std::string> ids_of(AsyncCampaigns& list) {
  std::vector<std::string> ids;
  for (;;) {
    auto const promise = std::make_shared<std::promise<Result<std::optional<Page<Campaign>>>>>();
    list.next_page([promise](auto page) { promise->set_value(std::move(page)); });
    auto const page = promise->get_future().get();
    if (!page) ADD_FAILURE() << to_string(page.error()) << " after " << ids.size();
    if (!page || !*page) return ids;
    for (auto const& campaign : (*page)->items) ids.push_back(campaign.id);
  }
}

struct Row {
  std::string_view provider;
  Manner manner;
  int prefetch;
};

class EveryLimit : public ::testing::TestWithParam<Row> {
 public:
  static std::vector<Row> rows() {
    std::vector<Row> all;
    for (auto const& provider : providers())
      for (auto const manner : {Manner::plain, Manner::retry_after, Manner::quiet})
        for (auto const prefetch : {1, 4})
          if (prefetch > 1 || manner == Manner::plain) all.push_back({provider.name, manner, prefetch});
    return all;
  }
};

constexpr std::size_t many = 10'000;

TEST_P(EveryLimit, LetsAListEndWhole) {
  auto const& [provider, manner, prefetch] = GetParam();
  Limited limited{provider, many, manner};
  limited.check(ids_of(Pager<Campaign>{
      std::make_unique<CampaignReader>(limited.engine->core(), limited.filter, limited.options(prefetch))}));
}

std::string name_of(::testing::TestParamInfo<Row> const& test) {
  constexpr std::string_view manners[] = {"plain", "retry_after", "quiet"};
  return std::string{test.param.provider} + '_' +
         std::string{manners[static_cast<std::size_t>(test.param.manner)]} + '_' +
         std::to_string(test.param.prefetch);
}

INSTANTIATE_TEST_SUITE_P(Vendors, EveryLimit, ::testing::ValuesIn(EveryLimit::rows()), name_of);

TEST(RateLimit, LetsAnAsynchronousListEndWhole) {
  for (auto const* provider : {"bsg", "yeastar"}) {
    Limited limited{provider, 3'000, Manner::plain};
    AsyncCampaigns list{limited.engine->core(), limited.engine->tasks(), limited.filter, limited.options(4)};
    limited.check(ids_of(list));
  }
}

TEST(RateLimit, IsSharedByAllThreadsOfAClient) {
  Limited limited{"smsup", 2'000, Manner::plain};
  std::vector<std::future<std::vector<std::string>>> lists;
  for (auto i = 0; i < 4; ++i)
    lists.push_back(std::async(std::launch::async, [&] {
      auto options = limited.options(2);
      options.page_size = 50;
      return ids_of(
          Pager<Campaign>{std::make_unique<CampaignReader>(limited.engine->core(), limited.filter, options)});
    }));
  for (auto& read_list : lists) limited.check(read_list.get());
}

TEST(RateLimit, LetsDetailsBeFetched) {
  for (auto const prefetch : {1, 4}) {
    Limited limited{"dexatel", 300, Manner::quiet};
    auto options = limited.options(prefetch);
    options.page_size = 100;
    options.fetch_details = true;
    limited.check(ids_of(
        Pager<Campaign>{std::make_unique<CampaignReader>(limited.engine->core(), limited.filter, options)}));
  }
}

TEST(RateLimit, WithoutPatienceEndsTheList) {
  Limited limited{"smsup", 1'000, Manner::plain, {.rate_limit_patience = 0ms}};
  Pager<Campaign> pager{
      std::make_unique<CampaignReader>(limited.engine->core(), limited.filter, limited.options(4))};
  EXPECT_FALSE(pager.collect()) << "which shows that the limit is one";
}

}  // namespace
}  // namespace polycampaign::test
