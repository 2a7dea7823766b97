#include "engine/async_list.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>

/// What a log sink may call: everything, since no lock is held and nothing that it asks for waits for calls
/// that wait for it. A test that fails here does so by hanging.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using MaybePage = Result<std::optional<Page<Campaign>>>;

/// A client whose sink does something on each event, but not on those of what it does itself.
struct Nosy {
  explicit Nosy(AcmeOptions options = {.max_page_size = 5}, Pacing pacing = {})
      : engine{{.adapter = std::make_shared<Acme>(options),
                .transport = transport,
                .clock = clock,
                .retry = {.first_delay = 1ms},
                .pacing = pacing,
                .log = [this](LogEvent const& event) { hear(event); }}} {}

  void hear(LogEvent const& event) {
    static thread_local bool inside = false;
    if (inside) return;
    inside = true;
    {
      std::lock_guard const lock{mutex};
      heard.push_back(event);
    }
    if (on_event) on_event();
    inside = false;
  }

  /// A call of the same client.
  void ask() {
    auto const text = engine.run(text_exchange(Action::read));
    EXPECT_TRUE(text) << to_string(text.error());
    ++asked;
  }

  /// Each call's requests come before its end, and in their order.
  void check_order() {
    std::lock_guard const lock{mutex};
    EXPECT_FALSE(heard.empty());
    auto last = 0;
    for (auto const& event : heard) {
      if (event.operation != "log_in") continue;
      if (event.kind == LogEvent::Kind::request) {
        EXPECT_EQ(event.attempt, ++last);
      } else {
        EXPECT_GT(std::exchange(last, 0), 0);
      }
    }
  }

  AcmeServer server{23};
  int faults = 0;  ///< log-ins that fail before one succeeds
  std::shared_ptr<QuickClock> clock = std::make_shared<QuickClock>();
  std::shared_ptr<HandlerTransport> transport =
      std::make_shared<HandlerTransport>([this](HttpRequest const& request) -> Result<HttpResponse> {
        if (request.url.ends_with("/log_in") && faults-- > 0) return status(503);
        if (request.url.ends_with("/text")) return ok("text");
        return server(request);
      });
  std::mutex mutex;
  std::vector<LogEvent> heard;
  std::atomic<int> asked{0};
  std::function<void()> on_event;
  Engine engine;
};

TEST(LogSink, MayMakeCallsOfTheClientThatReports) {
  for (int const faults : {0, 2}) {
    Nosy nosy;
    nosy.faults = faults;
    nosy.on_event = [&] { nosy.ask(); };
    ASSERT_TRUE(nosy.engine.run(text_exchange(Action::read)));
    EXPECT_GE(nosy.asked, 4) << "within the log-in, too";
    nosy.check_order();
  }
}

TEST(LogSink, MayMakeCallsThatHaveToWaitForTheirTurn) {
  for (auto const& pacing : {Pacing{.rate = RequestRate{1, 1s}}, Pacing{.in_flight = 1},
                             Pacing{.rate = RequestRate{2, 1s}, .in_flight = 1}}) {
    Nosy nosy{{.max_page_size = 5}, pacing};
    nosy.on_event = [&] { nosy.ask(); };
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(nosy.engine.run(text_exchange(Action::read)));
    EXPECT_GT(nosy.asked, 3);
  }
}

TEST(LogSink, MayMakeCallsAndLookAtTheListThatReports) {
  for (auto const details : {false, true})
    for (auto const prefetch : {1, 4})
      for (auto const& pacing : {Pacing{}, Pacing{.rate = RequestRate{2, 1s}, .in_flight = 2}}) {
        Nosy nosy{{.max_page_size = 5}, pacing};
        Pager<Campaign> pager{
            std::make_unique<CampaignReader>(nosy.engine.core(), CampaignFilter{},
                                             ListOptions{.prefetch = prefetch, .fetch_details = details})};
        nosy.on_event = [&] {
          static_cast<void>(pager.report());
          static_cast<void>(pager.resume_token());
          nosy.ask();
        };
        EXPECT_EQ(ids_of(pager), ids_from_to(0, 23));
        EXPECT_GE(nosy.asked, 5);
      }
}

