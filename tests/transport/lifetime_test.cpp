#include "transport/asking.hpp"

#include <curl/curl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign::loopback {
namespace {

BehaviourServer::Script never_answer() {
  return [](Peer& peer) {
    static_cast<void>(peer.read());
    peer.until_closed();
  };
}

/// Kept in a thread_local: tells that its thread has ended.
struct AtThreadEnd {
  std::shared_ptr<Event> event{};
  ~AtThreadEnd() {
    if (event) event->set();
  }
};

TEST(Lifetime, DestructionEndsWhatIsInFlight) {
  BehaviourServer server{never_answer()};
  BlackHole hole;
  auto client = transport({.max_connections_per_host = 1});
  Answer waiting{*client, sending(server.url())};
  ASSERT_TRUE(server.await_requests(1));
  Answer queued{*client, sending(server.url())};
  Answer connecting{*client, sending(hole.url())};
  client.reset();
  ASSERT_TRUE(waiting.there() && queued.there() && connecting.there())
      << "answered when the destructor returns";
  expect_error(waiting.wait(), ErrorCode::canceled, Effect::unknown);
  expect_error(queued.wait(), ErrorCode::canceled, Effect::none);
  expect_error(connecting.wait(), ErrorCode::canceled, Effect::none);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(Lifetime, LastOwnerMayDieInACompletion) {
  BehaviourServer quick{answering(ok("fine"))};
  BehaviourServer slow{never_answer()};
  auto client = transport();
  Answer other{*client, sending(slow.url())};
  ASSERT_TRUE(slow.await_requests(1));
  auto const ended = std::make_shared<Event>();
  auto* const borrowed = client.get();
  borrowed->start(get(quick.url()), {}, [ended, owner = std::move(client)](auto const& result) mutable {
    thread_local AtThreadEnd at_end;
    at_end.event = ended;
    EXPECT_TRUE(result.has_value());
    owner.reset();
  });
  expect_error(other.wait(), ErrorCode::canceled, Effect::unknown);
  EXPECT_TRUE(ended->wait()) << "the I/O thread goes on for ever";
}

TEST(Lifetime, LastOwnerMayDieWithTheCompletion) {
  BehaviourServer quick{answering(ok("fine"))};
  auto client = transport();
  auto const ended = std::make_shared<Event>();
  auto* const borrowed = client.get();
  // the completion is destroyed after its call, and the transport with it
  borrowed->start(get(quick.url()), {}, [ended, owner = std::move(client)](auto const&) {
    thread_local AtThreadEnd at_end;
    at_end.event = ended;
  });
  EXPECT_TRUE(ended->wait());
}

TEST(Lifetime, CompletionMayStartTheNextCall) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  Event done;
  std::atomic<int> left{20};
  Transport::Completion next = [&](Result<HttpResponse> const& result) {
    EXPECT_TRUE(result.has_value());
    if (--left == 0) return done.set();
    client->start(get(server.url()), {}, next);
  };
  client->start(get(server.url()), {}, next);
  EXPECT_TRUE(done.wait());
  EXPECT_EQ(server.connections(), 1u);
}

TEST(Lifetime, CompletionThatStartsAnotherCallDuringDestructionIsAnswered) {
  BehaviourServer server{never_answer()};
  auto client = transport();
  auto* const borrowed = client.get();
  Event second;
  client->start(get(server.url()), {}, [&](auto const&) {
    borrowed->start(get(server.url()), {}, [&](Result<HttpResponse> const& result) {
      expect_error(result, ErrorCode::canceled, Effect::none);
      second.set();
    });
  });
  ASSERT_TRUE(server.await_requests(1));
  client.reset();
  EXPECT_TRUE(second.wait());
}

TEST(Lifetime, TransportsComeAndGo) {
  BehaviourServer server{answering(ok("fine"))};
  for (int i = 0; i < 50; ++i) {
    auto client = transport();
    if (i % 2 == 0) {
      Answer answer{*client, get(server.url())};
      client.reset();
      static_cast<void>(answer.wait());
    }
  }
}

TEST(Lifetime, ManyThreadsMayHoldTheLastOwner) {
  BehaviourServer server{answering(ok("fine"))};
  for (int round = 0; round < 10; ++round) {
    auto client = transport();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&server, own = client]() mutable {
        EXPECT_TRUE(ask(*own, get(server.url())).has_value());
        own.reset();
      });
    }
    client.reset();
    for (auto& thread : threads) thread.join();
  }
}

TEST(Lifetime, OthersMayCleanUpLibcurl) {
  BehaviourServer server{answering(ok("fine"))};
  ASSERT_EQ(curl_global_init(CURL_GLOBAL_DEFAULT), CURLE_OK);
  auto const client = transport();
  curl_global_cleanup();
  EXPECT_TRUE(ask(*client, get(server.url())).has_value());
}

TEST(Signals, SigpipeIsBlockedInTheIoThreadOnly) {
  struct sigaction before {};
  sigaction(SIGPIPE, nullptr, &before);
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  bool blocked_there = false;
  Event done;
  client->start(get(server.url()), {}, [&](auto const&) {
    sigset_t mask;
    pthread_sigmask(SIG_BLOCK, nullptr, &mask);
    blocked_there = sigismember(&mask, SIGPIPE) == 1;
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(::write(ends[1], "x", 1), -1);  // kills the process unless blocked
    EXPECT_EQ(errno, EPIPE);
    ::close(ends[1]);
    done.set();
  });
  ASSERT_TRUE(done.wait());
  EXPECT_TRUE(blocked_there);
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  EXPECT_EQ(sigismember(&mask, SIGPIPE), 0);
  struct sigaction after {};
  sigaction(SIGPIPE, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  EXPECT_EQ(after.sa_handler, SIG_DFL);
}

TEST(Fork, ChildIsToldAndDoesNotHang) {
  BehaviourServer server{answering(ok("fine"))};
  auto client = transport();
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  auto const url = server.url();
  pid_t const child = ::fork();
  if (child == 0) {
    ::alarm(20);  // a hang ends as a failure
    int verdict = 1;
    client->start(sending(url), {}, [&](Result<HttpResponse> const& result) {
      if (!result && result.error().code == ErrorCode::configuration &&
          result.error().effect == Effect::none) {
        verdict = 0;
      }
    });
    client.reset();
    ::_exit(verdict);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_TRUE(ask(*client, get(server.url())).has_value()) << "the parent goes on";
  EXPECT_EQ(server.requests().size(), 2u);
}

}  // namespace
}  // namespace polycampaign::loopback
