#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/transport.hpp"

#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "integration/faulty_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// What costs money reaches the vendor once: the engine over libcurl, on real sockets, against a server that
/// fails in every way, and keeps count.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using faults::Fault;
using faults::FaultyServer;
using faults::Seen;
using faults::Verdict;

constexpr std::uint32_t faulty_calls = 10'000;
constexpr std::uint32_t threads = 4;
constexpr std::uint32_t calls_a_thread = faulty_calls / threads;
constexpr int most_attempts = 3;

enum class Kind {
  post_sends,
  post_write,
  get_sends,  ///< Yeastar: failed messages are sent again by a GET, and the token stands in its query
  log_in,     ///< a POST that may be repeated, though not by libcurl
  read
};

bool once_only(Kind kind) {
  return kind <= Kind::get_sends;
}

/// Where a call goes.
enum class Door {
  server,
  closes,
  resets,
  refuses,
  tls,     ///< the server does not speak it
  no_name  ///< no such host
};

/// All that is decided about a call before it is made. The same for a seed, always.
struct Plan {
  Kind kind{};
  Door door{};
  bool warm_up = false;  ///< a call that goes well before it, so that there is a kept connection
  bool asynchronous = false;
  bool followed = false;  ///< behind a good answer, a second request of the conversation is refused
  std::array<Fault, most_attempts + 1> faults{};  ///< for each time that it is seen; the last for all further

  Fault fault(int time) const { return faults[std::min<std::size_t>(static_cast<std::size_t>(time), 3)]; }
  bool stalls() const { return std::any_of(faults.begin(), faults.end(), faults::stalls); }
};

Fault random_fault(std::mt19937& random) {
  for (;;) {
    auto const fault = static_cast<Fault>(random() % (static_cast<unsigned>(Fault::reset_unread) + 1));
    // Waiting for a time limit is dear.
    if (faults::stalls(fault) && random() % 8 != 0) continue;
    return fault;
  }
}

std::vector<Plan> plans(unsigned seed) {
  constexpr Kind kinds[] = {Kind::post_sends, Kind::post_sends, Kind::post_write, Kind::post_write,
                            Kind::get_sends,  Kind::get_sends,  Kind::log_in,     Kind::read};
  std::mt19937 random{seed};
  std::vector<Plan> all(calls_a_thread);
  for (auto& plan : all) {
    plan.kind = kinds[random() % std::size(kinds)];
    plan.warm_up = random() % 2 == 0;
    plan.asynchronous = random() % 8 == 0;
    plan.followed = once_only(plan.kind) && random() % 16 == 0;
    for (auto& fault : plan.faults) fault = random_fault(random);
    // Repetitions go well as often as not.
    for (std::size_t i = 1; i < plan.faults.size(); ++i)
      if (random() % 2 == 0) plan.faults[i] = Fault::answer;
    switch (random() % 40) {
      case 0: plan.door = Door::closes; break;
      case 1: plan.door = Door::resets; break;
      case 2: plan.door = Door::refuses; break;
      case 3: plan.door = random() % 4 == 0 ? Door::tls : Door::server; break;
      case 4: plan.door = random() % 4 == 0 ? Door::no_name : Door::server; break;
      default: plan.door = Door::server;
    }
  }
  return all;
}

std::string origin(FaultyServer const& server, Door door) {
  switch (door) {
    case Door::closes: return "http://" + server.closing_host();
    case Door::resets: return "http://" + server.resetting_host();
    case Door::refuses: return "http://" + server.refusing_host();
    case Door::tls: return "https://" + server.host();
    case Door::no_name: return "https://" + std::string(64, 'a');  // refused without asking any server
    case Door::server: break;
  }
  return "http://" + server.host();
}

