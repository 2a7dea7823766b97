#include "engine/exchange_engine.hpp"
#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::vector<std::chrono::milliseconds>;

constexpr Pacing one_at_a_time{.in_flight = 1};

std::shared_ptr<Acme> without_log_in() {
  return std::make_shared<Acme>(AcmeOptions{.log_in = false});
}

/// One engine whose time passes only in waits, over answers that come at once.
struct Paced {
  explicit Paced(
      RequestRate rate, HandlerTransport::Handler handler = [](auto const&) { return ok(""); })
      : transport{std::make_shared<HandlerTransport>(std::move(handler))},
        engine{
            {.adapter = without_log_in(), .transport = transport, .clock = clock, .pacing = {.rate = rate}}} {
  }

  Result<std::string> run(CallOptions const& options = {}, Action action = Action::read) {
    return engine.run(text_exchange(action), options);
  }

  std::shared_ptr<QuickClock> clock = std::make_shared<QuickClock>();
  std::shared_ptr<HandlerTransport> transport;
  Engine engine;
};

TEST(Paced, CallsWaitForTheirPlaceInThePeriod) {
  Paced paced{{3, 10s}};
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(paced.run());
  EXPECT_EQ(paced.clock->waits(), (Milliseconds{10s, 10s}));
}

TEST(Paced, RepetitionsArePacedToo) {
  Paced paced{{1, 10s}, [](auto const&) { return status(503); }};
  EXPECT_EQ(paced.run().error().attempts, 3);
  EXPECT_EQ(paced.clock->waits(), (Milliseconds{250ms, 9750ms, 500ms, 9500ms}));
}

TEST(Paced, TheWaitTakesNothingOfARequestsTimeout) {
  Paced paced{{1, 60s}};
  ASSERT_TRUE(paced.run({.timeout = 2s}));
  ASSERT_TRUE(paced.run({.timeout = 2s}));
  EXPECT_EQ(paced.clock->waits(), Milliseconds{60s});
  EXPECT_EQ(paced.transport->options().at(1).timeout, 2s);
}

TEST(Paced, TheWaitCountsForTheCallsDeadline) {
  Paced paced{{1, 60s}};
  ASSERT_TRUE(paced.run());
  ASSERT_TRUE(paced.run({.deadline = QuickClock::start + 61s}));
  EXPECT_EQ(paced.transport->options().at(1).timeout, 1s);
}

TEST(Paced, CallThatCannotGoBeforeItsDeadlineEndsAtOnce) {
  for (auto const action : {Action::read, Action::sends}) {
    Paced paced{{1, 60s}};
    ASSERT_TRUE(paced.run());
    auto const late = paced.run({.deadline = QuickClock::start + 60s}, action);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
    EXPECT_EQ(late.error().effect, Effect::none);
    EXPECT_EQ(late.error().attempts, 0);
    EXPECT_NE(late.error().message.find("ClientOptions::pacing"), std::string::npos) << late.error().message;
    EXPECT_TRUE(paced.clock->waits().empty());
    EXPECT_EQ(paced.transport->requests().size(), 1U);
    ASSERT_TRUE(paced.run()) << "and takes nobody's place";
    EXPECT_EQ(paced.clock->waits(), Milliseconds{60s});
  }
}

TEST(Paced, WaitForARepetitionEndsAtOnceToo) {
  Paced paced{{1, 60s}, [](auto const&) { return status(503); }};
  auto const late = paced.run({.deadline = QuickClock::start + 30s});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(late.error().attempts, 1);
  EXPECT_EQ(paced.clock->waits(), Milliseconds{250ms});
}

TEST(Paced, EarlierAttemptOfUnknownEffectStaysUnknown) {
  Paced paced{{1, 60s}, [](auto const&) { return status(503); }};
  auto const late = paced.run({.deadline = QuickClock::start + 30s}, Action::idempotent_write);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().effect, Effect::unknown);
}

