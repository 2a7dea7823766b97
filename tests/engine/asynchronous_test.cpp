#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// Counts completions; waits for them.
class Tally {
 public:
  void add(bool good) {
    std::lock_guard const lock{mutex_};
    ++(good ? good_ : bad_);
    threads_.insert(std::this_thread::get_id());
    changed_.notify_all();
  }
  auto completion() {
    return [this](Result<std::string> const& text) { add(text.has_value()); };
  }
  void wait_for(int count) {
    std::unique_lock lock{mutex_};
    EXPECT_TRUE(changed_.wait_for(lock, 60s, [&] { return good_ + bad_ >= count; })) << good_ + bad_;
  }
  int good() const {
    std::lock_guard const lock{mutex_};
    return good_;
  }
  int bad() const {
    std::lock_guard const lock{mutex_};
    return bad_;
  }
  std::set<std::thread::id> threads() const {
    std::lock_guard const lock{mutex_};
    return threads_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int good_ = 0;
  int bad_ = 0;
  std::set<std::thread::id> threads_;
};

/// Answers on a thread of its own, in the order of the requests: an I/O thread.
class ThreadedTransport final : public Transport {
 public:
  explicit ThreadedTransport(HandlerTransport::Handler handler)
      : handler_{std::move(handler)}, thread_{[this] { work(); }} {}
  ~ThreadedTransport() override {
    {
      std::lock_guard const lock{mutex_};
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  void start(HttpRequest request, TransferOptions, Completion completion) override {
    {
      std::lock_guard const lock{mutex_};
      queue_.emplace_back(std::move(request), std::move(completion));
    }
    changed_.notify_all();
  }
  std::thread::id thread() const { return thread_.get_id(); }

 private:
  void work() {
    std::unique_lock lock{mutex_};
    while (!ended_ || !queue_.empty()) {
      changed_.wait(lock, [&] { return ended_ || !queue_.empty(); });
      auto batch = std::exchange(queue_, {});
      lock.unlock();
      for (auto& [request, completion] : batch) completion(handler_(request));
      lock.lock();
    }
  }

  HandlerTransport::Handler handler_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<HttpRequest, Completion>> queue_;
  bool ended_ = false;
  std::thread thread_;
};

TEST(Asynchronous, TenThousandCallsRunOnTwoThreads) {
  constexpr int calls = 10'000;
  std::atomic<int> requests{0};
  auto const transport = std::make_shared<ThreadedTransport>([&](HttpRequest const& request) {
    if (request.url.ends_with("/log_in")) return ok("access refresh 3600");
    return ++requests % 100 == 0 ? status(503) : ok("done");
  });
  Engine engine{{.adapter = std::make_shared<Acme>(),
                 .transport = transport,
                 .retry = {.max_attempts = 10, .first_delay = 1ms}}};
  Tally tally;
  for (int i = 0; i < calls; ++i)
    engine.start<std::string>(text_exchange(Action::read), {}, tally.completion());
  tally.wait_for(calls);
  EXPECT_EQ(tally.good(), calls);
  auto const threads = tally.threads();
  EXPECT_LE(threads.size(), 2U);
  EXPECT_FALSE(threads.contains(transport->thread()));
  EXPECT_FALSE(threads.contains(std::this_thread::get_id()));
}

TEST(Asynchronous, CallsInFlightTakeNoThread) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  Tally tally;
  for (int i = 0; i < 100; ++i)
    engine.start<std::string>(text_exchange(Action::read, "/" + std::to_string(i) + "."), {},
                              tally.completion());
  transport->wait_for(100);
  for (int i = 99; i >= 0; --i) ASSERT_TRUE(transport->answer("/" + std::to_string(i) + ".", ok("")));
  tally.wait_for(100);
  EXPECT_EQ(tally.good(), 100);
}

TEST(Asynchronous, CallsWaitingForALogInTakeNoThread) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  Tally tally;
  Tally canceled;
  CancelSource source;
  for (int i = 0; i < 20; ++i) engine.start<std::string>(text_exchange(Action::read), {}, tally.completion());
  engine.start<std::string>(text_exchange(Action::read), {.cancel = source.token()}, canceled.completion());
  transport->wait_for(1);
  source.cancel();
  canceled.wait_for(1);
  EXPECT_EQ(canceled.bad(), 1);
  ASSERT_TRUE(transport->answer("/log_in", ok("access - -")));
  transport->wait_for(21);
  while (transport->answer("/text", ok(""))) {
  }
  tally.wait_for(20);
  EXPECT_EQ(tally.good(), 20);
}

TEST(Asynchronous, WaitsForRetriesAreTimersOfThePool) {
  auto const clock = std::make_shared<SteppedClock>();
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .clock = clock}};
  Tally tally;
  engine.start<std::string>(text_exchange(Action::read), {}, tally.completion());
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/text", status(503)));
  // whoever is late to wait sees the new time
  while (transport->started() < 2) {
    clock->advance(50ms);
    std::this_thread::yield();
  }
  ASSERT_TRUE(transport->answer("/text", ok("")));
  tally.wait_for(1);
  EXPECT_EQ(tally.good(), 1);
}

