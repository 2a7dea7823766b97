#include "polycampaign/transport.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace polycampaign {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

// Does in `start` what the test says, and keeps what it was given.
class ScriptedStart : public Transport {
 public:
  std::function<void(ScriptedStart&)> on_start;
  int starts = 0;
  HttpRequest request;
  TransferOptions options;
  Completion completion;

  void start(HttpRequest given, TransferOptions with, Completion complete) override {
    ++starts;
    request = std::move(given);
    options = std::move(with);
    completion = std::move(complete);
    if (on_start) on_start(*this);
  }
};

HttpResponse hello() {
  return {.status = 200, .headers = {}, .body = "hello"};
}

TEST(Send, GivesTheAnswerThatComesInsideStart) {
  ScriptedStart transport;
  transport.on_start = [](ScriptedStart& self) { self.completion(hello()); };
  auto const answer = transport.send({.url = "https://h/", .action = Action::read}, {.timeout = 1h});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(transport.request.url, "https://h/");
  ASSERT_NE(transport.options.gate, nullptr) << "start never sees an absent gate";
  EXPECT_TRUE(transport.options.cancel.can_be_canceled());
  EXPECT_EQ(transport.options.timeout, 1h);
}

TEST(Send, GivesTheAnswerThatComesFromAnotherThread) {
  ScriptedStart transport;
  std::thread worker;
  transport.on_start = [&](ScriptedStart& self) {
    worker = std::thread{[&self] { self.completion(hello()); }};
  };
  auto const answer = transport.send({}, {.timeout = std::chrono::milliseconds::max()});
  worker.join();
  ASSERT_TRUE(answer) << "the longest timeout does not overflow into none";
  EXPECT_EQ(answer->status, 200);
}

TEST(Send, PassesTheTransportsErrorOnAsItIs) {
  ScriptedStart transport;
  transport.on_start = [](ScriptedStart& self) {
    self.completion(Error{.code = ErrorCode::tls, .effect = Effect::none, .message = "expired"});
    self.completion(hello());  // a second completion is not heard
  };
  auto const answer = transport.send({});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::tls);
  EXPECT_EQ(answer.error().message, "expired");
}

TEST(Send, KeepsTheCallersGate) {
  ScriptedStart transport;
  auto const gate = std::make_shared<SendGate>();
  transport.on_start = [&](ScriptedStart& self) {
    EXPECT_EQ(self.options.gate, gate);
    self.completion(hello());
  };
  EXPECT_TRUE(transport.send({}, {.gate = gate}));
}

TEST(Send, RefusesTimeoutsThatAreNotPositive) {
  ScriptedStart transport;
  for (auto const timeout : {0ms, -1ms, std::chrono::milliseconds::min()}) {
    auto const answer = transport.send({}, {.timeout = timeout});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(answer.error().effect, Effect::none);
    EXPECT_EQ(answer.error().attempts, 0);
    auto const connecting = transport.send({}, {.connect_timeout = timeout});
    ASSERT_FALSE(connecting);
    EXPECT_EQ(connecting.error().code, ErrorCode::invalid_argument);
  }
  EXPECT_EQ(transport.starts, 0);
}

TEST(Send, StartsNothingWhenAlreadyCanceled) {
  ScriptedStart transport;
  CancelSource source;
  source.cancel();
  auto const answer = transport.send({}, {.cancel = source.token()});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::canceled);
  EXPECT_EQ(answer.error().effect, Effect::none);
  EXPECT_EQ(answer.error().attempts, 0);
  EXPECT_EQ(transport.starts, 0);
}

struct GivenUp {
  bool sent;
  Action action;
  Effect effect;
};
class SendGivesUpTest : public testing::TestWithParam<GivenUp> {};

TEST_P(SendGivesUpTest, OnAStuckTransportWhenTimeIsOver) {
  ScriptedStart transport;
  transport.on_start = [](ScriptedStart& self) {
    if (GetParam().sent) {
      EXPECT_TRUE(self.options.gate->open(false));
    }
  };
  auto const answer = transport.send({.action = GetParam().action}, {.timeout = 1ms});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(answer.error().effect, GetParam().effect);
  EXPECT_TRUE(answer.error().transient);
  EXPECT_EQ(answer.error().attempts, 1);
  EXPECT_TRUE(transport.options.cancel.canceled()) << "the transfer is abandoned";
  EXPECT_FALSE(transport.options.gate->open(true)) << "nothing goes out behind the caller's back";
  transport.completion(hello());  // late: nobody listens, nothing breaks
}

TEST_P(SendGivesUpTest, OnAStuckTransportWhenCanceled) {
  ScriptedStart transport;
  CancelSource source;
  std::promise<void> started;
  transport.on_start = [&](ScriptedStart& self) {
    if (GetParam().sent) {
      EXPECT_TRUE(self.options.gate->open(false));
    }
    started.set_value();
  };
  std::thread canceller{[&] {
    started.get_future().wait();
    source.cancel();
  }};
  auto const answer =
      transport.send({.action = GetParam().action}, {.timeout = 1h, .cancel = source.token()});
  canceller.join();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::canceled);
  EXPECT_EQ(answer.error().effect, GetParam().effect);
  EXPECT_FALSE(answer.error().transient);
  EXPECT_TRUE(transport.options.cancel.canceled());
  EXPECT_FALSE(transport.options.gate->open(true));
  transport.completion(hello());
}

INSTANTIATE_TEST_SUITE_P(Effects, SendGivesUpTest,
                         testing::Values(GivenUp{false, Action::sends, Effect::none},
                                         GivenUp{true, Action::sends, Effect::unknown},
                                         GivenUp{true, Action::write, Effect::unknown},
                                         GivenUp{true, Action::idempotent_write, Effect::unknown},
                                         GivenUp{true, Action::read, Effect::none},
                                         GivenUp{false, Action::read, Effect::none}));

TEST(Send, PrefersAnAnswerThatIsThereToAnElapsedTimeout) {
  ScriptedStart transport;
  transport.on_start = [](ScriptedStart& self) {
    auto const long_over = steady_clock::now() + self.options.timeout + 100ms;
    while (steady_clock::now() < long_over) std::this_thread::yield();
    self.completion(Error{.code = ErrorCode::deadline_exceeded, .message = "the transport's"});
  };
  auto const answer = transport.send({}, {.timeout = 1ms});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "the transport's");
}

TEST(Send, TellsATransportThatWaitsInsideStartOfTheCancellation) {
  ScriptedStart transport;
  CancelSource source;
  std::promise<void> started;
  std::promise<void> reported;
  transport.on_start = [&](ScriptedStart& self) {
    auto const registration = self.options.cancel.on_cancel([&] { reported.set_value(); });
    started.set_value();
    reported.get_future().wait();
    self.completion(Error{.code = ErrorCode::canceled, .message = "the transport's"});
  };
  std::thread canceller{[&] {
    started.get_future().wait();
    source.cancel();
  }};
  auto const answer = transport.send({}, {.timeout = 1h, .cancel = source.token()});
  canceller.join();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "the transport's");
}

TEST(Send, LeavesNothingRegisteredWithTheCallersToken) {
  ScriptedStart transport;
  CancelSource source;
  transport.on_start = [](ScriptedStart& self) { self.completion(hello()); };
  ASSERT_TRUE(transport.send({}, {.cancel = source.token()}));
  source.cancel();
  EXPECT_FALSE(transport.options.cancel.canceled()) << "a finished transfer is not canceled";
}

}  // namespace
}  // namespace polycampaign