MaybePage next_page(AsyncPageSource<Campaign>& list) {
  std::promise<MaybePage> page;
  list.next_page([&](MaybePage result) { page.set_value(std::move(result)); });
  return page.get_future().get();
}

TEST(LogSink, MayCallTheAsynchronousListThatReports) {
  for (auto const details : {false, true})
    for (auto const prefetch : {1, 4}) {
      Nosy nosy;
      AsyncCampaigns list{nosy.engine.core(),
                          nosy.engine.tasks(),
                          {},
                          ListOptions{.prefetch = prefetch, .fetch_details = details}};
      std::atomic<int> refused{0};
      std::atomic<int> reported{0};
      nosy.on_event = [&] {
        EXPECT_LE(list.report().delivered, 23);
        if (!list.resume_token(1000).empty()) ++reported;
        list.next_page([&](MaybePage const& page) {
          EXPECT_EQ(page ? ErrorCode::protocol : page.error().code, ErrorCode::invalid_argument);
          ++refused;
        });
        nosy.ask();
      };
      std::vector<std::string> ids;
      for (;;) {
        auto const page = next_page(list);
        ASSERT_TRUE(page) << to_string(page.error());
        if (!*page) break;
        for (auto const& campaign : (*page)->items) ids.push_back(campaign.id);
      }
      EXPECT_EQ(ids, ids_from_to(0, 23));
      EXPECT_EQ(list.report().delivered, 23);
      EXPECT_GE(refused, 5);
      EXPECT_GE(reported, 3) << "the pages before can be resumed from";
      EXPECT_GE(nosy.asked, 5);
    }
}

TEST(LogSink, MayMakeCallsOnEveryThreadOfTheClientAtOnce) {
  Nosy nosy;
  nosy.on_event = [&] { nosy.ask(); };
  constexpr int calls = 50;
  std::atomic<int> ended{0};
  std::promise<void> all;
  for (int i = 0; i < calls; ++i)
    nosy.engine.start<std::string>(text_exchange(Action::read), {}, [&](Result<std::string> const& text) {
      EXPECT_TRUE(text);
      if (++ended == calls) all.set_value();
    });
  all.get_future().get();
  EXPECT_GE(nosy.asked, calls);
}

TEST(LogSink, MayCloseTheClient) {
  Nosy nosy;
  std::atomic<bool> closed{false};
  nosy.on_event = [&] {
    if (closed.exchange(true)) return;
    EXPECT_TRUE(nosy.engine.close({}));
  };
  auto const text = nosy.engine.run(text_exchange(Action::read));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::canceled);
}

TEST(AsyncList, TellsHowFarItIsWhileAPageIsWaitedFor) {
  auto const transport = std::make_shared<HeldTransport>();
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 2}),
                 .transport = transport}};
  AsyncCampaigns list{engine.core(), engine.tasks(), {}, {.prefetch = 1}};
  auto const lines = acme_line(0) + '\n' + acme_line(1);
  std::promise<MaybePage> first;
  list.next_page([&](MaybePage page) { first.set_value(std::move(page)); });
  transport->wait_for(1);
  ASSERT_TRUE(transport->answer("/list", ok("total=4\n" + lines)));
  ASSERT_TRUE(first.get_future().get());
  auto const token = list.resume_token(1000);
  std::promise<MaybePage> second;
  list.next_page([&](MaybePage page) { second.set_value(std::move(page)); });
  transport->wait_for(2);
  EXPECT_EQ(list.report().delivered, 2);
  EXPECT_FALSE(list.report().complete);
  EXPECT_EQ(list.resume_token(0), token) << "all of the page before has been taken";
  ASSERT_TRUE(transport->answer("/list", ok("total=4\n" + acme_line(2) + '\n' + acme_line(3))));
  ASSERT_TRUE(second.get_future().get());
  EXPECT_EQ(list.report().delivered, 4);
}

}  // namespace
}  // namespace polycampaign::test
