#include "engine/pacer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using engine::Pacer;
using runtime::TimePoint;
using Span = std::chrono::nanoseconds;

constexpr runtime::TimePoint first_instant{1000h};

class Bell final : public runtime::Waker {
 public:
  void wake() noexcept override { ++rings_; }
  /// How often since the last time.
  int heard() { return std::exchange(rings_, 0); }

 private:
  int rings_ = 0;
};

/// A call as the pacer sees it.
struct Caller {
  std::shared_ptr<Bell> bell = std::make_shared<Bell>();
  Pacer::Turn turn{};
  std::optional<Pacer::Slot> slot{};
  std::optional<runtime::TimePoint> not_before{};

  bool ask(Pacer& pacer, Span after = {}, bool log_in = false) {
    auto answer = pacer.ask(turn, log_in, first_instant + after, bell);
    if (auto* granted = std::get_if<Pacer::Slot>(&answer)) {
      slot.emplace(std::move(*granted));
      return true;
    }
    not_before = std::get<Pacer::Wait>(answer).not_before;
    return false;
  }
  void end(Span after) {
    slot->end(first_instant + after);
    slot.reset();
  }
  std::optional<Span> reported() const {
    return not_before ? std::optional<Span>{*not_before - first_instant} : std::nullopt;
  }
};

Pacing rate(int requests, std::chrono::milliseconds period) {
  return {.rate = RequestRate{requests, period}};
}

TEST(Pacer, WithoutLimitsNobodyWaits) {
  Pacer pacer{{}};
  std::vector<Caller> callers(100);
  for (auto& caller : callers) EXPECT_TRUE(caller.ask(pacer));
  EXPECT_TRUE(pacer.spare(first_instant));
}

TEST(Pacer, LetsSoManyBeInFlight) {
  Pacer pacer{{.in_flight = 2}};
  Caller a, b, c;
  EXPECT_TRUE(a.ask(pacer));
  EXPECT_TRUE(b.ask(pacer));
  EXPECT_FALSE(c.ask(pacer, 1h));
  EXPECT_FALSE(c.reported()) << "nobody knows when an answer comes";
  a.end(1h);
  EXPECT_EQ(c.bell->heard(), 1);
  EXPECT_TRUE(c.ask(pacer, 1h));
  Caller d;
  EXPECT_FALSE(d.ask(pacer, 2h));
}

TEST(Pacer, CountsFromTheStartOfARequestUntilThePeriodAfterItsAnswer) {
  Pacer pacer{rate(2, 1s)};
  Caller a, b, c, d;
  EXPECT_TRUE(a.ask(pacer, 0ms));
  EXPECT_TRUE(b.ask(pacer, 10ms));
  EXPECT_FALSE(c.ask(pacer, 20ms));
  EXPECT_EQ(c.reported(), 1020ms) << "if one of them were answered now";
  a.end(300ms);
  EXPECT_EQ(c.bell->heard(), 1);
  EXPECT_FALSE(c.ask(pacer, 300ms));
  EXPECT_EQ(c.reported(), 1300ms);
  EXPECT_FALSE(c.ask(pacer, 1300ms - 1ns));
  EXPECT_TRUE(c.ask(pacer, 1300ms));
  EXPECT_FALSE(d.ask(pacer, 1h)) << "two are still unanswered";
  b.end(1h);
  c.end(1h + 1ms);
  EXPECT_FALSE(d.ask(pacer, 1h + 1ms));
  EXPECT_EQ(d.reported(), 1h + 1s);
}

TEST(Pacer, RequestThatWasNeverMadeDoesNotCount) {
  Pacer pacer{{.rate = RequestRate{1, 1s}, .in_flight = 1}};
  Caller a, b;
  EXPECT_TRUE(a.ask(pacer));
  EXPECT_FALSE(b.ask(pacer));
  a.slot.reset();
  EXPECT_EQ(b.bell->heard(), 1);
  EXPECT_TRUE(b.ask(pacer));
}

