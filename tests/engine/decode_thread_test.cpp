#include "engine/acme.hpp"
#include "engine/async_list.hpp"
#include "engine/decode_threads.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

/// Large responses are decoded beside the call: whoever waits can give up, and others are not held up. What
/// is decoded waits until the test lets it go; a test that fails here does so by hanging.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using engine::DecodeThreads;

class Gate {
 public:
  void pass() {
    std::unique_lock lock{mutex_};
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  void open() {
    std::lock_guard const lock{mutex_};
    open_ = true;
    changed_.notify_all();
  }
  /// Until so many wait.
  void wait_for(int waiting) {
    std::unique_lock lock{mutex_};
    EXPECT_TRUE(changed_.wait_for(lock, 60s, [&] { return waiting_ >= waiting; }));
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

struct Slow {
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  std::shared_ptr<HandlerTransport> transport =
      std::make_shared<HandlerTransport>([](HttpRequest const& request) {
        return ok(request.url.ends_with("/large") ? std::string(DecodeThreads::large, 'x') : "small");
      });
  std::optional<Engine> engine{
      std::in_place, engine::EngineOptions{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                                           .transport = transport}};

  ~Slow() { gate->open(); }

  protocol::Exchange<std::string> large(Action action = Action::read) const {
    auto exchange = text_exchange(action, "/large");
    exchange.decode = [gate = gate](HttpResponse response) -> Result<std::string> {
      gate->pass();
      return std::to_string(response.body.size());
    };
    return exchange;
  }

  Result<std::string> run(protocol::Exchange<std::string> const& exchange, CallOptions options, bool async) {
    if (!async) return engine->run(exchange, std::move(options));
    std::promise<Result<std::string>> promise;
    engine->start<std::string>(exchange, std::move(options),
                               [&](Result<std::string> text) { promise.set_value(std::move(text)); });
    return promise.get_future().get();
  }
};

TEST(DecodeThread, GivesTheValue) {
  for (auto const async : {false, true}) {
    Slow slow;
    slow.gate->open();
    EXPECT_EQ(slow.run(slow.large(), {}, async).value_or(""), std::to_string(DecodeThreads::large));
  }
}

TEST(DecodeThread, GivesTheErrorAndTheCallGoesOn) {
  for (auto const async : {false, true}) {
    Slow slow;
    auto exchange = text_exchange(Action::read, "/large");
    exchange.decode = [calls = std::make_shared<int>(0)](HttpResponse) -> Result<std::string> {
      if (++*calls < 3) return Error{.code = ErrorCode::unavailable, .transient = true, .message = "busy"};
      return std::string{"at last"};
    };
    EXPECT_EQ(slow.run(exchange, {}, async).value_or(""), "at last");
    EXPECT_EQ(slow.transport->requests().size(), 3U);
  }
}

TEST(DecodeThread, CanceledCallReturnsWhileItDecodes) {
  for (auto const async : {false, true})
    for (auto const action : {Action::read, Action::sends}) {
      Slow slow;
      CancelSource source;
      auto call = std::async(std::launch::async,
                             [&] { return slow.run(slow.large(action), {.cancel = source.token()}, async); });
      slow.gate->wait_for(1);
      source.cancel();
      auto const text = call.get();
      ASSERT_FALSE(text);
      EXPECT_EQ(text.error().code, ErrorCode::canceled);
      EXPECT_EQ(text.error().effect, action == Action::read ? Effect::none : Effect::unknown)
          << "what the answer says is not known";
    }
}

TEST(DecodeThread, CallPastItsDeadlineReturnsWhileItDecodes) {
  for (auto const async : {false, true}) {
    Slow slow;
    auto const text = slow.run(slow.large(), {.deadline = std::chrono::steady_clock::now() + 200ms}, async);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::deadline_exceeded);
  }
}

TEST(DecodeThread, ClosedClientEndsTheCall) {
  for (auto const async : {false, true}) {
    Slow slow;
    auto call = std::async(std::launch::async, [&] { return slow.run(slow.large(), {}, async); });
    slow.gate->wait_for(1);
    EXPECT_TRUE(slow.engine->close({}));
    auto const text = call.get();
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::canceled);
  }
}

TEST(DecodeThread, DestroyedClientEndsTheCallAndWaitsForTheThread) {
  Slow slow;
  std::promise<Result<std::string>> promise;
  slow.engine->start<std::string>(slow.large(), {},
                                  [&](Result<std::string> text) { promise.set_value(std::move(text)); });
  slow.gate->wait_for(1);
  auto destroyed = std::async(std::launch::async, [&] { slow.engine.reset(); });
  auto const text = promise.get_future().get();
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::canceled);
  EXPECT_EQ(destroyed.wait_for(0ms), std::future_status::timeout) << "the adapter's code still runs";
  slow.gate->open();
  destroyed.get();
}

TEST(DecodeThread, OthersAreNotHeldUp) {
  Slow slow;
  constexpr int large = 8;  // more than the client has threads
  std::atomic<int> ended{0};
  std::promise<void> all;
  for (int i = 0; i < large; ++i)
    slow.engine->start<std::string>(slow.large(), {}, [&](Result<std::string> const& text) {
      EXPECT_TRUE(text);
      if (++ended == large) all.set_value();
    });
  slow.gate->wait_for(large);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(slow.run(text_exchange(Action::read), {}, true));
  EXPECT_EQ(ended, 0);
  slow.gate->open();
  all.get_future().get();
}

TEST(DecodeThread, WhereNoneCanBeHadTheCallDecodes) {
  Slow slow;
  Gate other;
  for (std::size_t i = 0; i < DecodeThreads::most; ++i)
    ASSERT_TRUE(slow.engine->core()->decode_threads.start([&] { other.pass(); }));
  EXPECT_FALSE(slow.engine->core()->decode_threads.start([] {}));
  slow.gate->open();
  for (auto const async : {false, true}) EXPECT_TRUE(slow.run(slow.large(), {}, async));
  other.open();
}

TEST(DecodeThread, IsGivenBack) {
  DecodeThreads threads;
  for (std::size_t i = 0; i < 4 * DecodeThreads::most; ++i) {
    std::promise<void> ran;
    while (!threads.start([&] { ran.set_value(); })) std::this_thread::yield();
    ran.get_future().get();
  }
}

TEST(DecodeThread, LastOneOfItsOwnThreadsMayEndThem) {
  auto threads = std::make_shared<DecodeThreads>();
  std::promise<void> ended;
  std::promise<void> go;
  auto* const raw = threads.get();
  ASSERT_TRUE(raw->start(
      [last = threads, &ended, begin = std::make_shared<std::future<void>>(go.get_future())]() mutable {
        begin->get();
        last.reset();
        ended.set_value();
      }));
  threads.reset();
  go.set_value();
  ended.get_future().get();
}

}  // namespace
}  // namespace polycampaign::test
