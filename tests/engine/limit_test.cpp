#include "polycampaign/protocol/http_error.hpp"

#include "engine/exchange_engine.hpp"
#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <numeric>

/// Requests that the vendor refuses for their rate.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::vector<std::chrono::milliseconds>;

/// An engine over answers given in turn, the last one for ever; no time passes.
struct RateLimited {
  explicit RateLimited(std::vector<Result<HttpResponse>> answers, RetryPolicy retry = {})
      : transport{std::make_shared<HandlerTransport>([this, answers = std::move(answers)](auto const&) {
          return answers[std::min(next++, answers.size() - 1)];
        })},
        engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                .transport = transport,
                .clock = clock,
                .retry = retry,
                .log = [this](LogEvent const& event) { log += to_string(event) + '\n'; }}} {
    clock->random_value = 0;
  }

  std::size_t next = 0;
  std::string log;
  std::shared_ptr<QuickClock> clock = std::make_shared<QuickClock>();
  std::shared_ptr<HandlerTransport> transport;
  Engine engine;
};

TEST(Limit, RequestIsTriedForATimeNotForANumberOfAttempts) {
  RateLimited quick{{status(429), status(429), status(429), status(429), status(429), ok("at last")}};
  EXPECT_EQ(quick.engine.run(text_exchange(Action::read)).value_or(""), "at last");
  EXPECT_EQ(quick.clock->waits(), (Milliseconds{1s, 2s, 4s, 8s, 16s}));
}

TEST(Limit, PatienceEnds) {
  for (auto const patience : {30'000ms, 120'000ms}) {
    RateLimited quick{{status(429)}, {.rate_limit_patience = patience}};
    auto const text = quick.engine.run(text_exchange(Action::read));
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::rate_limited);
    EXPECT_TRUE(text.error().transient);
    EXPECT_EQ(text.error().attempts, static_cast<int>(quick.transport->requests().size()));
    EXPECT_NE(text.error().message.find("requests_per_second"), std::string::npos) << text.error().message;
    auto const waits = quick.clock->waits();
    auto const waited = std::accumulate(waits.begin(), waits.end(), 0ms);
    EXPECT_LE(waited, patience);
    EXPECT_GE(waited, patience / 2);
  }
}

TEST(Limit, NeverPastTheDeadline) {
  RateLimited quick{{status(429)}};
  auto const text = quick.engine.run(text_exchange(Action::read), {.deadline = QuickClock::start + 5s});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::rate_limited) << "the last error, at once";
  EXPECT_EQ(text.error().attempts, 3) << "1 s and 2 s fit, 4 s more do not";
  EXPECT_NE(text.error().message.find("requests_per_second"), std::string::npos);
}

TEST(Limit, CostsNothingOfTheRetryBudget) {
  RateLimited quick{{status(429)}, {.max_attempts = 2, .first_delay = 0ms}};
  for (int i = 0; i < 200; ++i) EXPECT_FALSE(quick.engine.run(text_exchange(Action::read)));
  EXPECT_FALSE(quick.engine.core()
                   ->decide({.action = Action::read, .error = Error{.code = ErrorCode::network}})
                   .reason.find("too many") != std::string_view::npos);
}

TEST(Limit, OtherFailuresStillCount) {
  RateLimited quick{{status(429), status(503), status(429), status(503), status(429), status(503)},
                    {.first_delay = 0ms}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::unavailable);
  EXPECT_EQ(text.error().attempts, 6) << "three of them count";
}

TEST(Limit, WhatReachesPeopleIsRepeatedOnlyWhenItWasRefused) {
  for (auto const action : {Action::write, Action::sends}) {
    RateLimited quick{{status(429), ok("sent")}};
    EXPECT_EQ(quick.engine.run(text_exchange(action)).value_or(""), "sent");

    RateLimited doubtful{{status(429), ok("sent")}};
    auto exchange = text_exchange(action);
    exchange.decode = [](HttpResponse response) -> Result<std::string> {
      auto error = protocol::refusal(response, "a duplicate");
      error.effect = Effect::unknown;
      return error;
    };
    auto const text = doubtful.engine.run(exchange);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().effect, Effect::unknown);
    EXPECT_EQ(doubtful.transport->requests().size(), 1U);
  }
}