TEST(Pacer, SlotEndsOnce) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b, c;
  ASSERT_TRUE(a.ask(pacer));
  auto moved = std::move(*a.slot);
  a.slot.reset();
  EXPECT_FALSE(b.ask(pacer)) << "what was moved from is no slot";
  moved.end(first_instant);
  moved.end(first_instant);
  EXPECT_TRUE(b.ask(pacer));
  EXPECT_FALSE(c.ask(pacer));
}

TEST(Pacer, TellsEachWhoJoinsWhenItCannotGoBefore) {
  Pacer pacer{rate(3, 10s)};
  Caller past;
  ASSERT_TRUE(past.ask(pacer, 0s));
  past.end(1s);
  Caller busy[2];
  for (auto& caller : busy) ASSERT_TRUE(caller.ask(pacer, 2s));
  // 3 s: the first leaves at 11 s, the two in flight not before 13 s, and each later round 10 s behind.
  Span const expected[] = {11s, 13s, 13s, 21s, 23s, 23s, 31s};
  std::deque<Caller> waiting;
  for (auto const& time : expected) {
    auto& caller = waiting.emplace_back();
    EXPECT_FALSE(caller.ask(pacer, 3s));
    EXPECT_EQ(caller.reported(), time);
  }
  EXPECT_FALSE(waiting[3].ask(pacer, 4s));
  EXPECT_FALSE(waiting[3].reported()) << "known once; from then on it is woken";
}

TEST(Pacer, TimesOfEndlessQueuesDoNotOverflow) {
  Pacer pacer{rate(1, 24h)};
  std::deque<Caller> waiting(20'000);
  ASSERT_TRUE(waiting.front().ask(pacer));
  for (std::size_t i = 1; i < waiting.size(); ++i) {
    ASSERT_FALSE(waiting[i].ask(pacer));
    ASSERT_GE(waiting[i].reported(), 24h);
    ASSERT_LE(waiting[i].reported(), 24h * 3700);
  }
}

TEST(Pacer, FirstComeFirstServed) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b, c, d;
  ASSERT_TRUE(a.ask(pacer));
  EXPECT_FALSE(b.ask(pacer));
  EXPECT_FALSE(c.ask(pacer));
  a.end(0s);
  EXPECT_EQ(b.bell->heard(), 1);
  EXPECT_EQ(c.bell->heard(), 0);
  EXPECT_FALSE(c.ask(pacer)) << "it is not its turn, though there is a slot";
  EXPECT_FALSE(d.ask(pacer)) << "nor may a newcomer pass";
  EXPECT_FALSE(pacer.spare(first_instant)) << "nor a page that is asked for ahead";
  EXPECT_TRUE(b.ask(pacer));
  EXPECT_EQ(c.bell->heard(), 1) << "it is the first now";
  EXPECT_EQ(d.bell->heard(), 0);
  EXPECT_FALSE(c.ask(pacer));
  b.end(0s);
  EXPECT_TRUE(c.ask(pacer));
  c.end(0s);
  EXPECT_TRUE(d.ask(pacer));
}

TEST(Pacer, OneEndMayLetSeveralGo) {
  Pacer pacer{rate(2, 1s)};
  Caller busy[2], waiting[2];
  for (auto& caller : busy) ASSERT_TRUE(caller.ask(pacer));
  for (auto& caller : waiting) EXPECT_FALSE(caller.ask(pacer));
  for (auto& caller : busy) caller.end(0s);
  for (auto& caller : waiting) static_cast<void>(caller.bell->heard());
  EXPECT_TRUE(waiting[0].ask(pacer, 1s));
  EXPECT_EQ(waiting[1].bell->heard(), 1);
  EXPECT_TRUE(waiting[1].ask(pacer, 1s));
}

