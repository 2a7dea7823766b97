#include "polycampaign/transport.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace polycampaign {
namespace {

TEST(SendGate, LetsOneRequestThrough) {
  SendGate gate;
  EXPECT_FALSE(gate.opened());
  EXPECT_TRUE(gate.open(false));
  EXPECT_TRUE(gate.opened());
  EXPECT_FALSE(gate.open(false)) << "a second sending of what may not be repeated";
  EXPECT_TRUE(gate.open(true));
}

TEST(SendGate, IsClosedForGoodOnceAbandonedInTime) {
  SendGate gate;
  EXPECT_TRUE(gate.abandon());
  EXPECT_FALSE(gate.open(true));
  EXPECT_FALSE(gate.opened());
  EXPECT_TRUE(gate.abandon()) << "the answer stays the same";
}

TEST(SendGate, TellsThatItWasAbandonedTooLate) {
  SendGate gate;
  ASSERT_TRUE(gate.open(true));
  EXPECT_FALSE(gate.abandon());
  EXPECT_FALSE(gate.open(true)) << "nothing is sent again for a caller that is gone";
  EXPECT_TRUE(gate.opened());
  EXPECT_FALSE(gate.abandon());
}

// Whatever the order, sender and caller agree: either something was let through, or the caller knows that
// nothing was.
TEST(SendGate, GivesSenderAndCallerTheSameAnswerInARace) {
  for (int round = 0; round < 300; ++round) {
    SendGate gate;
    std::atomic<int> ready{0};
    std::atomic<int> let_through{0};
    std::atomic<int> shown_nothing_sent{0};
    std::vector<std::thread> threads;
    auto const together = [&] {
      ++ready;
      while (ready < 4) std::this_thread::yield();
    };
    for (int i = 0; i < 2; ++i) {
      threads.emplace_back([&] {
        together();
        if (gate.open(false)) ++let_through;
      });
      threads.emplace_back([&] {
        together();
        if (gate.abandon()) ++shown_nothing_sent;
      });
    }
    for (auto& thread : threads) thread.join();
    ASSERT_LE(let_through, 1);
    ASSERT_EQ(let_through == 1, shown_nothing_sent == 0);
    ASSERT_EQ(gate.opened(), let_through == 1);
    ASSERT_FALSE(gate.open(true));
  }
}

}  // namespace
}  // namespace polycampaign
