#include "engine/conversation_run.hpp"

#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using engine::ConversationRun;

struct Counter final : runtime::Waker {
  void wake() noexcept override { ++wakes; }
  int wakes = 0;
};

/// One conversation over requests that the test answers.
class ConversationRunTest : public ::testing::Test {
 protected:
  void begin(ConversationRun::Script script, CallOptions options = {}) {
    run_.emplace(engine_.core(), std::move(script), std::move(options), most_);
  }
  bool poll() { return run_->poll(waker_); }

  Action most_ = Action::sends;

  std::shared_ptr<HeldTransport> transport_ = std::make_shared<HeldTransport>();
  std::shared_ptr<QuickClock> clock_ = std::make_shared<QuickClock>();
  engine::Engine engine_{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                          .transport = transport_,
                          .clock = clock_,
                          .retry = {.max_attempts = 1}}};
  std::shared_ptr<Counter> waker_ = std::make_shared<Counter>();
  std::optional<ConversationRun> run_;
};

TEST_F(ConversationRunTest, MakesEachRequestOnceHoweverOftenItsScriptIsRun) {
  int runs = 0;
  std::string text;
  begin([&](protocol::Conversation& it) {
    ++runs;
    text.clear();
    for (auto const* path : {"/a", "/b", "/c"}) {
      auto const part = it.run(text_exchange(Action::sends, path));
      if (!part) return;
      text += *part;
    }
  });
  for (auto const* path : {"/a", "/b", "/c"}) {
    ASSERT_FALSE(poll());
    ASSERT_FALSE(poll()) << "nothing has come";
    ASSERT_EQ(transport_->held().size(), 1U) << path;
    ASSERT_TRUE(transport_->answer(path, ok(path)));
  }
  EXPECT_EQ(waker_->wakes, 3);
  EXPECT_TRUE(poll());
  EXPECT_EQ(text, "/a/b/c");
  EXPECT_EQ(transport_->started(), 3U);
  EXPECT_EQ(runs, 4) << "only when an answer has come";
}

TEST_F(ConversationRunTest, MakesLargeRequestsOnceHoweverOftenItsScriptIsRun) {
  constexpr int steps = 20;
  int made = 0;
  int answered = 0;
  begin([&](protocol::Conversation& it) {
    answered = 0;
    for (int step = 0; step < steps; ++step) {
      auto const part = it.run([&] {
        ++made;
        auto exchange = text_exchange(Action::write, "/" + std::to_string(step));
        exchange.call.request.body.assign(100'000, 'x');
        return exchange;
      });
      if (!part) return;
      ++answered;
    }
  });
  for (int step = 0; step < steps; ++step) {
    ASSERT_FALSE(poll());
    ASSERT_TRUE(transport_->answer("/" + std::to_string(step), ok("done")));
  }
  EXPECT_TRUE(poll());
  EXPECT_EQ(answered, steps);
  EXPECT_EQ(made, steps) << "each body once: the cost grows with the steps, not with their square";
  EXPECT_EQ(transport_->started(), std::size_t{steps});
}

TEST_F(ConversationRunTest, AnswersThatAreThereAtOnceTakeOneRun) {
  auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& r) { return ok(r.url); });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  int runs = 0;
  ConversationRun run{engine.core(),
                      [&](protocol::Conversation& it) {
                        ++runs;
                        for (int i = 0; i < 5; ++i) ASSERT_TRUE(it.run(text_exchange(Action::read)));
                      },
                      {},
                      Action::read};
  EXPECT_TRUE(run.poll(waker_));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(transport->requests().size(), 5U);
}

TEST_F(ConversationRunTest, RequestThatDoesMoreThanTheOperationIsNotMade) {
  for (auto const most : {Action::read, Action::idempotent_write, Action::write}) {
    most_ = most;
    auto const more = static_cast<Action>(static_cast<int>(most) + 1);
    std::optional<Result<std::string>> text;
    begin([&](protocol::Conversation& it) { text.emplace(it.run(text_exchange(more))); });
    EXPECT_TRUE(poll());
    ASSERT_FALSE(*text);
    EXPECT_EQ(text->error().code, ErrorCode::configuration);
    EXPECT_NE(text->error().message.find("does more than the operation"), std::string::npos);
    EXPECT_EQ(run_->effect(), Effect::none);
  }
  EXPECT_EQ(transport_->started(), 0U);
}