TEST(Pacer, WhoeverLeavesTheQueueLetsTheNextCome) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b, c, d;
  ASSERT_TRUE(a.ask(pacer));
  for (auto* caller : {&b, &c, &d}) EXPECT_FALSE(caller->ask(pacer));
  c.turn.leave();
  c.turn.leave();
  EXPECT_FALSE(c.turn.waiting());
  EXPECT_EQ(b.bell->heard() + d.bell->heard(), 0);
  a.end(0s);
  EXPECT_EQ(b.bell->heard(), 1);
  b.turn.leave();
  EXPECT_EQ(d.bell->heard(), 1) << "the slot must not be lost with the one that was woken for it";
  EXPECT_TRUE(d.ask(pacer));
}

TEST(Pacer, TurnThatDiesLeavesTheQueue) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b;
  ASSERT_TRUE(a.ask(pacer));
  {
    Caller gone;
    EXPECT_FALSE(gone.ask(pacer));
    EXPECT_FALSE(b.ask(pacer));
  }
  EXPECT_EQ(b.bell->heard(), 1);
  a.end(0s);
  EXPECT_TRUE(b.ask(pacer));
}

TEST(Pacer, LogInGoesBeforeThoseWhoWaitForIt) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b, login;
  ASSERT_TRUE(a.ask(pacer));
  EXPECT_FALSE(b.ask(pacer));
  EXPECT_FALSE(login.ask(pacer, 0s, true));
  a.end(0s);
  EXPECT_EQ(login.bell->heard(), 1);
  EXPECT_EQ(b.bell->heard(), 0);
  EXPECT_FALSE(b.ask(pacer));
  EXPECT_TRUE(login.ask(pacer, 0s, true));
  EXPECT_EQ(b.bell->heard(), 1);
  login.end(0s);
  EXPECT_TRUE(b.ask(pacer));
}

TEST(Pacer, LogInTakesAFreeSlotAlthoughOthersWait) {
  Pacer pacer{{.in_flight = 1}};
  Caller a, b, login;
  ASSERT_TRUE(a.ask(pacer));
  EXPECT_FALSE(b.ask(pacer));
  a.end(0s);
  EXPECT_TRUE(login.ask(pacer, 0s, true));
  EXPECT_FALSE(b.ask(pacer));
  login.end(0s);
  EXPECT_TRUE(b.ask(pacer));
}

TEST(Pacer, SparesWhatNobodyWaitsFor) {
  Pacer pacer{{.in_flight = 2}};
  Caller a, b;
  auto ahead = pacer.spare(first_instant);
  ASSERT_TRUE(ahead);
  EXPECT_TRUE(a.ask(pacer));
  EXPECT_FALSE(pacer.spare(first_instant));
  EXPECT_FALSE(b.ask(pacer));
  ahead->end(first_instant);
  EXPECT_FALSE(pacer.spare(first_instant)) << "it is b's";
  EXPECT_TRUE(b.ask(pacer));
}

TEST(Pacer, SlotsAndTurnsMayOutliveIt) {
  Caller a, b;
  {
    Pacer pacer{{.in_flight = 1}};
    ASSERT_TRUE(a.ask(pacer));
    EXPECT_FALSE(b.ask(pacer));
  }
  a.end(0s);
  EXPECT_EQ(b.bell->heard(), 1);
}

/// Callers that come, wait, go and give up at random, under a clock that the test moves; what the pacer does
/// is held against the plainest possible book-keeping.
class RandomDay {
 public:
  RandomDay(Pacing limits, unsigned seed) : limits_{limits}, pacer_{limits}, random_{seed} {}