/// The request of call `id`; its answer must say that it is the answer to this one.
protocol::Exchange<std::string> exchange(std::string const& origin, Kind kind, std::uint32_t id) {
  auto const number = std::to_string(id);
  HttpRequest request;
  switch (kind) {
    case Kind::get_sends:
      request = {.method = "GET",
                 .url = origin + "/openapi/v1.0/message_campaign/retry?id=" + number + "&access_token=t0k3n",
                 .action = Action::sends};
      break;
    case Kind::read:
      request = {.method = "GET",
                 .url = origin + "/list",
                 .headers = {{"X-Request-Id", number}},
                 .action = Action::read};
      break;
    default:
      request = {.method = "POST",
                 .url = origin + "/send",
                 .headers = {{"X-Request-Id", number}},
                 .body = faults::body_of(id),
                 .action = kind == Kind::post_sends   ? Action::sends
                           : kind == Kind::post_write ? Action::write
                                                      : Action::idempotent_write};
  }
  return {.call = {.request = std::move(request), .operation = "call"},
          .decode = [wanted = "taken " + number](HttpResponse response) -> Result<std::string> {
            // as careless as an adapter can be: what the body says goes before the status
            if (response.body.starts_with("refused")) {
              auto error = protocol::refusal(response, "");
              if (response.body.ends_with("-99")) protocol::refine(error, ErrorCode::unavailable);
              error.effect = Effect::none;
              return error;
            }
            if (auto error = protocol::http_error(response)) return *error;
            if (response.body != wanted) return protocol::unreadable(response, "an answer to this call");
            return std::move(response.body);
          }};
}

/// Numbers of requests that follow another one of their conversation; always refused.
constexpr std::uint32_t first_follower = 1'000'000;

Result<std::string> ask(Engine& engine, protocol::Exchange<std::string> exchange,
                        std::optional<protocol::Exchange<std::string>> follower, CallOptions options,
                        bool asynchronous) {
  auto const script = [exchange = std::move(exchange),
                       follower = std::move(follower)](protocol::Conversation& it) -> Result<std::string> {
    auto first = it.run(exchange);
    if (!first || !follower) return first;
    return it.run(*follower);
  };
  if (!asynchronous) return engine.run<std::string>(script, options);
  auto const promise = std::make_shared<std::promise<Result<std::string>>>();
  auto future = promise->get_future();
  engine.start<std::string>(script, std::move(options),
                            [promise](Result<std::string> text) { promise->set_value(std::move(text)); });
  return future.get();
}

/// What a thread's client was told, and what its server saw.
struct Day {
  std::vector<Plan> planned;
  std::vector<Result<std::string>> reported;
  std::vector<Seen> seen;
};

/// Numbers of requests: calls are even, the call that warms up for each is the odd one before it.
constexpr std::uint32_t id_of(std::size_t call) {
  return static_cast<std::uint32_t>(2 * call + 2);
}

Day live(unsigned seed) {
  Day day{.planned = plans(seed), .reported = {}, .seen = {}};
  std::mutex mutex;
  CancelSource current;
  std::uint32_t current_id = 0;
  FaultyServer server{{.fault =
                           [&](std::uint32_t id, int time) {
                             if (id > first_follower) return Fault::refuse;
                             return id % 2 == 1 ? Fault::answer : day.planned.at(id / 2 - 1).fault(time);
                           },
                       .cancel =
                           [&](std::uint32_t id) {
                             std::lock_guard const lock{mutex};
                             if (id == current_id)
                               current.cancel();  // a late word is for a call that has ended
                           }}};
  auto transport = make_curl_transport().value();
  std::optional<Engine> engine;
  for (std::size_t i = 0; i < day.planned.size(); ++i) {
    auto const& plan = day.planned[i];
    // A client that only fails has soon spent what it may spend on repetitions.
    if (i % 20 == 0)
      engine.emplace(engine::EngineOptions{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                                           .transport = transport,
                                           // Pauses are dear: one client slows down.
                                           .retry = {.max_attempts = most_attempts,
                                                     .first_delay = 0ms,
                                                     .max_delay = 0ms,
                                                     .rate_limit_patience = i == 500 ? 300ms : 0ms}});
    if (plan.warm_up) {
      auto const warm = engine->run(exchange(origin(server, Door::server), Kind::read, id_of(i) - 1));
      EXPECT_TRUE(warm) << to_string(warm.error());
    }
    CancelSource source;
    {
      std::lock_guard const lock{mutex};
      current = source;
      current_id = id_of(i);
    }
    CallOptions const options{.timeout = plan.stalls() ? 20ms : 20s, .cancel = source.token()};
    auto const at = origin(server, plan.door);
    std::optional<protocol::Exchange<std::string>> follower;
    if (plan.followed) follower = exchange(at, Kind::post_write, first_follower + id_of(i));
    day.reported.push_back(
        ask(*engine, exchange(at, plan.kind, id_of(i)), std::move(follower), options, plan.asynchronous));
  }
  engine.reset();
  transport.reset();
  day.seen = server.stop();
  return day;
}

