#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// A vendor's sessions: tokens `access-1`, `access-2`, ...; only the last one is good.
struct Sessions {
  std::atomic<int> log_ins{0};
  std::atomic<int> refreshes{0};
  std::atomic<int> current{0};
  std::atomic<bool> expired{false};
  std::string lifetime = "-";
  std::function<Result<HttpResponse>()> log_in_fault{};
  std::function<Result<HttpResponse>()> refresh_fault{};

  HttpResponse token() {
    expired = false;
    auto const number = std::to_string(++current);
    return ok("access-" + number + " refresh-" + number + " " + lifetime);
  }

  Result<HttpResponse> operator()(HttpRequest const& request) {
    if (request.url.ends_with("/log_in")) {
      ++log_ins;
      if (log_in_fault) return log_in_fault();
      return token();
    }
    if (request.url.ends_with("/refresh")) {
      ++refreshes;
      if (refresh_fault) return refresh_fault();
      return token();
    }
    auto const& credential = request.headers.back().value;
    if (expired || credential != "access-" + std::to_string(current)) return status(401);
    return ok("with " + credential);
  }
};

struct Account {
  explicit Account(std::shared_ptr<runtime::Clock> environment = std::make_shared<QuickClock>())
      : clock{std::move(environment)},
        transport{std::make_shared<HandlerTransport>([this](HttpRequest const& r) { return sessions(r); })},
        engine{{.adapter = std::make_shared<Acme>(),
                .transport = transport,
                .clock = clock,
                .retry = {.first_delay = 1ms}}} {}

  Result<std::string> run(Action action = Action::read) { return engine.run(text_exchange(action)); }

  Sessions sessions;
  std::shared_ptr<runtime::Clock> clock;
  std::shared_ptr<HandlerTransport> transport;
  Engine engine;
};

TEST(Authentication, LogsInWithTheFirstCallAndNeverAgain) {
  Account account;
  EXPECT_TRUE(account.transport->requests().empty());
  EXPECT_EQ(account.run().value_or(""), "with access-1");
  EXPECT_EQ(account.run().value_or(""), "with access-1");
  EXPECT_EQ(account.sessions.log_ins, 1);
}

TEST(Authentication, StaticKeyNeedsNoLogInAndIsNotTriedTwice) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return status(401); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  for (int i = 1; i <= 2; ++i) {
    auto const text = engine.run(text_exchange(Action::read));
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::unauthenticated);
    EXPECT_EQ(transport->requests().size(), static_cast<std::size_t>(i));
  }
}

TEST(Authentication, ExpiredTokenIsRefreshedOnceAndTheCallRepeatedOnce) {
  for (auto const action : {Action::read, Action::sends}) {
    Account account;
    ASSERT_TRUE(account.run());
    account.sessions.expired = true;
    EXPECT_EQ(account.run(action).value_or(""), "with access-2");
    EXPECT_EQ(account.sessions.refreshes, 1);
    EXPECT_EQ(account.sessions.log_ins, 1);
    EXPECT_EQ(account.transport->count("/text"), 3U);
  }
}

TEST(Authentication, SecondRefusalIsReturned) {
  auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& request) {
    return request.url.ends_with("/text") ? status(401) : ok("access refresh -");
  });
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  auto const text = engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(text.error().attempts, 2);
  EXPECT_EQ(transport->count("/text"), 2U);
  EXPECT_EQ(transport->count("/refresh"), 1U);
}

TEST(Authentication, RefusedRefreshIsFollowedByOneLogIn) {
  for (auto const refusal : {401, 403, 400, 404}) {
    Account account;
    ASSERT_TRUE(account.run());
    account.sessions.expired = true;
    account.sessions.refresh_fault = [&] { return status(refusal); };
    EXPECT_EQ(account.run().value_or(""), "with access-2") << refusal;
    EXPECT_EQ(account.sessions.refreshes, 1);
    EXPECT_EQ(account.sessions.log_ins, 2);
  }
}