TEST_F(ConversationRunTest, ScriptMayGoOnAfterAnError) {
  std::string text;
  begin([&](protocol::Conversation& it) {
    auto const first = it.run(text_exchange(Action::read, "/gone"));
    auto const second = it.run(text_exchange(Action::read, first ? "/found" : "/instead"));
    text = second.value_or("no second");
  });
  ASSERT_FALSE(poll());
  ASSERT_EQ(transport_->started(), 1U) << "not yet answered is no error to act on";
  ASSERT_TRUE(transport_->answer("/gone", status(404)));
  ASSERT_FALSE(poll());
  ASSERT_TRUE(transport_->answer("/instead", ok("second")));
  ASSERT_TRUE(poll());
  EXPECT_EQ(text, "second");
}

TEST_F(ConversationRunTest, ScriptThatAsksForSomethingElseTheSecondTimeSendsNothingMore) {
  int runs = 0;
  std::optional<Error> error;
  begin([&](protocol::Conversation& it) {
    auto const path = "/" + std::to_string(runs++);
    auto const first = it.run(text_exchange(Action::sends, path));
    auto const second = it.run(text_exchange(Action::sends, "/more"));
    error = second ? std::nullopt : std::optional{second.error()};
  });
  ASSERT_FALSE(poll());
  ASSERT_TRUE(transport_->answer("/0", ok("sent")));
  ASSERT_TRUE(poll());
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::configuration);
  EXPECT_EQ(error->effect, Effect::unknown) << "the first one was sent";
  EXPECT_EQ(transport_->started(), 1U);
}

TEST_F(ConversationRunTest, CancellationReachesTheScript) {
  CancelSource source;
  std::optional<Error> error;
  begin(
      [&](protocol::Conversation& it) {
        auto const text = it.run(text_exchange(Action::sends));
        error = text ? std::nullopt : std::optional{text.error()};
      },
      {.cancel = source.token()});
  ASSERT_FALSE(poll());
  ASSERT_TRUE(transport_->open_gate("/text"));
  source.cancel();
  ASSERT_TRUE(poll());
  EXPECT_EQ(error->code, ErrorCode::canceled);
  EXPECT_EQ(error->effect, Effect::unknown);
  EXPECT_TRUE(transport_->held().empty());
}

TEST_F(ConversationRunTest, DestructionAbandonsTheRequest) {
  begin([&](protocol::Conversation& it) { static_cast<void>(it.run(text_exchange(Action::read))); });
  ASSERT_FALSE(poll());
  ASSERT_EQ(transport_->held().size(), 1U);
  run_.reset();
  EXPECT_TRUE(transport_->held().empty());
}

TEST_F(ConversationRunTest, NamesTheTimeOfItsRequest) {
  begin([&](protocol::Conversation& it) { static_cast<void>(it.run(text_exchange(Action::read))); },
        {.timeout = 5s});
  ASSERT_FALSE(poll());
  ASSERT_TRUE(run_->wake_at());
  EXPECT_GE(*run_->wake_at(), clock_->now() + 5s);
  clock_->advance(6s);
  EXPECT_TRUE(poll());
  EXPECT_FALSE(run_->wake_at());
}

/// Keeps every request until all are answered at once.
class CollectingTransport final : public Transport {
 public:
  void start(HttpRequest request, TransferOptions, Completion completion) override {
    {
      std::lock_guard const lock{mutex_};
      requests_.emplace_back(std::move(request.url), std::move(completion));
    }
    changed_.notify_all();
  }
  /// The first `count` requests, when they are there.
  std::vector<std::pair<std::string, Completion>> take(std::size_t count) {
    std::unique_lock lock{mutex_};
    EXPECT_TRUE(changed_.wait_for(lock, 60s, [&] { return requests_.size() >= count; })) << requests_.size();
    return std::exchange(requests_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<std::string, Completion>> requests_;
};

TEST(Conversations, OfTenThousandCallsAreAllUnderWayAtOnce) {
  constexpr std::size_t calls = 10'000;
  auto const transport = std::make_shared<CollectingTransport>();
  std::promise<void> all;
  std::atomic<std::size_t> ended{0};
  std::atomic<int> wrong{0};
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .timeout = 10min}};
  for (std::size_t i = 0; i < calls; ++i)
    engine.start<std::string>(
        [number = std::to_string(i)](protocol::Conversation& it) -> Result<std::string> {
          auto first = it.run(text_exchange(Action::read, "/first/" + number));
          if (!first) return first;
          return it.run(text_exchange(Action::read, "/second/" + number));
        },
        {},
        [&, end = "/second/" + std::to_string(i)](Result<std::string> const& text) {
          if (!text || !text->ends_with(end)) ++wrong;
          if (++ended == calls) all.set_value();
        });
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(ended, 0U);
    for (auto& [url, completion] : transport->take(calls)) completion(ok(url));
  }
  all.get_future().get();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace polycampaign::test
