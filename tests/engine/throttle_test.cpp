#include "engine/throttle.hpp"

#include <gtest/gtest.h>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using engine::Throttle;
using runtime::TimePoint;

constexpr runtime::TimePoint start{1000h};

TEST(Throttle, LimitsNothingBeforeTheFirstRefusal) {
  Throttle throttle;
  for (auto i = 0; i < 1'000; ++i) {
    EXPECT_TRUE(throttle.lets_go(1'000'000, start));
    throttle.went(start);
    throttle.succeeded(start);
  }
  EXPECT_FALSE(throttle.rate());
}

/// Ten requests within a second, of which the vendor takes these.
Throttle refused_after(int taken, std::optional<Throttle::Span> retry_after = {}, double random = 0) {
  Throttle throttle;
  for (auto i = 0; i < taken; ++i) throttle.succeeded(start);
  throttle.refused(start, start + 100ms, retry_after, random);
  return throttle;
}

TEST(Throttle, RefusalHoldsEverythingForASecond) {
  auto const throttle = refused_after(5);
  EXPECT_FALSE(throttle.lets_go(0, start + 1'099ms));
  EXPECT_TRUE(throttle.lets_go(0, start + 1'100ms));
  EXPECT_FALSE(throttle.lets_go(1, start + 1'100ms)) << "one request finds out";
  EXPECT_EQ(throttle.rate(), 5 * Throttle::decrease);
  EXPECT_EQ(throttle.reported_until(), runtime::TimePoint{}) << "the vendor named no wait";
}

TEST(Throttle, ClientsOfOneAccountComeBackAtDifferentTimes) {
  EXPECT_EQ(refused_after(5, {}, 0.5).held_until(), start + 100ms + 1'125ms);
}

TEST(Throttle, RetryAfterIsTheWait) {
  EXPECT_EQ(refused_after(5, 7s).held_until(), start + 100ms + 7s);
  EXPECT_EQ(refused_after(5, 7s).reported_until(), start + 100ms + 7s);
  EXPECT_EQ(refused_after(5, 0s).held_until(), start + 100ms);
  EXPECT_EQ(refused_after(5, 24h * 365).held_until(), start + 100ms + 1h) << "an hour at most";
}

TEST(Throttle, RetryAfterThatIsTooShortIsBelievedOnce) {
  auto throttle = refused_after(5, 0s);
  throttle.refused(start + 200ms, start + 300ms, 0s, 0);
  EXPECT_EQ(throttle.held_until(), start + 300ms + 2s);
}

TEST(Throttle, PauseDoublesUntilARequestIsTaken) {
  auto throttle = refused_after(5);
  for (auto const pause : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    auto const now = throttle.held_until();
    throttle.refused(now, now, {}, 0);
    EXPECT_EQ(throttle.held_until(), now + pause);
  }
  auto const now = throttle.held_until();
  throttle.succeeded(now);
  throttle.refused(now, now, {}, 0);
  EXPECT_EQ(throttle.held_until(), now + 1s);
}

TEST(Throttle, RequestsThatWereUnderWaySayNothingNew) {
  auto throttle = refused_after(5);
  auto const rate = throttle.rate();
  throttle.refused(start, start + 150ms, {}, 0);
  EXPECT_EQ(throttle.rate(), rate);
  EXPECT_EQ(throttle.held_until(), start + 1'150ms) << "a vendor may want a quiet second behind each of them";
  throttle.refused(start, start + 160ms, 30s, 0);
  EXPECT_EQ(throttle.held_until(), start + 30'160ms);
}

TEST(Throttle, RequestsGoAtTheRateOneByOne) {
  auto throttle = refused_after(5);  // 4 a second
  auto const now = start + 2s;
  throttle.went(now);
  EXPECT_FALSE(throttle.lets_go(0, now + 249ms));
  EXPECT_TRUE(throttle.lets_go(0, now + 250ms));
}

TEST(Throttle, EachSuccessLetsOneMoreGoAndALittleFaster) {
  auto throttle = refused_after(5);
  auto now = start + 2s;
  throttle.succeeded(now);
  EXPECT_TRUE(throttle.lets_go(1, now));
  EXPECT_FALSE(throttle.lets_go(2, now));
  auto successes = 1;
  for (; *throttle.rate() < 5; ++successes) throttle.succeeded(now);
  EXPECT_NEAR(successes, 80, 2) << "additive: from 80 % to what was refused";
}

TEST(Throttle, FallsWithEachRefusalButNotBelowAQuarterWhileNothingIsTaken) {
  auto throttle = refused_after(100);
  EXPECT_EQ(throttle.rate(), 80);
  for (auto i = 0; i < 20; ++i) {
    auto const now = throttle.held_until();
    throttle.refused(now, now, {}, 0);
  }
  EXPECT_EQ(throttle.rate(), 25);
  auto const now = throttle.held_until();
  throttle.succeeded(now);
  auto const before = *throttle.rate();
  throttle.refused(now + 1s, now + 1s, {}, 0);
  EXPECT_DOUBLE_EQ(*throttle.rate(), before * Throttle::decrease);
}

TEST(Throttle, WhatCountsIsTheLastSecondOrTheOneBefore) {
  Throttle throttle;
  for (auto i = 0; i < 50; ++i) throttle.succeeded(start + i * 20ms);
  for (auto i = 0; i < 3; ++i) throttle.succeeded(start + 1s);
  throttle.refused(start + 1s, start + 1s, {}, 0);
  EXPECT_EQ(throttle.rate(), 50 * Throttle::decrease);

  Throttle rested;
  for (auto i = 0; i < 50; ++i) rested.succeeded(start);
  rested.succeeded(start + 1h);
  rested.refused(start + 1h, start + 1h, {}, 0);
  EXPECT_EQ(rested.rate(), 1 * Throttle::decrease);
}

TEST(Throttle, WithoutASuccessThereIsNoRate) {
  EXPECT_FALSE(refused_after(0).rate());
  EXPECT_FALSE(refused_after(0).lets_go(1, start + 1h));
}

TEST(Throttle, IsForgottenWhereItLimitsNothing) {
  auto throttle = refused_after(2'000);
  for (auto i = 0; i < 1'000; ++i) throttle.succeeded(start + 1h);
  EXPECT_FALSE(throttle.rate());
  EXPECT_TRUE(throttle.lets_go(1'000'000, start + 1h));
}

TEST(Throttle, RestForAnotherReasonSlowsNothingDown) {
  Throttle throttle;
  throttle.hold(start + 5s);
  EXPECT_FALSE(throttle.lets_go(0, start + 4s));
  EXPECT_TRUE(throttle.lets_go(100, start + 5s));
  EXPECT_FALSE(throttle.rate());
}

}  // namespace
}  // namespace polycampaign::test