TEST(Asynchronous, DeadlineAndCancellationAreAnswered) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  std::promise<Error> late;
  engine.start<std::string>(text_exchange(Action::sends),
                            {.deadline = std::chrono::steady_clock::now() + 10ms},
                            [&](Result<std::string> text) { late.set_value(std::move(text).error()); });
  EXPECT_EQ(late.get_future().get().code, ErrorCode::deadline_exceeded);
  auto const started = transport->started();  // none, where the machine was too slow for the deadline

  CancelSource source;
  std::promise<Error> canceled;
  engine.start<std::string>(text_exchange(Action::sends), {.cancel = source.token()},
                            [&](Result<std::string> text) { canceled.set_value(std::move(text).error()); });
  transport->wait_for(started + 1);
  EXPECT_TRUE(transport->open_gate("/text"));
  source.cancel();
  auto const error = canceled.get_future().get();
  EXPECT_EQ(error.code, ErrorCode::canceled);
  EXPECT_EQ(error.effect, Effect::unknown);
}

TEST(Asynchronous, ConversationsRunOnAWorker) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok("part"); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  std::promise<std::pair<std::string, std::thread::id>> both;
  engine.start<std::string>(
      [](protocol::Conversation& conversation) -> Result<std::string> {
        auto first = conversation.run(text_exchange(Action::read));
        if (!first) return first;
        auto second = conversation.run(text_exchange(Action::read));
        if (!second) return second;
        return *first + " and " + *second;
      },
      {},
      [&](Result<std::string> text) {
        both.set_value({text.value_or(""), std::this_thread::get_id()});
      });
  auto const [text, thread] = both.get_future().get();
  EXPECT_EQ(text, "part and part");
  EXPECT_NE(thread, std::this_thread::get_id());
}

TEST(Asynchronous, ErrorsOfAConversationItselfNameTheProviderToo) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  std::promise<Error> refused;
  engine.start<std::string>(
      [](protocol::Conversation&) -> Result<std::string> {
        return Error{.code = ErrorCode::invalid_argument,
                     .message = "cannot use " + std::string{acme_password}};
      },
      {}, [&](Result<std::string> text) { refused.set_value(std::move(text).error()); });
  auto const error = refused.get_future().get();
  EXPECT_EQ(error.provider, "acme");
  EXPECT_EQ(error.message, "cannot use ***");
}

TEST(Asynchronous, DestroyedEngineEndsCallsInFlightFirst) {
  auto const transport = std::make_shared<HeldTransport>();
  Tally tally;
  {
    Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
    for (int i = 0; i < 100; ++i)
      engine.start<std::string>(text_exchange(Action::read), {}, tally.completion());
    engine.start<std::string>(
        [](protocol::Conversation& conversation) { return conversation.run(text_exchange(Action::read)); },
        {}, tally.completion());
    transport->wait_for(10);
  }
  EXPECT_EQ(tally.bad(), 101);
  EXPECT_EQ(tally.good(), 0);
  EXPECT_TRUE(transport->held().empty());
}

TEST(Asynchronous, EngineMayDieInOneOfItsCallbacks) {
  for (int round = 0; round < 50; ++round) {
    auto const transport = std::make_shared<HeldTransport>();
    auto engine = std::make_unique<Engine>(engine::EngineOptions{
        .adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport});
    Tally tally;
    for (int i = 0; i < 5; ++i)
      engine->start<std::string>(text_exchange(Action::read, "/other"), {}, tally.completion());
    engine->start<std::string>(text_exchange(Action::read, "/last"), {},
                               [&](Result<std::string> const& text) {
                                 engine.reset();
                                 tally.add(text.has_value());
                               });
    transport->wait_for(6);
    ASSERT_TRUE(transport->answer("/last", ok("")));
    tally.wait_for(6);
    EXPECT_EQ(tally.good(), 1);
    EXPECT_EQ(tally.bad(), 5);
  }
}

TEST(Asynchronous, CallbackMayStartTheNextCall) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  std::promise<void> end;
  std::function<void(int)> next = [&](int left) {
    if (left == 0) return end.set_value();
    engine.start<std::string>(text_exchange(Action::read), {},
                              [&next, left](Result<std::string> const&) { next(left - 1); });
  };
  next(1000);
  end.get_future().get();
  EXPECT_EQ(transport->requests().size(), 1000U);
}

TEST(Asynchronous, WhatACallbackHoldsDiesWithTheCall) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
  auto engine = std::make_unique<Engine>(
      engine::EngineOptions{.adapter = std::make_shared<Acme>(), .transport = transport});
  auto held = std::make_shared<int>(1);
  std::weak_ptr<int> const watch = held;
  std::promise<void> called;
  engine->start<std::string>(text_exchange(Action::read), {},
                             [&called, held](Result<std::string> const&) { called.set_value(); });
  held.reset();
  called.get_future().get();
  engine.reset();
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace polycampaign::test