TEST(Paced, LogTellsWhoWaits) {
  std::vector<LogEvent::Kind> kinds;
  Engine engine{{.adapter = without_log_in(),
                 .transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); }),
                 .clock = std::make_shared<QuickClock>(),
                 .pacing = {.rate = RequestRate{1, 1s}},
                 .log = [&](LogEvent const& event) { kinds.push_back(event.kind); }}};
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(engine.run(text_exchange(Action::read)));
  using enum LogEvent::Kind;
  EXPECT_EQ(kinds, (std::vector{request, call, turn, request, call}));
}

/// Calls that wait behind one in flight, each on a thread of its own.
struct Behind {
  std::future<Result<std::string>> call(std::string path, CallOptions options = {}) {
    ++waiting_;
    auto result = std::async(std::launch::async, [this, path, options] {
      return engine.run(text_exchange(Action::sends, path), options);
    });
    clock->wait_for_waiting(waiting_);
    return result;
  }

  std::shared_ptr<SteppedClock> clock = std::make_shared<SteppedClock>();
  std::shared_ptr<HeldTransport> transport = std::make_shared<HeldTransport>();
  Engine engine{
      {.adapter = without_log_in(), .transport = transport, .clock = clock, .pacing = one_at_a_time}};

 private:
  std::size_t waiting_ = 0;
};

TEST(Paced, CallsOfManyThreadsGoInTheirOrder) {
  Behind behind;
  std::vector<std::future<Result<std::string>>> calls;
  for (auto const* path : {"/0", "/1", "/2", "/3", "/4"}) calls.push_back(behind.call(path));
  for (std::size_t i = 0; i < calls.size(); ++i) {
    behind.transport->wait_for(i + 1);
    ASSERT_EQ(behind.transport->held(), std::vector{"https://acme.example/" + std::to_string(i)});
    ASSERT_TRUE(behind.transport->answer("/", ok(std::to_string(i))));
    EXPECT_EQ(calls[i].get().value_or(""), std::to_string(i));
  }
}

TEST(Paced, DeadlineThatPassesInTheQueueNamesTheReason) {
  Behind behind;
  auto first = behind.call("/first");
  auto late = behind.call("/late", {.deadline = behind.clock->now() + 5s});
  behind.clock->advance(5s);
  auto const result = late.get();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(result.error().effect, Effect::none);
  EXPECT_EQ(result.error().attempts, 0);
  EXPECT_NE(result.error().message.find("ClientOptions::pacing"), std::string::npos)
      << result.error().message;
  EXPECT_EQ(behind.transport->started(), 1U);
  ASSERT_TRUE(behind.transport->answer("/first", ok("")));
  EXPECT_TRUE(first.get());
}

TEST(Paced, CanceledCallLeavesTheQueue) {
  Behind behind;
  CancelSource source;
  auto first = behind.call("/first");
  auto second = behind.call("/second", {.cancel = source.token()});
  auto third = behind.call("/third");
  source.cancel();
  auto const canceled = second.get();
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);
  EXPECT_EQ(canceled.error().effect, Effect::none);
  EXPECT_EQ(canceled.error().attempts, 0);
  EXPECT_EQ(behind.transport->held().size(), 1U) << "the first call is still on its way";
  ASSERT_TRUE(behind.transport->answer("/first", ok("")));
  behind.transport->wait_for(2);
  ASSERT_TRUE(behind.transport->answer("/third", ok("")));
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(third.get());
}

TEST(Paced, CanceledRequestGivesItsSlotToTheNext) {
  Behind behind;
  CancelSource source;
  auto first = behind.call("/first", {.cancel = source.token()});
  auto second = behind.call("/second");
  source.cancel();
  EXPECT_EQ(first.get().error().code, ErrorCode::canceled);
  behind.transport->wait_for(2);
  ASSERT_TRUE(behind.transport->answer("/second", ok("")));
  EXPECT_TRUE(second.get());
}

