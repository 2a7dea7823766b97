#include "polycampaign/cancel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign {
namespace {

TEST(CancelToken, WithoutASourceIsNeverCanceled) {
  CancelToken const token;
  EXPECT_FALSE(token.can_be_canceled());
  EXPECT_FALSE(token.canceled());
  auto const registration = token.on_cancel([] { FAIL() << "called"; });
}

TEST(CancelSource, CallsEveryCallbackOnceOnItsThread) {
  CancelSource source;
  auto const token = source.token();
  EXPECT_TRUE(token.can_be_canceled());
  EXPECT_FALSE(token.canceled());
  int calls = 0;
  std::thread::id caller;
  auto const first = token.on_cancel([&] {
    ++calls;
    EXPECT_TRUE(token.canceled());
  });
  auto const second = token.on_cancel([&] {
    ++calls;
    caller = std::this_thread::get_id();
  });
  EXPECT_EQ(calls, 0);
  std::thread canceller{[&] {
    source.cancel();
    EXPECT_EQ(caller, std::this_thread::get_id());
  }};
  canceller.join();
  EXPECT_EQ(calls, 2);
  EXPECT_TRUE(token.canceled());
  source.cancel();
  EXPECT_EQ(calls, 2);
}

TEST(CancelToken, CallsAtOnceWhenAlreadyCanceled) {
  CancelSource source;
  source.cancel();
  int calls = 0;
  {
    auto const registration = source.token().on_cancel([&] { ++calls; });
    EXPECT_EQ(calls, 1);
  }
  EXPECT_EQ(calls, 1);
}

TEST(Registration, DeregistersWhenItDiesAndReleasesTheCallback) {
  CancelSource source;
  auto const held = std::make_shared<int>(0);
  std::optional registration{source.token().on_cancel([held] { ++*held; })};
  EXPECT_EQ(held.use_count(), 2);
  auto moved = *std::move(registration);
  registration.reset();
  EXPECT_EQ(held.use_count(), 2) << "a moved-from registration deregisters nothing";
  moved = CancelToken::Registration{};
  EXPECT_EQ(held.use_count(), 1);
  source.cancel();
  EXPECT_EQ(*held, 0);
}

// A search through all of them for each would take minutes here.
TEST(Registration, OfManyComeAndGoInAnyOrder) {
  constexpr std::size_t many = 300'000;
  CancelSource source;
  std::size_t calls = 0;
  std::vector<CancelToken::Registration> registrations;
  registrations.reserve(many);
  for (std::size_t i = 0; i < many; ++i)
    registrations.push_back(source.token().on_cancel([&calls] { ++calls; }));
  for (std::size_t i = 0; i < many / 3; ++i) {
    registrations[i] = {};
    registrations[many - 1 - i] = {};
  }
  source.cancel();
  EXPECT_EQ(calls, many - 2 * (many / 3));
}

TEST(Registration, MayDieInsideItsOwnCallback) {
  CancelSource source;
  auto const held = std::make_shared<int>(0);
  std::optional<CancelToken::Registration> registration;
  registration = source.token().on_cancel([&registration, held] {
    registration.reset();
    ++*held;  // the callback itself still lives
  });
  source.cancel();
  EXPECT_EQ(*held, 1);
  EXPECT_FALSE(registration);
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Registration, MayDieInsideAnotherCallback) {
  CancelSource source;
  int calls = 0;
  std::optional<CancelToken::Registration> a;
  std::optional<CancelToken::Registration> b;
  a = source.token().on_cancel([&] { ++calls, b.reset(); });
  b = source.token().on_cancel([&] { ++calls, a.reset(); });
  source.cancel();
  EXPECT_EQ(calls, 1) << "whichever ran first took the other one back";
}

TEST(Registration, WaitsForTheCallbackThatRunsOnAnotherThread) {
  CancelSource source;
  std::promise<void> entered;
  std::promise<void> leave;
  std::atomic<bool> finished{false};
  std::optional registration{source.token().on_cancel([&] {
    entered.set_value();
    leave.get_future().wait();
    finished = true;
  })};
  std::thread canceller{[&] { source.cancel(); }};
  entered.get_future().wait();
  std::promise<void> dying;
  std::thread owner{[&] {
    dying.set_value();
    registration.reset();
    EXPECT_TRUE(finished) << "the registration died while its callback ran";
  }};
  dying.get_future().wait();
  leave.set_value();
  owner.join();
  canceller.join();
}

TEST(CancelSource, MayDieInsideACallback) {
  auto source = std::make_unique<CancelSource>();
  bool called = false;
  {
    auto const token = source->token();
    static_cast<void>(token);
  }
  auto const registration = source->token().on_cancel([&] {
    source.reset();
    called = true;
  });
  source->cancel();
  EXPECT_TRUE(called);
  EXPECT_EQ(source, nullptr);
}

TEST(CancelSource, CancelsOnceFromManyThreads) {
  for (int round = 0; round < 200; ++round) {
    CancelSource source;
    std::atomic<int> calls{0};
    std::atomic<bool> go{false};
    auto const lasting = source.token().on_cancel([&] { ++calls; });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&, i] {
        while (!go) std::this_thread::yield();
        if (i % 2 == 0) {
          source.cancel();
        } else {
          int local = 0;  // dead after the block: a late callback would be seen
                          // by the sanitizers
          auto const registration = source.token().on_cancel([&local] { ++local; });
        }
      });
    go = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(calls, 1);
  }
}

}  // namespace
}  // namespace polycampaign