  void run(int steps) {
    for (int i = 0; i < steps && !::testing::Test::HasFatalFailure(); ++i) {
      switch (random_() % 8) {
        case 0:
        case 1: come(); break;
        case 2: answer(); break;
        case 3: give_up(); break;
        case 4: spare(); break;
        default: wait(); break;
      }
      poll();
    }
    // Everybody who still waits is served in the end.
    for (int rounds = 0; !queue_.empty(); ++rounds) {
      ASSERT_LT(rounds, 100'000) << "somebody starves";
      if (!busy_.empty()) answer();
      wait();
      poll();
    }
  }

 private:
  struct Call {
    Caller caller{};
    runtime::TimePoint earliest{};
  };

  void granted(runtime::TimePoint at) {
    ++in_flight_;
    if (limits_.in_flight) {
      ASSERT_LE(in_flight_, *limits_.in_flight);
    }
    starts_.push_back(at);
    if (!limits_.rate) return;
    auto const window = static_cast<std::size_t>(limits_.rate->requests);
    if (starts_.size() > window) {
      ASSERT_GE(starts_.back() - starts_[starts_.size() - 1 - window], limits_.rate->period);
    }
  }

  bool ask(Call& call) {
    auto const got = call.caller.ask(pacer_, now_ - first_instant);
    if (got) {
      EXPECT_GE(now_, call.earliest) << "it was told too late a time";
      granted(now_);
    } else if (call.caller.not_before) {
      EXPECT_GT(*call.caller.not_before, now_);
      call.earliest = std::max(call.earliest, *call.caller.not_before);
    }
    return got;
  }

  void come() {
    if (queue_.size() == 30) return;
    auto call = std::make_unique<Call>();
    auto const others_wait = !queue_.empty();
    if (ask(*call)) {
      ASSERT_FALSE(others_wait) << "a newcomer was let go before others";
      busy_.push_back(std::move(call));
    } else {
      queue_.push_back(std::move(call));
    }
  }

  void spare() {
    auto slot = pacer_.spare(now_);
    if (!slot) return;
    ASSERT_TRUE(queue_.empty());
    granted(now_);
    auto call = std::make_unique<Call>();
    call->caller.slot.emplace(*std::move(slot));
    busy_.push_back(std::move(call));
  }

  void answer() {
    if (busy_.empty()) return;
    auto const one = busy_.begin() + static_cast<std::ptrdiff_t>(random_() % busy_.size());
    (*one)->caller.end(now_ - first_instant);
    busy_.erase(one);
    --in_flight_;
  }

  void give_up() {
    if (queue_.empty()) return;
    auto const one = queue_.begin() + static_cast<std::ptrdiff_t>(random_() % queue_.size());
    // those behind it may go earlier than they were told
    for (auto behind = one; behind != queue_.end(); ++behind) (*behind)->earliest = {};
    queue_.erase(one);
  }

  void wait() { now_ += std::chrono::microseconds{random_() % 3000}; }

  /// What drivers do: whoever was woken or whose time has come asks again. The order is theirs.
  void poll() {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = queue_.size(); i-- > 0;) {
        auto& caller = queue_[i]->caller;
        auto const due = caller.not_before && *caller.not_before <= now_;
        if (caller.bell->heard() == 0 && !due) continue;
        caller.not_before.reset();
        if (!ask(*queue_[i])) continue;
        ASSERT_EQ(i, 0U) << "somebody was let go before the first of the queue";
        busy_.push_back(std::move(queue_[i]));
        queue_.erase(queue_.begin());
        again = true;
        break;
      }
    }
  }

  Pacing limits_;
  Pacer pacer_;
  std::mt19937 random_;
  runtime::TimePoint now_ = first_instant;
  int in_flight_ = 0;
  std::vector<runtime::TimePoint> starts_;
  std::deque<std::unique_ptr<Call>> queue_;
  std::vector<std::unique_ptr<Call>> busy_;
};

TEST(Pacer, KeepsItsWordOnRandomDays) {
  Pacing const all[] = {{.in_flight = 1},
                        {.in_flight = 3},
                        rate(1, 2ms),
                        rate(5, 7ms),
                        rate(10'000, 1ms),
                        {.rate = RequestRate{4, 5ms}, .in_flight = 2},
                        {.rate = RequestRate{2, 20ms}, .in_flight = 7}};
  for (auto const& limits : all)
    for (unsigned seed = 1; seed <= 10; ++seed) {
      RandomDay{limits, seed}.run(1500);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
}

}  // namespace
}  // namespace polycampaign::test
