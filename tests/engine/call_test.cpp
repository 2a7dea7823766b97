#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::vector<std::chrono::milliseconds>;

/// An engine over answers given in turn, the last one for ever; no time passes.
struct Quick {
  explicit Quick(std::vector<Result<HttpResponse>> answers, RetryPolicy retry = {})
      : transport{std::make_shared<HandlerTransport>([this, answers = std::move(answers)](auto const&) {
          return answers[std::min(next++, answers.size() - 1)];
        })},
        engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                .transport = transport,
                .clock = clock,
                .retry = retry}} {}

  std::size_t next = 0;
  std::shared_ptr<QuickClock> clock = std::make_shared<QuickClock>();
  std::shared_ptr<HandlerTransport> transport;
  Engine engine;
};

Error failure(ErrorCode code, Effect effect = Effect::unknown, bool transient = true) {
  return {.code = code, .effect = effect, .transient = transient, .message = "it broke"};
}

TEST(Call, YieldsWhatTheExchangeDecodes) {
  Quick quick{{ok("hello")}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "hello");
  EXPECT_TRUE(quick.clock->waits().empty());
}

TEST(Call, CarriesUserAgentAndCredential) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .user_agent_suffix = "shop/7"}};
  ASSERT_TRUE(engine.run(text_exchange(Action::read)));
  auto const headers = transport->requests().at(0).headers;
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers[0].name, "User-Agent");
  EXPECT_TRUE(headers[0].value.starts_with("polycampaign/"));
  EXPECT_TRUE(headers[0].value.ends_with(" shop/7"));
  EXPECT_EQ(headers[1].value, acme_key);
}

TEST(Call, IsRepeatedWithGrowingWaits) {
  Quick quick{{failure(ErrorCode::network), status(503), ok("third")}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "third");
  EXPECT_EQ(quick.clock->waits(), (Milliseconds{250ms, 500ms}));
}

TEST(Call, GivesTheLastErrorWithAllThatIsKnown) {
  Quick quick{{failure(ErrorCode::network), failure(ErrorCode::network), status(503)}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::unavailable);
  EXPECT_EQ(text.error().attempts, 3);
  EXPECT_EQ(text.error().http_status, 503);
  EXPECT_EQ(text.error().provider, "acme");
  EXPECT_EQ(text.error().effect, Effect::none);
}

TEST(Call, HonoursRetryAfter) {
  Quick quick{{status(429, {{"Retry-After", "7"}}), ok("")}};
  EXPECT_TRUE(quick.engine.run(text_exchange(Action::read)));
  EXPECT_EQ(quick.clock->waits(), Milliseconds{7s});
}

TEST(Call, ReturnsTooLongARetryAfterAtOnce) {
  Quick quick{{status(429, {{"Retry-After", "3600"}})}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().retry_after, 1h);
  EXPECT_EQ(text.error().attempts, 1);
  EXPECT_TRUE(quick.clock->waits().empty());
}

TEST(Call, ReturnsTheLastErrorAtOnceWhenTheWaitWouldPassTheDeadline) {
  Quick quick{{status(503)}};
  auto const text = quick.engine.run(text_exchange(Action::read), {.deadline = QuickClock::start + 600ms});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::unavailable);
  EXPECT_EQ(text.error().attempts, 2) << "250 ms fit, 500 ms more do not";
  EXPECT_EQ(quick.clock->waits(), Milliseconds{250ms});
}

TEST(Call, PassedDeadlineMakesNoRequest) {
  Quick quick{{ok("")}};
  auto const text = quick.engine.run(text_exchange(Action::read), {.deadline = QuickClock::start});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(text.error().attempts, 0);
  EXPECT_TRUE(quick.transport->requests().empty());
}

TEST(Call, CanceledCallMakesNoRequest) {
  Quick quick{{ok("")}};
  CancelSource source;
  source.cancel();
  auto const text = quick.engine.run(text_exchange(Action::sends), {.cancel = source.token()});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::canceled);
  EXPECT_EQ(text.error().effect, Effect::none);
  EXPECT_TRUE(quick.transport->requests().empty());
}