/// What the server saw of one call.
struct Account {
  std::vector<Seen> seen{};
  bool after_drop = false;  ///< the connection may have been closed under it, unread
  bool followed = false;    ///< by another request of its conversation

  std::size_t count(Verdict verdict) const {
    return static_cast<std::size_t>(std::count_if(
        seen.begin(), seen.end(), [&](Seen const& one) { return faults::verdict(one.fault) == verdict; }));
  }
  std::size_t acted() const { return count(Verdict::done) + count(Verdict::lost); }
  std::string text() const {
    std::string text = "seen:";
    for (auto const& one : seen) text.append(" ").append(faults::to_string(one.fault));
    return text;
  }
};

std::map<std::uint32_t, Account> accounts(Day const& day) {
  std::map<std::uint32_t, Account> all;
  for (std::size_t i = 0; i < day.planned.size(); ++i) all[id_of(i)];
  for (auto const& one : day.seen) {
    EXPECT_TRUE(one.whole) << "request " << one.id << " came distorted";
    if (one.id > first_follower) {
      all.at(one.id - first_follower).followed = true;
      continue;
    }
    EXPECT_TRUE(one.id % 2 == 1 || all.contains(one.id)) << one.id;
    all[one.id].seen.push_back(one);
  }
  bool dropped = false;
  for (auto& [id, account] : all) {
    account.after_drop = dropped;
    if (!account.seen.empty()) dropped = account.seen.back().fault == Fault::answer_then_drop;
  }
  return all;
}

/// The promise, for a call that must reach the vendor once.
void check_once(Plan const& plan, Result<std::string> const& reported, Account const& account) {
  auto const acted = account.acted();
  EXPECT_LE(acted, 1U) << "acted on twice";
  for (std::size_t i = 0; i + 1 < account.seen.size(); ++i)
    EXPECT_EQ(faults::verdict(account.seen[i].fault), Verdict::refused)
        << "sent again although it was not refused";
  if (reported) {
    EXPECT_FALSE(plan.followed);
    EXPECT_EQ(acted, 1U) << "a success of which the vendor knows nothing";
    return;
  }
  auto const& error = reported.error();
  if (plan.followed && account.count(Verdict::done) > 0) {
    EXPECT_EQ(error.effect, Effect::unknown) << "a later refusal does not undo it";
    return;
  }
  if (error.effect == Effect::none) {
    EXPECT_EQ(acted, 0U) << "called harmless, but acted on";
  } else if (!plan.stalls()) {  // which makes time short for good answers too
    EXPECT_EQ(account.count(Verdict::done), 0U) << "answered well, and yet unknown";
  }
  switch (plan.door) {
    case Door::closes:
      EXPECT_EQ(error.code, ErrorCode::network);
      EXPECT_EQ(error.effect, Effect::unknown);
      EXPECT_EQ(error.attempts, 1);
      break;
    case Door::resets:  // before anything was sent, or after
      EXPECT_EQ(error.code, ErrorCode::network);
      break;
    case Door::refuses:
    case Door::no_name:
      EXPECT_EQ(error.code, ErrorCode::network);
      EXPECT_EQ(error.effect, Effect::none);
      EXPECT_GE(error.attempts, 1);
      break;
    case Door::tls:
      EXPECT_EQ(error.code, ErrorCode::tls);
      EXPECT_EQ(error.effect, Effect::none);
      EXPECT_EQ(error.attempts, 1);
      break;
    case Door::server: {
      auto const attempts = static_cast<std::size_t>(error.attempts);
      // One that ran out of time may never have left, or be lost with a connection that was closed.
      auto const unseen = plan.stalls()        ? static_cast<std::size_t>(most_attempts)
                          : account.after_drop ? 1U
                                               : 0U;
      EXPECT_GE(attempts, account.seen.size());
      EXPECT_LE(attempts, account.seen.size() + unseen);
      break;
    }
  }
}