TEST(Paced, ClosedClientEndsThoseWhoWaitAndStillLogsOut) {
  auto const transport = std::make_shared<HeldTransport>();
  auto const clock = std::make_shared<SteppedClock>();
  Engine engine{
      {.adapter = std::make_shared<Acme>(), .transport = transport, .clock = clock, .pacing = one_at_a_time}};
  auto const start = [&](std::string path) {
    return std::async(std::launch::async,
                      [&, path] { return engine.run(text_exchange(Action::read, path)); });
  };
  auto first = start("/first");
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/log_in", ok("access - -")));
  transport->wait_for(2);
  clock->wait_for_waiting(1);
  auto second = start("/second");
  clock->wait_for_waiting(2);
  auto close = std::async(std::launch::async, [&] { return engine.close({}); });
  EXPECT_EQ(first.get().error().code, ErrorCode::canceled);
  EXPECT_EQ(second.get().error().code, ErrorCode::canceled);
  transport->wait_for(3);
  ASSERT_TRUE(transport->answer("/revoke", ok("")));
  EXPECT_TRUE(close.get());
}

// Nobody looks at a page that was asked for ahead until the reader comes to it: its answer alone must give
// the slot back.
TEST(Paced, PageThatNobodyLooksAtHoldsUpNobody) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 2}),
                 .transport = transport,
                 .pacing = one_at_a_time}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  auto first = std::async(std::launch::async, [&] { return pager.next_page(); });
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/list", ok("total=4\nc1\nc2")));
  ASSERT_TRUE(first.get());
  transport->wait_for(2);  // the second page, for which nobody waits

  auto get = std::async(std::launch::async, [&] { return engine.run(text_exchange(Action::read)); });
  ASSERT_TRUE(transport->answer("offset=2", ok("total=4\nc3\nc4")));
  transport->wait_for(3);
  ASSERT_TRUE(transport->answer("/text", ok("got")));
  EXPECT_EQ(get.get().value_or(""), "got");
  auto const second = pager.next_page();
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)->items.size(), 2U);
  EXPECT_EQ(transport->started(), 3U);
}

TEST(Paced, PagesAreAskedForAheadOnlyWithSlotsThatNobodyWaitsFor) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 2}),
                 .transport = transport,
                 .pacing = {.in_flight = 2}}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  auto first = std::async(std::launch::async, [&] { return pager.next_page(); });
  transport->wait_for(1);
  engine.start<std::string>(text_exchange(Action::read), {}, [](auto const&) {});
  transport->wait_for(2);
  ASSERT_TRUE(transport->answer("/list", ok("total=20\nc1\nc2")));
  ASSERT_TRUE(first.get());
  auto const held = transport->held();
  EXPECT_EQ(
      std::count_if(held.begin(), held.end(), [](auto const& url) { return url.find("/list") != url.npos; }),
      1)
      << "two in flight: a text and a page";
}

/// A list with details whose reader has left with the first, while others are on their way.
struct DetailsOnTheirWay {
  explicit DetailsOnTheirWay(Pacing pacing, AcmeOptions options)
      : engine{{.adapter = std::make_shared<Acme>(options), .transport = transport, .pacing = pacing}} {}

  std::future<Result<std::optional<Page<Campaign>>>> next_page() {
    return std::async(std::launch::async, [this] { return pager.next_page(); });
  }

  std::shared_ptr<HeldTransport> transport = std::make_shared<HeldTransport>();
  Engine engine;
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{},
                                                         ListOptions{.prefetch = 4, .fetch_details = true})};
};

