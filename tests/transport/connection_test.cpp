#include "transport/asking.hpp"
#include "transport/shifted_clock.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::loopback {
namespace {

using namespace std::chrono_literals;

// Answers the first request of its first connection, reads the second and closes without a word. Every other
// connection is served.
BehaviourServer::Script drops_the_second_request() {
  return [](Peer& peer) {
    if (peer.number() > 0) return answering(ok("again"))(peer);
    if (peer.read()) peer.write(ok("first"));
    static_cast<void>(peer.read());
  };
}

TEST(KeptConnection, ReadIsRepeatedWhenItDies) {
  BehaviourServer server{drops_the_second_request()};
  auto const client = transport();
  ASSERT_TRUE(ask(*client, get(server.url("/1"))).has_value());
  auto const answer = ask(*client, get(server.url("/2")));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "again");
  EXPECT_EQ(server.requests().size(), 3u);
}

// libcurl would send the request again on a new connection, and call that a success.
TEST(KeptConnection, NothingButAReadIsRepeatedWhenItDies) {
  for (auto const action : {Action::sends, Action::write, Action::idempotent_write}) {
    for (std::string const method : {"POST", "GET", "PUT", "DELETE"}) {
      BehaviourServer server{drops_the_second_request()};
      auto const client = transport();
      ASSERT_TRUE(ask(*client, get(server.url("/1"))).has_value());
      auto request = sending(server.url("/2"));
      request.method = method;
      request.action = action;
      auto const answer = ask(*client, request);
      expect_error(answer, ErrorCode::network, Effect::unknown);
      EXPECT_NE(answer.error().message.find("not retried"), std::string::npos) << answer.error().message;
      auto const requests = server.requests();
      ASSERT_EQ(requests.size(), 2u) << "the server must see it exactly once";
      EXPECT_EQ(requests[1].line, method + " /2 HTTP/1.1");
      // and the transport is as good as before
      EXPECT_TRUE(ask(*client, get(server.url("/3"))).has_value());
    }
  }
}

TEST(KeptConnection, ExpectationFailedIsAnAnswerNotAReasonToRepeat) {
  BehaviourServer server{answering("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n")};
  auto const client = transport();
  auto request = sending(server.url());
  request.body = std::string(std::size_t{2} * 1024 * 1024, 'x');
  auto const answer = ask(*client, request);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 417);
  EXPECT_EQ(server.requests().size(), 1u);
}

// The vendor may be closing it at this moment, and a request that is lost with it cannot be repeated.
TEST(KeptConnection, ThatHasIdledIsUsedForReadsOnly) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  ASSERT_TRUE(ask(*client, sending(server.url())).has_value());
  ShiftedClock::forward(9s);
  ASSERT_TRUE(ask(*client, sending(server.url())).has_value());
  EXPECT_EQ(server.connections(), 1u);
  ShiftedClock::forward(60s);
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  EXPECT_EQ(server.connections(), 1u);
  ShiftedClock::forward(11s);
  ASSERT_TRUE(ask(*client, sending(server.url())).has_value());
  EXPECT_EQ(server.connections(), 2u);
}

TEST(KeptConnection, ServesOneRequestAfterTheOther) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(ask(*client, sending(server.url())).has_value());
  EXPECT_EQ(server.connections(), 1u);
}

TEST(KeptConnection, IsSharedByAllThreads) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport({.max_connections_per_host = 8});
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = thread; i < 100; i += 16) {
        auto const answer = client->send(i % 2 == 0 ? get(server.url()) : sending(server.url()));
        if (answer && answer->body == "fine") ++answered;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 100);
  EXPECT_EQ(server.requests().size(), 100u);
  EXPECT_LE(server.connections(), 8u);
}

TEST(Connections, AreCappedPerHost) {
  Event both;
  Event release;
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  BehaviourServer server{[&](Peer& peer) {
    while (peer.read()) {
      int const busy = ++now;
      int seen = most;
      while (seen < busy && !most.compare_exchange_weak(seen, busy)) {
      }
      if (busy == 2) both.set();
      EXPECT_TRUE(release.wait());
      --now;
      peer.write(ok("fine"));
    }
  }};
  auto const client = transport({.max_connections_per_host = 2});
  std::vector<Answer> answers;
  answers.reserve(6);
  for (int i = 0; i < 6; ++i) answers.emplace_back(*client, get(server.url()));
  EXPECT_TRUE(both.wait());
  release.set();
  for (auto& answer : answers) EXPECT_TRUE(answer.wait().has_value());
  EXPECT_EQ(most, 2);
  EXPECT_EQ(server.connections(), 2u);
}

// libcurl does not look at the time of a transfer that has no connection yet.
TEST(Connections, TimeoutHoldsWhileWaitingForOne) {
  BehaviourServer server{[](Peer& peer) {
    static_cast<void>(peer.read());
    peer.until_closed();
  }};
  auto const client = transport({.max_connections_per_host = 1});
  Answer hanging{*client, get(server.url("/first"))};
  ASSERT_TRUE(server.await_requests(1));
  expect_error(ask(*client, sending(server.url("/second")), {.timeout = 50ms}), ErrorCode::deadline_exceeded,
               Effect::none);
  EXPECT_FALSE(hanging.there());
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(Connections, BlockingCallOfTheInterfaceWorks) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  auto const answer = client->send(get(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "fine");
}

}  // namespace
}  // namespace polycampaign::loopback
