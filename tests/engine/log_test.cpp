#include "engine/exchange_engine.hpp"
#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <mutex>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// Keeps the events of one client.
class Journal {
 public:
  LogSink sink() {
    return [this](LogEvent const& event) {
      std::lock_guard const lock{mutex_};
      events_.push_back(event);
    };
  }
  /// `operation#attempt outcome`; calls without the number.
  std::vector<std::string> lines() const {
    std::lock_guard const lock{mutex_};
    std::vector<std::string> all;
    for (auto const& event : events_)
      all.push_back(event.operation +
                    (event.kind == LogEvent::Kind::request ? '#' + std::to_string(event.attempt) : "") + ' ' +
                    std::string{event.error ? to_string(*event.error) : "ok"});
    return all;
  }
  std::size_t requests() const {
    std::lock_guard const lock{mutex_};
    return static_cast<std::size_t>(std::count_if(events_.begin(), events_.end(), [](auto const& event) {
      return event.kind == LogEvent::Kind::request;
    }));
  }
  std::vector<LogEvent> events() const {
    std::lock_guard const lock{mutex_};
    return events_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<LogEvent> events_;
};

using Lines = std::vector<std::string>;

TEST(Log, TellsEachRequestAndEachCallOnce) {
  Journal journal;
  int answers = 0;
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    if (request.url.ends_with("/log_in")) return ok("access - -");
    return ++answers < 3 ? status(503) : ok("seven..");
  });
  Engine engine{{.adapter = std::make_shared<Acme>(),
                 .transport = transport,
                 .clock = std::make_shared<QuickClock>(),
                 .log = journal.sink()}};
  ASSERT_TRUE(engine.run(text_exchange(Action::read)));
  EXPECT_EQ(journal.lines(), (Lines{"log_in#1 ok", "log_in ok", "text#1 unavailable", "text#2 unavailable",
                                    "text#3 ok", "text ok"}));
  auto const last = journal.events().at(4);
  EXPECT_EQ(last.provider, "acme");
  EXPECT_EQ(last.http_status, 200);
  EXPECT_EQ(last.response_bytes, 7U);
}

TEST(Log, TellsEffectsOfWhatFailed) {
  Journal journal;
  auto const transport = std::make_shared<HandlerTransport>([&](auto const&) { return status(503); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .log = journal.sink()}};
  ASSERT_FALSE(engine.run(text_exchange(Action::sends)));
  for (auto const& event : journal.events()) EXPECT_EQ(event.effect, Effect::unknown);
  EXPECT_EQ(journal.lines(), (Lines{"text#1 unavailable", "text unavailable"}));
}

TEST(Log, TellsRequestsThatNobodyWaitsForAnyMore) {
  Journal journal;
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 1}),
                 .transport = transport,
                 .log = journal.sink()}};
  {
    CampaignReader read_list{engine.core(), {}, {.prefetch = 3}};
    auto const waker = std::make_shared<runtime::Event>();
    ASSERT_FALSE(read_list.poll(waker));
    ASSERT_TRUE(transport->answer("/list", ok("total=9\n" + acme_line(0))));
    ASSERT_TRUE(read_list.poll(waker));
    ASSERT_EQ(transport->started(), 4U);
    EXPECT_EQ(journal.requests(), 1U);
  }
  EXPECT_EQ(journal.requests(), 4U);
  EXPECT_EQ(journal.lines(), (Lines{"list#1 ok", "list ok", "list#1 canceled", "list canceled",
                                    "list#1 canceled", "list canceled", "list#1 canceled", "list canceled"}));
}

TEST(Log, TellsRequestsGivenUpInFlight) {
  Journal journal;
  CancelSource source;
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .log = journal.sink()}};
  auto call = std::async(std::launch::async, [&] {
    return engine.run(text_exchange(Action::sends), {.cancel = source.token()});
  });
  transport->wait_for(1);
  ASSERT_TRUE(transport->open_gate("/text"));
  source.cancel();
  ASSERT_FALSE(call.get());
  EXPECT_EQ(journal.lines(), (Lines{"text#1 canceled", "text canceled"}));
  for (auto const& event : journal.events()) EXPECT_EQ(event.effect, Effect::unknown);
}

}  // namespace
}  // namespace polycampaign::test