TEST(Authentication, OnlyARefusedCredentialIsRememberedForGood) {
  struct Row {
    Result<HttpResponse> answer;
    std::optional<bool> for_good;  ///< absent: the next call tries again
  };
  auto const broken = Error{.code = ErrorCode::network, .effect = Effect::none, .message = "broken"};
  for (auto const& [answer, for_good] :
       {Row{status(401), true}, Row{status(403), false}, Row{status(400), std::nullopt},
        Row{status(404), std::nullopt}, Row{ok("<html>a proxy</html>"), std::nullopt},
        Row{status(302), std::nullopt}, Row{status(500), std::nullopt}, Row{broken, std::nullopt}}) {
    auto const clock = std::make_shared<QuickClock>();
    Account account{clock};
    account.sessions.log_in_fault = [&, fault = answer] { return fault; };
    auto const what = answer ? std::to_string(answer->status) : "broken";
    ASSERT_FALSE(account.run()) << what;
    auto const tried = account.sessions.log_ins.load();
    account.sessions.log_in_fault = {};
    if (!for_good) {
      EXPECT_TRUE(account.run()) << what;
      continue;
    }
    for (int i = 0; i < 10; ++i) {
      clock->advance(5s);
      auto const later = account.run();
      ASSERT_FALSE(later) << what;
      EXPECT_EQ(later.error().attempts, 0) << what;
    }
    EXPECT_EQ(account.sessions.log_ins, tried) << what << ": no request within the rest";
    clock->advance(*for_good ? std::chrono::nanoseconds{24h} : std::chrono::nanoseconds{11s});
    EXPECT_EQ(account.run().has_value(), !*for_good) << what;
    EXPECT_EQ(account.sessions.log_ins, tried + (*for_good ? 0 : 1)) << what;
  }
}

TEST(Authentication, LogInThatIsRefusedAgainRestsAgain) {
  auto const clock = std::make_shared<QuickClock>();
  Account account{clock};
  account.sessions.log_in_fault = [] { return status(403); };
  for (int minute = 0; minute < 5; ++minute) {
    for (int i = 0; i < 6; ++i) {
      EXPECT_FALSE(account.run());
      clock->advance(10s);
    }
  }
  EXPECT_EQ(account.sessions.log_ins, 5) << "one a minute, however many calls there are";
}

TEST(Authentication, RefusedLogInIsRememberedAndNotTriedAgain) {
  for (auto const refusal : {401, 403}) {
    Account account;
    account.sessions.log_in_fault = [&] { return status(refusal); };
    auto const first = account.run(Action::sends);
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().attempts, 1);
    EXPECT_EQ(first.error().effect, Effect::none);
    account.sessions.log_in_fault = {};
    for (int i = 0; i < 10; ++i) {
      auto const later = account.run(Action::sends);
      ASSERT_FALSE(later);
      EXPECT_EQ(later.error().code, first.error().code);
      EXPECT_EQ(later.error().message, first.error().message);
      EXPECT_EQ(later.error().attempts, 0);
    }
    EXPECT_EQ(account.transport->requests().size(), 1U);
  }
}

TEST(Authentication, FailedLogInIsTriedAgainByTheNextCall) {
  Account account;
  account.sessions.log_in_fault = [] { return status(503); };
  auto const first = account.run(Action::sends);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, ErrorCode::unavailable);
  EXPECT_EQ(first.error().attempts, 3) << "a log-in is repeated like a read";
  EXPECT_EQ(first.error().effect, Effect::none) << "the call itself was never made";
  account.sessions.log_in_fault = {};
  EXPECT_TRUE(account.run(Action::sends));
  EXPECT_EQ(account.sessions.log_ins, 4);
}