TEST(Limit, RetryAfterHoldsTheWholeClient) {
  for (int const code : {429, 503}) {
    RateLimited quick{{status(code, {{"Retry-After", "30"}}), ok("")}};
    EXPECT_FALSE(quick.engine.run(text_exchange(Action::read), {.deadline = QuickClock::start + 5s}));
    EXPECT_TRUE(quick.clock->waits().empty());
    EXPECT_TRUE(quick.engine.run(text_exchange(Action::sends)));
    EXPECT_EQ(quick.clock->waits(), Milliseconds{30s}) << code;
  }
}

TEST(Limit, LongRetryAfterEndsAllCallsWithoutARequest) {
  RateLimited quick{{status(429, {{"Retry-After", "900"}}), ok("")}};
  auto const first = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().message,
            "rate limited by the vendor. Retry after 900 s, or set requests_per_second for this account "
            "(ClientOptions::pacing)");
  quick.clock->advance(100s);
  for (auto const action : {Action::read, Action::sends}) {
    auto const text = quick.engine.run(text_exchange(action));
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::rate_limited);
    EXPECT_EQ(text.error().effect, Effect::none);
    EXPECT_EQ(text.error().retry_after, 800s);
    EXPECT_EQ(text.error().attempts, 0);
    EXPECT_NE(text.error().message.find("Retry after 800 s"), std::string::npos) << text.error().message;
  }
  EXPECT_EQ(quick.transport->requests().size(), 1U);
  quick.clock->advance(740s);  // what is left may be waited for
  EXPECT_TRUE(quick.engine.run(text_exchange(Action::read)));
}

TEST(Limit, ErrorAndLogNameTheWait) {
  RateLimited quick{{status(503, {{"Retry-After", "900"}})}};
  auto const text = quick.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().message, "the vendor's server failed. Retry after 900 s");
  EXPECT_EQ(text.error().retry_after, 900s);
  auto const first = quick.log.find("Retry after 900 s");
  ASSERT_NE(first, std::string::npos) << quick.log;
  EXPECT_NE(quick.log.find("Retry after 900 s", first + 1), std::string::npos)
      << "of the request and of the call:\n"
      << quick.log;
}

TEST(Limit, ToldInTheBodyCountsToo) {
  RateLimited quick{{ok("slow down")}};
  auto exchange = text_exchange(Action::read);
  exchange.decode = [calls = std::make_shared<int>(0)](HttpResponse response) -> Result<std::string> {
    if (++*calls > 2) return std::move(response.body);
    auto error = protocol::refusal(response, response.body);
    protocol::refine(error, ErrorCode::rate_limited);
    return error;
  };
  EXPECT_TRUE(quick.engine.run(exchange));
  EXPECT_EQ(quick.clock->waits(), (Milliseconds{1s, 1250ms}));
}

TEST(Limit, NoneMeansOneRequestAndNoWait) {
  RateLimited quick{{status(429)}, RetryPolicy::none()};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(quick.engine.run(text_exchange(Action::read)));
  EXPECT_EQ(quick.transport->requests().size(), 3U);
  EXPECT_TRUE(quick.clock->waits().empty());
}

TEST(Limit, PrefetchedRefusalSlowsTheClientBeforeAnybodyLooksAtIt) {
  auto const transport = std::make_shared<HeldTransport>();
  auto const clock = std::make_shared<QuickClock>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 1}),
                 .transport = transport,
                 .clock = clock}};
  CampaignReader read_list{engine.core(), {}, {.prefetch = 3}};
  auto const event = std::make_shared<runtime::Event>();
  EXPECT_FALSE(read_list.poll(event));
  ASSERT_TRUE(transport->answer("offset=0", ok("total=9\n" + acme_line(0))));
  ASSERT_TRUE(read_list.poll(event));
  ASSERT_EQ(transport->started(), 4U);
  ASSERT_TRUE(transport->answer("offset=2", status(429)));
  EXPECT_GT(engine.core()->pacer.held(clock->now()), 0s);
}

}  // namespace
}  // namespace polycampaign::test