TEST(Call, TimeoutMustBePositive) {
  for (auto const timeout : {0ms, -1ms}) {
    Quick quick{{ok("")}};
    auto const text = quick.engine.run(text_exchange(Action::read), {.timeout = timeout});
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(quick.transport->requests().empty());
  }
}

TEST(Call, TimeoutOfARequestIsTheShorterOfTimeoutAndRemainingTime) {
  struct Row {
    CallOptions options;
    std::chrono::milliseconds timeout;
  };
  for (auto const& [options, timeout] :
       {Row{{}, 30s}, Row{{.timeout = 3s}, 3s}, Row{{.deadline = QuickClock::start + 2s}, 2s},
        Row{{.timeout = 1s, .deadline = QuickClock::start + 2s}, 1s},
        Row{{.timeout = 9s, .deadline = QuickClock::start + 2s}, 2s},
        Row{{.deadline = QuickClock::start + 1ns}, 1ms}, Row{{.deadline = runtime::TimePoint::max()}, 30s}}) {
    Quick quick{{ok("")}};
    ASSERT_TRUE(quick.engine.run(text_exchange(Action::read), options));
    EXPECT_EQ(quick.transport->options().at(0).timeout, timeout);
    EXPECT_EQ(quick.transport->options().at(0).connect_timeout, 10s);
  }
}

TEST(Call, WritesAreRepeatedOnlyWhenNothingCanHaveReachedTheVendor) {
  for (auto const action : {Action::write, Action::sends}) {
    Quick lost{{failure(ErrorCode::network, Effect::unknown)}};
    auto const unknown = lost.engine.run(text_exchange(action));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().effect, Effect::unknown);
    EXPECT_EQ(unknown.error().attempts, 1);

    Quick broken{{status(503)}};
    EXPECT_EQ(broken.engine.run(text_exchange(action)).error().effect, Effect::unknown);
    EXPECT_EQ(broken.transport->requests().size(), 1U);

    Quick unsent{{failure(ErrorCode::network, Effect::none), ok("sent once")}};
    EXPECT_TRUE(unsent.engine.run(text_exchange(action)));
    EXPECT_EQ(unsent.transport->requests().size(), 2U);
  }
}

TEST(Call, EffectOfAReadIsNone) {
  Quick quick{{failure(ErrorCode::protocol, Effect::unknown)}};
  EXPECT_EQ(quick.engine.run(text_exchange(Action::read)).error().effect, Effect::none);
}

TEST(Call, UnknownEffectOfAnEarlierAttemptStaysUnknown) {
  Quick quick{{failure(ErrorCode::network, Effect::unknown), status(404)}};
  auto const text = quick.engine.run(text_exchange(Action::idempotent_write));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::not_found);
  EXPECT_EQ(text.error().effect, Effect::unknown);
}

TEST(Call, StuckTransportIsGivenUpAfterTheTimeout) {
  auto const transport = std::make_shared<HeldTransport>();
  auto const clock = std::make_shared<QuickClock>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .clock = clock,
                 .retry = {.max_attempts = 2}}};
  auto const text = engine.run(text_exchange(Action::read), {.timeout = 2s});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::deadline_exceeded);
  EXPECT_TRUE(text.error().transient);
  EXPECT_EQ(text.error().attempts, 2);
  EXPECT_TRUE(transport->held().empty()) << "given up means canceled";
  ASSERT_EQ(clock->waits().size(), 3U);
  EXPECT_GE(clock->waits()[0], 2s);
  EXPECT_LE(clock->waits()[0], 2050ms);
  EXPECT_EQ(clock->waits()[1], 250ms);
}

TEST(Call, DeadlineEndsARequestInFlight) {
  auto const transport = std::make_shared<HeldTransport>();
  auto const clock = std::make_shared<QuickClock>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .clock = clock}};
  auto const text = engine.run(text_exchange(Action::sends), {.deadline = QuickClock::start + 700ms});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::deadline_exceeded);
  EXPECT_FALSE(text.error().transient);
  EXPECT_EQ(text.error().effect, Effect::none) << "the request never left";
  EXPECT_EQ(clock->waits(), Milliseconds{700ms});
}