TEST(Authentication, TokenIsRefreshedAheadOfItsEnd) {
  struct Row {
    char const* lifetime;
    std::chrono::seconds still_used;
    std::chrono::seconds refreshed;
  };
  for (auto const& [lifetime, still_used, refreshed] :
       {Row{"1800", 1739s, 1740s}, Row{"100", 89s, 90s}, Row{"1800", 1739s, 9000s}}) {
    auto const clock = std::make_shared<QuickClock>();
    Account account{clock};
    account.sessions.lifetime = lifetime;
    ASSERT_TRUE(account.run());
    clock->advance(still_used);
    EXPECT_EQ(account.run().value_or(""), "with access-1");
    clock->advance(refreshed - still_used);
    EXPECT_EQ(account.run().value_or(""), "with access-2");
    EXPECT_EQ(account.sessions.refreshes, 1);
    EXPECT_EQ(account.transport->count("/text"), 3U) << "no call had to be repeated";
  }
}

TEST(Authentication, FailedEarlyRefreshLeavesTheTokenInUseUntilItsEnd) {
  auto const clock = std::make_shared<QuickClock>();
  Account account{clock};
  account.sessions.lifetime = "1800";
  ASSERT_TRUE(account.run());
  account.sessions.refresh_fault = [] { return status(503); };
  clock->advance(1750s);
  EXPECT_EQ(account.run().value_or(""), "with access-1");
  EXPECT_EQ(account.run().value_or(""), "with access-1");
  EXPECT_EQ(account.sessions.refreshes, 3) << "the second call does not try again at once";
  clock->advance(60s);
  auto const text = account.run();
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::unavailable);
}

TEST(Authentication, LifetimeThatTellsNothingIsIgnored) {
  for (auto const* lifetime : {"0", "-5", "9223372036854775807"}) {
    Account account;
    account.sessions.lifetime = lifetime;
    ASSERT_TRUE(account.run());
    ASSERT_TRUE(account.run());
    EXPECT_EQ(account.sessions.log_ins + account.sessions.refreshes, 1) << lifetime;
  }
}

TEST(Authentication, SixteenThreadsAndOneExpiredTokenAreOneRefresh) {
  Account account{std::make_shared<runtime::Clock>()};
  ASSERT_TRUE(account.run());
  account.sessions.expired = true;
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      if (account.run()) ++good;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 16);
  EXPECT_EQ(account.sessions.refreshes, 1);
  EXPECT_EQ(account.sessions.log_ins, 1);
}

TEST(Authentication, SixteenThreadsAndOneRefusedLogInAreOneLogIn) {
  Account account{std::make_shared<runtime::Clock>()};
  account.sessions.log_in_fault = [] { return status(401); };
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      auto const text = account.run();
      if (!text && text.error().code == ErrorCode::unauthenticated) ++refused;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 16);
  EXPECT_EQ(account.sessions.log_ins, 1);
}

/// One call has the log-in in flight, the other waits for it.
struct TwoWaiting {
  TwoWaiting() {
    first = std::async(std::launch::async, [this] {
      return engine.run(text_exchange(Action::read, "/first"), {.cancel = first_source.token()});
    });
    transport->wait_for(1);
    clock->wait_for_waiting(1);
    second = std::async(std::launch::async, [this] {
      return engine.run(text_exchange(Action::read, "/second"),
                        {.deadline = clock->now() + 5s, .cancel = second_source.token()});
    });
    clock->wait_for_waiting(2);
  }

  std::shared_ptr<SteppedClock> clock = std::make_shared<SteppedClock>();
  std::shared_ptr<HeldTransport> transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport, .clock = clock}};
  CancelSource first_source;
  CancelSource second_source;
  std::future<Result<std::string>> first;
  std::future<Result<std::string>> second;
};

TEST(Authentication, CallsThatWaitForAnotherOnesLogInUseItsToken) {
  TwoWaiting two;
  ASSERT_TRUE(two.transport->answer("/log_in", ok("access - -")));
  two.transport->wait_for(3);
  ASSERT_TRUE(two.transport->answer("/first", ok("1")));
  ASSERT_TRUE(two.transport->answer("/second", ok("2")));
  EXPECT_TRUE(two.first.get());
  EXPECT_TRUE(two.second.get());
}

TEST(Authentication, WaitingCallObeysItsOwnCancellation) {
  TwoWaiting two;
  two.second_source.cancel();
  auto const second = two.second.get();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::canceled);
  EXPECT_EQ(two.transport->started(), 1U);
  ASSERT_TRUE(two.transport->answer("/log_in", ok("access - -")));
  two.transport->wait_for(2);
  ASSERT_TRUE(two.transport->answer("/first", ok("1")));
  EXPECT_TRUE(two.first.get());
}

