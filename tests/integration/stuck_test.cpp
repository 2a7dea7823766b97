#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"
#include "integration/stuck_resolver.hpp"
#include "transport/behaviour_server.hpp"
#include "transport/environment.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// Whatever a call waits for, its caller need not: canceled, out of time or closed, he is answered while the
/// other side is still stuck, which shows that nothing else can have ended the call. The engine over libcurl
/// on real sockets, under a clock that the test moves.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using loopback::BehaviourServer;
using loopback::BlackHole;
using loopback::patience;
using loopback::Peer;

enum class Phase {
  resolving,
  connecting,
  handshaking,
  waiting,
  receiving,
  sleeping,  ///< before a repetition
  pacing,    ///< for its turn
  another_log_in
};

enum class Ending {
  canceled,
  deadline,
  closed,
  destroyed
};

enum class Driver {
  blocking,
  asynchronous
};

/// Sends what is meant for the invented vendor somewhere else.
class Detour final : public Transport {
 public:
  Detour(std::shared_ptr<Transport> inner, std::string origin)
      : inner_{std::move(inner)}, origin_{std::move(origin)} {}
  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    constexpr std::string_view adapter = "https://acme.example";
    EXPECT_TRUE(request.url.starts_with(adapter));
    request.url.replace(0, adapter.size(), origin_);
    inner_->start(std::move(request), std::move(options), std::move(completion));
  }

 private:
  std::shared_ptr<Transport> inner_;
  std::string origin_;
};

/// Connections of this machine that have asked for a port and got no answer.
int connecting_to(std::string const& url) {
  auto const port = std::stoi(url.substr(url.find(':', 6) + 1));
  std::ifstream table{"/proc/net/tcp"};
  std::string line;
  std::getline(table, line);
  int count = 0;
  while (std::getline(table, line)) {
    unsigned local = 0, local_port = 0, remote = 0, remote_port = 0, state = 0;
    if (std::sscanf(line.c_str(), " %*d: %8X:%4X %8X:%4X %2X", &local, &local_port, &remote, &remote_port,
                    &state) == 5 &&
        remote_port == static_cast<unsigned>(port) && state == 2)
      ++count;
  }
  return count;
}

/// A call on its way to a place where it gets stuck, and what it takes to know that it is there.
class Stage {
 public:
  explicit Stage(Phase phase) : phase_{phase} {
    auto inner = make_curl_transport({.allow_plain_http = true});
    EXPECT_TRUE(inner) << inner.error().message;
    if (phase == Phase::connecting) syns_ = connecting_to(hole_.url());
    engine_ = std::make_unique<Engine>(engine::EngineOptions{
        .adapter = std::make_shared<Acme>(AcmeOptions{.log_in = phase == Phase::another_log_in}),
        .transport = std::make_shared<Detour>(*std::move(inner), origin()),
        .clock = clock_,
        .timeout = 24h,  // nothing of the transport's own ends the call
        .connect_timeout = 24h,
        .pacing = phase == Phase::pacing ? Pacing{.in_flight = 1} : Pacing{},
        .log = [this](LogEvent const& event) { note(event.message); }});
    if (phase == Phase::pacing || phase == Phase::another_log_in) {
      before_ = std::async(std::launch::async,
                           [this] { return engine_->run(text_exchange(Action::read, "/before")); });
      EXPECT_TRUE(answering_.wait()) << "the call that is in the way never came";
      clock_->wait_for_waiting(1);
    }
  }

  ~Stage() {
    StuckResolver::release();
    if (engine_) static_cast<void>(engine_->close({}));
    if (before_.valid()) {
      EXPECT_FALSE(before_.get()) << "it was stuck to the end";
    }
  }

  /// Starts the call and waits until it is where it gets stuck.
  void begin(Driver driver) {
    StuckResolver::hold();
    CallOptions const options{.deadline = clock_->now() + 1h, .cancel = source_.token()};
    auto exchange = text_exchange(Action::sends);
    if (driver == Driver::blocking) {
      result_ = std::async(std::launch::async,
                           [this, exchange, options] { return engine_->run(exchange, options); });
    } else {
      auto const promise = std::make_shared<std::promise<Result<std::string>>>();
      result_ = promise->get_future();
      engine_->start<std::string>(std::move(exchange), options, [promise](Result<std::string> text) {
        promise->set_value(std::move(text));
      });
    }
    switch (phase_) {
      case Phase::resolving: ASSERT_TRUE(StuckResolver::entered()); break;
      case Phase::connecting:
        while (connecting_to(hole_.url()) <= syns_) std::this_thread::yield();
        break;
      case Phase::handshaking:
      case Phase::waiting:
      case Phase::receiving: ASSERT_TRUE(answering_.wait()); break;
      case Phase::sleeping: ASSERT_TRUE(sleeping_.wait()); break;
      case Phase::pacing:
      case Phase::another_log_in: clock_->wait_for_waiting(2); break;
    }
    if (driver == Driver::blocking) clock_->wait_for_waiting(before_.valid() ? 2 : 1);
  }