TEST(Call, OneRequestMayTimeOutAndTheNextSucceed) {
  auto const transport = std::make_shared<HeldTransport>();
  auto const clock = std::make_shared<SteppedClock>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .clock = clock}};
  auto text = std::async(std::launch::async, [&] { return engine.run(text_exchange(Action::read)); });
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/text", failure(ErrorCode::deadline_exceeded, Effect::unknown, true)));
  // whoever is late to wait sees the new time
  while (transport->started() < 2) {
    clock->advance(50ms);
    std::this_thread::yield();
  }
  ASSERT_TRUE(transport->answer("/text", ok("late")));
  EXPECT_EQ(text.get().value_or(""), "late");
}

TEST(Call, CancellationEndsARequestInFlight) {
  for (auto const left : {false, true}) {
    auto const transport = std::make_shared<HeldTransport>();
    Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
    CancelSource source;
    auto text = std::async(std::launch::async, [&] {
      return engine.run(text_exchange(Action::sends), {.cancel = source.token()});
    });
    transport->wait_for(1);
    if (left) {
      EXPECT_TRUE(transport->open_gate("/text"));
    }
    source.cancel();
    auto const result = text.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::canceled);
    EXPECT_EQ(result.error().effect, left ? Effect::unknown : Effect::none);
    EXPECT_EQ(result.error().attempts, 1);
    EXPECT_TRUE(transport->held().empty());
  }
}

TEST(Call, CancellationEndsTheWaitForTheNextAttempt) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return status(503); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .retry = {.first_delay = 1h, .max_delay = 1h}}};
  CancelSource source;
  auto text = std::async(std::launch::async,
                         [&] { return engine.run(text_exchange(Action::read), {.cancel = source.token()}); });
  while (transport->requests().empty()) std::this_thread::yield();
  source.cancel();
  EXPECT_EQ(text.get().error().code, ErrorCode::canceled);
}

TEST(Call, CallersAreAnsweredWithin50Milliseconds) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  // The best of several tries: a busy machine may be late, but not every time.
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 20 && best > 50ms; ++i) {
    auto const deadline = std::chrono::steady_clock::now() + 20ms;
    auto const text = engine.run(text_exchange(Action::read), {.deadline = deadline});
    best = std::min(best, std::chrono::steady_clock::now() - deadline);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::deadline_exceeded);
  }
  EXPECT_LT(best, 50ms);
  EXPECT_GE(best, 0ms);
}

TEST(Call, RetryBudgetStopsAClientThatOnlyFails) {
  Quick quick{{status(503)}, {.max_attempts = 2, .first_delay = 0ms}};
  for (int i = 0; i < 200; ++i) static_cast<void>(quick.engine.run(text_exchange(Action::read)));
  EXPECT_EQ(quick.transport->requests().size(),
            200U + static_cast<unsigned>(engine::RetryBudget::full / engine::RetryBudget::cost));
}

TEST(Call, ClosedClientMakesNoCall) {
  Quick quick{{ok("")}};
  EXPECT_TRUE(quick.engine.close({}));
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::canceled);
  EXPECT_TRUE(quick.transport->requests().empty()) << "no session, so no log-out either";
}

TEST(Call, AnswerThatHasComeCountsEvenWhenTheCallerHasGivenUp) {
  CancelSource source;
  auto const transport = std::make_shared<HandlerTransport>([&](auto const&) {
    source.cancel();
    return ok("sent");
  });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  EXPECT_EQ(engine.run(text_exchange(Action::sends), {.cancel = source.token()}).value_or("lost"), "sent");
}

TEST(Conversation, SharesOneDeadlineAmongItsExchanges) {
  Quick quick{{ok("a")}};
  engine::BlockingConversation conversation{
      quick.engine.core(), {.deadline = QuickClock::start + 1s}, Action::sends};
  EXPECT_TRUE(conversation.run(text_exchange(Action::read)));
  quick.clock->advance(1s);
  auto const late = conversation.run(text_exchange(Action::read));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
  EXPECT_EQ(quick.transport->requests().size(), 1U);
}

}  // namespace
}  // namespace polycampaign::test