TEST(Paced, DetailsThatNobodyWaitsForLeaveTheQueue) {
  DetailsOnTheirWay read_list{{.in_flight = 2}, {.log_in = false, .max_page_size = 4}};
  auto& transport = *read_list.transport;
  auto first = read_list.next_page();
  transport.wait_for(1);
  ASSERT_TRUE(transport.answer("/list", ok("total=4\nc1\nc2\nc3\nc4")));
  transport.wait_for(3);  // details of the first two; the others wait for their turn
  ASSERT_TRUE(transport.answer("/get/c1", ok("c1")));
  transport.wait_for(4);  // of the third
  ASSERT_TRUE(first.get());

  auto get =
      std::async(std::launch::async, [&] { return read_list.engine.run(text_exchange(Action::read)); });
  ASSERT_TRUE(transport.answer("/get/c2", ok("c2")));
  transport.wait_for(5);
  ASSERT_TRUE(transport.answer("/text", ok("got")));
  EXPECT_EQ(get.get().value_or(""), "got");

  ASSERT_TRUE(transport.answer("/get/c3", ok("c3")));
  auto rest = std::async(std::launch::async, [&] { return read_list.pager.collect(); });
  transport.wait_for(6);
  ASSERT_TRUE(transport.answer("/get/c4", ok("c4")));
  auto const campaigns = rest.get();
  ASSERT_TRUE(campaigns);
  EXPECT_EQ(ids_of(*campaigns), (std::vector<std::string>{"c2", "c3", "c4"}));
}

TEST(Paced, DetailsThatNobodyWaitsForGiveUpTheirLogIn) {
  DetailsOnTheirWay read_list{{}, {.max_page_size = 3}};
  auto& transport = *read_list.transport;
  auto first = read_list.next_page();
  transport.wait_for(1);
  ASSERT_TRUE(transport.answer("/log_in", ok("access-1 - -")));
  transport.wait_for(2);
  ASSERT_TRUE(transport.answer("/list", ok("total=3\nc1\nc2\nc3")));
  transport.wait_for(5);
  ASSERT_TRUE(transport.answer("/get/c2", status(401)));
  transport.wait_for(6);  // the log-in that the second's details want
  ASSERT_TRUE(transport.answer("/get/c1", ok("c1")));
  ASSERT_TRUE(first.get());

  auto get =
      std::async(std::launch::async, [&] { return read_list.engine.run(text_exchange(Action::read)); });
  transport.wait_for(7);
  ASSERT_TRUE(transport.answer("/log_in", ok("access-2 - -")));
  transport.wait_for(8);
  ASSERT_TRUE(transport.answer("/text", ok("got")));
  EXPECT_EQ(get.get().value_or(""), "got");
}

TEST(Paced, EverythingWorksOneAtATime) {
  for (auto const paging : every_paging) {
    AcmeServer server{35};
    server.windows = paging == Paging::windows;
    std::mutex mutex;
    auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
      std::lock_guard const lock{mutex};
      return server(request);
    });
    Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.paging = paging, .max_page_size = 10}),
                   .transport = transport,
                   .clock = std::make_shared<QuickClock>(),
                   .pacing = one_at_a_time}};
    Pager<Campaign> pager{std::make_unique<CampaignReader>(
        engine.core(), CampaignFilter{}, ListOptions{.prefetch = 4, .fetch_details = true})};
    EXPECT_EQ(ids_of(pager), ids_from_to(0, 35));
    EXPECT_TRUE(engine.close({}));
    EXPECT_EQ(transport->count("/revoke"), 1U);
  }
}

TEST(Paced, TokenThatExpiresUnderManyThreadsIsRenewedOneAtATime) {
  std::atomic<int> current{0};
  std::atomic<int> answered{0};
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    if (request.url.ends_with("/log_in") || request.url.ends_with("/refresh")) {
      auto const number = std::to_string(++current);
      return ok("access-" + number + " refresh-" + number + " -");
    }
    if (++answered % 50 == 0) ++current;  // from now on another token is good
    auto const good = request.headers.back().value == "access-" + std::to_string(current);
    return good ? ok("") : status(401);
  });
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport, .pacing = one_at_a_time}};
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        if (engine.run(text_exchange(Action::read))) ++good;
    });
  for (auto& thread : threads) thread.join();
  // Some calls are refused twice in a row and say so; none hangs.
  EXPECT_GT(good, 250);
}

}  // namespace
}  // namespace polycampaign::test