TEST(SendOnce, HoldsThroughTenThousandFaults) {
  std::vector<std::future<Day>> running;
  for (unsigned seed = 1; seed <= threads; ++seed)
    running.push_back(std::async(std::launch::async, [seed] { return live(seed); }));

  std::map<Fault, std::size_t> met;
  std::size_t made = 0, succeeded = 0, unknown = 0, harmless = 0, guarded = 0, refused_and_sent = 0;
  std::size_t followed = 0;
  std::size_t reads_sent_again = 0, reads_saved = 0, log_ins_sent_again = 0;
  for (auto& one : running) {
    auto const day = one.get();
    auto const seen = accounts(day);
    ASSERT_EQ(day.reported.size(), day.planned.size());
    for (std::size_t i = 0; i < day.reported.size(); ++i) {
      auto const& plan = day.planned[i];
      auto const& reported = day.reported[i];
      auto const& account = seen.at(id_of(i));
      SCOPED_TRACE("call " + std::to_string(i) + " of kind " + std::to_string(static_cast<int>(plan.kind)) +
                   " by door " + std::to_string(static_cast<int>(plan.door)) + ", " + account.text() +
                   "; told: " + (reported ? *reported : to_string(reported.error())));
      ++made;
      for (auto const& request : account.seen) ++met[request.fault];
      if (!once_only(plan.kind)) {
        auto const again = account.seen.size() > 1;
        (plan.kind == Kind::read ? reads_sent_again : log_ins_sent_again) += again;
        if (plan.kind == Kind::read) {
          reads_saved += again && reported;
          if (!reported) {
            EXPECT_EQ(reported.error().effect, Effect::none);
          }
        }
        continue;
      }
      check_once(plan, reported, account);
      followed += account.followed;
      succeeded += reported.has_value();
      refused_and_sent += reported && account.seen.size() > 1;
      if (reported) continue;
      ++(reported.error().effect == Effect::none ? harmless : unknown);
      guarded += reported.error().message.find("not retried") != std::string::npos;
    }
  }

  // What was claimed was also put to the test.
  EXPECT_EQ(made, faulty_calls);
  for (int fault = 0; fault <= static_cast<int>(Fault::reset_unread); ++fault)
    EXPECT_GT(met[static_cast<Fault>(fault)], 20U) << faults::to_string(static_cast<Fault>(fault));
  EXPECT_GT(succeeded, 1000U);
  EXPECT_GT(harmless, 500U);
  EXPECT_GT(unknown, 2000U);
  EXPECT_GT(guarded, 300U) << "where libcurl would have sent again";
  EXPECT_GT(refused_and_sent, 100U);
  EXPECT_GT(followed, 50U);
  EXPECT_GT(reads_sent_again, 500U);
  EXPECT_GT(reads_saved, 300U);
  EXPECT_GT(log_ins_sent_again, 300U);
}

}  // namespace
}  // namespace polycampaign::test
