#include "transport/asking.hpp"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace polycampaign::loopback {
namespace {

using Clock = std::chrono::steady_clock;

// Far less than any timeout in play, far more than a loaded machine takes.
constexpr std::chrono::seconds promptly{5};

void expect_canceled(Answer& answer, CancelSource& source, Effect effect) {
  EXPECT_FALSE(answer.there());
  auto const start = Clock::now();
  source.cancel();
  expect_error(answer.wait(), ErrorCode::canceled, effect);
  EXPECT_LT(Clock::now() - start, promptly);
}

BehaviourServer::Script hang() {
  return [](Peer& peer) {
    static_cast<void>(peer.read());
    peer.until_closed();
  };
}

TEST(Cancel, BeforeTheStartSendsNothing) {
  BehaviourServer server{hang()};
  auto const client = transport();
  CancelSource source;
  source.cancel();
  expect_error(ask(*client, sending(server.url()), {.cancel = source.token()}), ErrorCode::canceled,
               Effect::none);
  EXPECT_EQ(server.connections(), 0u);
}

TEST(Cancel, WhileWaitingForAConnectionHasNoEffect) {
  BehaviourServer server{hang()};
  auto const client = transport({.max_connections_per_host = 1});
  Answer first{*client, get(server.url())};
  ASSERT_TRUE(server.await_requests(1));
  CancelSource source;
  Answer second{*client, sending(server.url()), {.cancel = source.token()}};
  expect_canceled(second, source, Effect::none);
  EXPECT_FALSE(first.there());
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(Cancel, WhileConnectingHasNoEffect) {
  BlackHole hole;
  auto const client = transport();
  CancelSource source;
  Answer answer{*client, sending(hole.url()), {.cancel = source.token()}};
  expect_canceled(answer, source, Effect::none);
}

TEST(Cancel, WhileWaitingForTheAnswerMayHaveAnEffect) {
  for (auto const action : {Action::read, Action::sends}) {
    BehaviourServer server{hang()};
    auto const client = transport();
    CancelSource source;
    auto request = sending(server.url());
    request.action = action;
    Answer answer{*client, request, {.cancel = source.token()}};
    ASSERT_TRUE(server.await_requests(1));
    expect_canceled(answer, source, action == Action::read ? Effect::none : Effect::unknown);
  }
}

TEST(Cancel, WhileReceivingMayHaveAnEffect) {
  Event begun;
  BehaviourServer server{[&](Peer& peer) {
    if (!peer.read()) return;
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin");
    begun.set();
    peer.until_closed();
  }};
  auto const client = transport();
  CancelSource source;
  Answer answer{*client, sending(server.url()), {.cancel = source.token()}};
  ASSERT_TRUE(begun.wait());
  expect_canceled(answer, source, Effect::unknown);
  // the handle serves the next as if nothing had been
  BehaviourServer fine{answering(ok("fine"))};
  auto const next = ask(*client, get(fine.url()));
  ASSERT_TRUE(next.has_value()) << next.error().message;
  EXPECT_EQ(next->body, "fine");
}

TEST(Cancel, AfterTheAnswerDoesNothing) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  CancelSource source;
  auto const answer = ask(*client, get(server.url()), {.cancel = source.token()});
  source.cancel();
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "fine");
}

TEST(Cancel, AfterTheTransportDoesNothing) {
  BehaviourServer server{hang()};
  CancelSource source;
  auto client = transport();
  Answer answer{*client, get(server.url()), {.cancel = source.token()}};
  client.reset();
  source.cancel();
  expect_error(answer.wait(), ErrorCode::canceled, Effect::none);
}

TEST(Cancel, InsideACompletionEndsTheOthers) {
  BehaviourServer quick{answering(ok("fine"))};
  BehaviourServer slow{hang()};
  auto const client = transport();
  CancelSource source;
  Answer one{*client, get(slow.url()), {.cancel = source.token()}};
  Answer other{*client, sending(slow.url()), {.cancel = source.token()}};
  ASSERT_TRUE(slow.await_requests(2));
  client->start(get(quick.url()), {.cancel = source.token()}, [&](auto const&) { source.cancel(); });
  expect_error(one.wait(), ErrorCode::canceled, Effect::none);
  expect_error(other.wait(), ErrorCode::canceled, Effect::unknown);
}

TEST(Cancel, OneTokenOfManyCallsEndsThemAll) {
  BehaviourServer server{hang()};
  auto const client = transport({.max_connections_per_host = 2});
  CancelSource source;
  std::vector<Answer> answers;
  for (int i = 0; i < 20; ++i)
    answers.emplace_back(*client, get(server.url()), TransferOptions{.cancel = source.token()});
  ASSERT_TRUE(server.await_requests(2));
  source.cancel();
  for (auto& answer : answers) expect_error(answer.wait(), ErrorCode::canceled, Effect::none);
}

// However long the I/O thread has been kept from noticing: here it is busy elsewhere while the connection
// that the canceled request waits for becomes free.
TEST(Cancel, HoldsFromTheMomentItReturns) {
  Event answer;
  Event answered;
  BehaviourServer server{[&](Peer& peer) {
    if (!peer.read()) return;
    EXPECT_TRUE(answer.wait());
    peer.write(ok("fine"));
    answered.set();
    answering(ok("fine"))(peer);
  }};
  BehaviourServer elsewhere{answering(ok("fine"))};
  auto const client = transport({.max_connections_per_host = 1});
  Answer first{*client, get(server.url("/first"))};
  ASSERT_TRUE(server.await_requests(1));
  CancelSource source;
  Answer second{*client, sending(server.url("/second")), {.cancel = source.token()}};
  Event busy;
  Event release;
  client->start(get(elsewhere.url()), {}, [&](auto const&) {
    busy.set();
    EXPECT_TRUE(release.wait());
  });
  ASSERT_TRUE(busy.wait());
  answer.set();
  ASSERT_TRUE(answered.wait());
  source.cancel();
  release.set();
  expect_error(second.wait(), ErrorCode::canceled, Effect::none);
  EXPECT_TRUE(first.wait().has_value());
  ASSERT_TRUE(ask(*client, get(server.url("/last"))).has_value());
  EXPECT_EQ(server.requests().size(), 2u);
}

// What was canceled before it left is told apart from what may have arrived, also when both happen at once.
TEST(Cancel, RacingWithTheRequestNeverHidesAnEffect) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  std::size_t harmless = 0;
  constexpr std::size_t calls = 300;
  for (std::size_t i = 0; i < calls; ++i) {
    CancelSource source;
    Answer answer{*client, sending(server.url()), {.cancel = source.token()}};
    std::thread canceller{[&] {
      for (std::size_t spin = 0; spin < i % 50; ++spin) std::this_thread::yield();
      source.cancel();
    }};
    auto const result = answer.wait();
    canceller.join();
    if (!result) {
      EXPECT_EQ(result.error().code, ErrorCode::canceled) << result.error().message;
      if (result.error().effect == Effect::none) ++harmless;
    }
  }
  // a last request on each kept connection would come behind all others
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  EXPECT_LE(server.requests().size(), calls - harmless + 1);
}

}  // namespace
}  // namespace polycampaign::loopback