  void end(Ending ending) {
    switch (ending) {
      case Ending::canceled: source_.cancel(); break;
      case Ending::deadline: clock_->advance(1h); break;
      case Ending::closed: EXPECT_TRUE(engine_->close({})); break;
      case Ending::destroyed: {
        if (before_.valid()) {  // a blocking call must not outlive the client
          EXPECT_TRUE(engine_->close({}));
          EXPECT_FALSE(std::exchange(before_, {}).get());
        }
        auto gone = std::async(std::launch::async, [this] { engine_.reset(); });
        if (gone.wait_for(patience) != std::future_status::ready) {
          ADD_FAILURE() << "the client cannot be destroyed";
          StuckResolver::release();
        }
        break;
      }
    }
  }

  Result<std::string> result() {
    if (result_.wait_for(patience) == std::future_status::ready) return result_.get();
    ADD_FAILURE() << "no answer";
    StuckResolver::release();
    return Error{};
  }

 private:
  std::string origin() const {
    switch (phase_) {
      case Phase::resolving: return "http://" + std::string{StuckResolver::host};
      case Phase::connecting: {
        auto url = hole_.url();
        url.pop_back();
        return url;
      }
      case Phase::handshaking: return "https://127.0.0.1:" + std::to_string(server_.port());
      default: return server_.url("");
    }
  }

  void serve(Peer& peer) {
    if (phase_ == Phase::handshaking) {
      static_cast<void>(peer.closed_within(patience));  // until the client has said something
      answering_.set();
      return peer.until_closed();
    }
    if (!peer.read()) return;
    switch (phase_) {
      case Phase::receiving:
        peer.write("HTTP/1.1 200 OK\r\n\r\n");
        while (peer.write("x")) {
          answering_.set();
          if (peer.closed_within(1ms)) return;
        }
        return;
      case Phase::sleeping:
        peer.write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
        return peer.until_closed();
      default: answering_.set(); return peer.until_closed();
    }
  }

  void note(std::string const& message) {
    if (message.find("retrying in") != message.npos) sleeping_.set();
  }

  Phase phase_;
  loopback::Variable const no_proxy_{"no_proxy", "*"};
  loopback::Event answering_;
  loopback::Event sleeping_;
  BlackHole hole_;
  BehaviourServer server_{[this](Peer& peer) { serve(peer); }};
  int syns_ = 0;
  std::shared_ptr<SteppedClock> clock_ = std::make_shared<SteppedClock>();
  std::unique_ptr<Engine> engine_;
  CancelSource source_;
  std::future<Result<std::string>> before_;
  std::future<Result<std::string>> result_;
};

struct Case {
  Phase phase;
  Driver driver;
  Ending ending;
};

std::string name_of(Case const& one) {
  constexpr char const* phases[] = {"Resolving", "Connecting", "Handshaking", "Waiting",
                                    "Receiving", "Sleeping",   "Pacing",      "AnotherLogIn"};
  constexpr char const* drivers[] = {"Blocking", "Asynchronous"};
  constexpr char const* endings[] = {"Canceled", "Deadline", "Closed", "Destroyed"};
  return std::string{phases[static_cast<int>(one.phase)]} + drivers[static_cast<int>(one.driver)] +
         endings[static_cast<int>(one.ending)];
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (auto const phase : {Phase::resolving, Phase::connecting, Phase::handshaking, Phase::waiting,
                           Phase::receiving, Phase::sleeping, Phase::pacing, Phase::another_log_in})
    for (auto const driver : {Driver::blocking, Driver::asynchronous})
      for (auto const ending : {Ending::canceled, Ending::deadline, Ending::closed, Ending::destroyed})
        if (driver == Driver::asynchronous || ending != Ending::destroyed)
          all.push_back({phase, driver, ending});
  return all;
}

class Stuck : public ::testing::TestWithParam<Case> {};

TEST_P(Stuck, CallerIsAnsweredAtOnce) {
  auto const& one = GetParam();
  Stage stage{one.phase};
  ASSERT_NO_FATAL_FAILURE(stage.begin(one.driver));
  stage.end(one.ending);
  auto const result = stage.result();
  ASSERT_FALSE(result);
  auto const& error = result.error();
  EXPECT_EQ(to_string(error.code),
            to_string(one.ending == Ending::deadline ? ErrorCode::deadline_exceeded : ErrorCode::canceled))
      << error.message;
  auto const acted = one.phase == Phase::waiting || one.phase == Phase::receiving;
  EXPECT_EQ(to_string(error.effect), to_string(acted ? Effect::unknown : Effect::none)) << error.message;
  EXPECT_FALSE(error.transient);
  auto const sent = one.phase != Phase::pacing && one.phase != Phase::another_log_in;
  EXPECT_EQ(error.attempts, sent ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(All, Stuck, ::testing::ValuesIn(cases()),
                         [](auto const& one) { return name_of(one.param); });

}  // namespace
}  // namespace polycampaign::test