TEST(Authentication, WaitingCallObeysItsOwnDeadline) {
  TwoWaiting two;
  two.clock->advance(5s);
  auto const second = two.second.get();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::deadline_exceeded);
  two.first_source.cancel();
  EXPECT_EQ(two.first.get().error().code, ErrorCode::canceled);
}

TEST(Authentication, AnotherCallTakesOverWhenTheOneThatLogsInIsCanceled) {
  TwoWaiting two;
  two.first_source.cancel();
  EXPECT_EQ(two.first.get().error().code, ErrorCode::canceled);
  two.transport->wait_for(2);
  EXPECT_EQ(two.transport->held().size(), 1U) << "the first log-in was given up";
  ASSERT_TRUE(two.transport->answer("/log_in", ok("access - -")));
  two.transport->wait_for(3);
  ASSERT_TRUE(two.transport->answer("/second", ok("2")));
  EXPECT_EQ(two.second.get().value_or(""), "2");
}

TEST(Authentication, RequestsInFlightWithTheOldTokenUseTheNewOneAfterwards) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  auto const start = [&](std::string path) {
    return std::async(std::launch::async,
                      [&, path] { return engine.run(text_exchange(Action::read, path)); });
  };
  auto first = start("/first");
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/log_in", ok("access-1 refresh-1 -")));
  transport->wait_for(2);
  auto second = start("/second");
  transport->wait_for(3);
  ASSERT_TRUE(transport->answer("/first", status(401)));
  transport->wait_for(4);
  ASSERT_TRUE(transport->answer("/refresh", ok("access-2 refresh-2 -")));
  transport->wait_for(5);
  ASSERT_TRUE(transport->answer("/first", ok("1")));
  EXPECT_TRUE(first.get());
  ASSERT_TRUE(transport->answer("/second", status(401)));
  transport->wait_for(6);
  ASSERT_TRUE(transport->answer("/second", ok("2"))) << "no second refresh: the token is new already";
  EXPECT_TRUE(second.get());
}

TEST(Authentication, CloseLogsOutAndEndsCallsInFlight) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  auto call = std::async(std::launch::async, [&] { return engine.run(text_exchange(Action::read)); });
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/log_in", ok("access-1 refresh-1 -")));
  transport->wait_for(2);
  auto close = std::async(std::launch::async, [&] { return engine.close({}); });
  EXPECT_EQ(call.get().error().code, ErrorCode::canceled);
  transport->wait_for(3);
  ASSERT_TRUE(transport->answer("/revoke", ok("")));
  EXPECT_TRUE(close.get());
  EXPECT_TRUE(engine.close({})) << "a second time does nothing";
  EXPECT_EQ(engine.run(text_exchange(Action::read)).error().code, ErrorCode::canceled);
  EXPECT_EQ(transport->started(), 3U);
}

TEST(Authentication, LogOutCarriesTheTokenAndTellsItsFailure) {
  struct Row {
    int status;
    bool good;
  };
  for (auto const& [code, good] : {Row{200, true}, Row{401, true}, Row{500, false}}) {
    std::string credential;
    auto const transport = std::make_shared<HandlerTransport>([&, answer = code](HttpRequest const& request) {
      if (!request.url.ends_with("/revoke")) return ok("access-1 - -");
      credential = request.headers.back().value;
      return status(answer);
    });
    Engine engine{{.adapter = std::make_shared<Acme>(),
                   .transport = transport,
                   .clock = std::make_shared<QuickClock>()}};
    ASSERT_TRUE(engine.run(text_exchange(Action::read)));
    EXPECT_EQ(engine.close({}).has_value(), good) << code;
    EXPECT_EQ(credential, "access-1");
    EXPECT_EQ(engine.run(text_exchange(Action::read)).error().code, ErrorCode::canceled);
  }
}

}  // namespace
}  // namespace polycampaign::test
