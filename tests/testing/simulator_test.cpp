#include "polycampaign/testing/simulator.hpp"

#include "testing/other_program.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::Simulator;
using polycampaign::testing::SimulatorOptions;

std::unique_ptr<Simulator> make(SimulatorOptions options) {
  auto made = Simulator::create(std::move(options));
  if (made) return *std::move(made);
  ADD_FAILURE() << to_string(made.error());
  return nullptr;
}

/// A request that every vendor's simulator answers, with whatever status.
HttpRequest any_request(Simulator const& simulator) {
  return {
      .url = simulator.base_url() + "/anything", .headers = {{"User-Agent", "test"}}, .action = Action::read};
}

TEST(SimulatorCreation, RefusesWhatItDoesNotKnow) {
  struct Case {
    SimulatorOptions options;
    char const* named;
  };
  Case cases[] = {
      {{.provider = "nobody"}, "nobody"},
      {{.provider = ""}, "''"},
      {{.provider = "bsg", .switches = {{"colour", "red"}}}, "colour"},
      {{.provider = "bsg", .switches = {{"fault", "sometimes"}}}, "sometimes"},
      {{.provider = "yeastar", .switches = {{"fault_every", "-1"}}}, "fault_every"},
      {{.provider = "yeastar", .switches = {{"fault_every", ""}}}, "fault_every"},
      {{.provider = "yeastar", .switches = {{"list_key", "5"}}}, "list_key"},
      {{.provider = "yeastar", .switches = {{"list_key", "list|data"}}}, "list_key"},
  };
  for (auto& [options, named] : cases) {
    auto const made = Simulator::create(options);
    ASSERT_FALSE(made) << named;
    EXPECT_EQ(made.error().code, ErrorCode::configuration);
    EXPECT_NE(made.error().message.find(named), std::string::npos) << made.error().message;
  }
}

class EverySimulator : public ::testing::TestWithParam<char const*> {};

TEST_P(EverySimulator, TakesEveryValueOfEverySwitchThatItNames) {
  auto const simulator = make({.provider = GetParam(), .campaigns = 2});
  auto const table = testing::switches_of(*testing::find_simulated_vendor(GetParam()));
  ASSERT_FALSE(table.empty());
  for (auto const& item : table) {
    EXPECT_FALSE(item.summary.empty()) << item.name;
    auto const only_numbers = item.values.find_first_not_of("0123456789|") == std::string_view::npos;
    std::string_view rest = item.values;
    for (bool more = true; more;) {
      auto const end = std::min(rest.find('|'), rest.size());
      EXPECT_TRUE(simulator->set_switch(item.name, rest.substr(0, end)))
          << item.name << ' ' << rest.substr(0, end);
      more = end < rest.size();
      if (more) rest.remove_prefix(end + 1);
    }
    EXPECT_EQ(simulator->set_switch(item.name, "77").has_value(), only_numbers) << item.name;
  }
}

TEST_P(EverySimulator, FaultsComeBeforeTheVendor) {
  auto const simulator = make({.provider = GetParam(), .campaigns = 2});
  struct Case {
    char const* fault;
    int status;
    char const* type;
    char const* retry_after;
  };
  Case const cases[] = {
      {"html502", 502, "text/html", nullptr},
      {"http500", 500, "text/plain", nullptr},
      {"http429", 429, "text/html", nullptr},
      {"http429_retry_after", 429, "text/html", "1"},
  };
  for (auto const& [fault, status, type, retry_after] : cases) {
    ASSERT_TRUE(simulator->set_switch("fault", fault));
    auto const response = simulator->handle(any_request(*simulator));
    EXPECT_EQ(response.status, status);
    ASSERT_TRUE(response.header("content-type"));
    EXPECT_EQ(*response.header("content-type"), type);
    auto const* const wait = response.header("Retry-After");
    EXPECT_EQ(wait ? *wait : "none", retry_after ? retry_after : "none");
  }
}

TEST_P(EverySimulator, FaultHitsEveryNthRequest) {
  auto const simulator = make(
      {.provider = GetParam(), .campaigns = 2, .switches = {{"fault", "http500"}, {"fault_every", "3"}}});
  std::vector<bool> hit;
  for (int i = 0; i < 9; ++i) hit.push_back(simulator->handle(any_request(*simulator)).status == 500);
  EXPECT_EQ(hit, (std::vector<bool>{false, false, true, false, false, true, false, false, true}));
}

TEST_P(EverySimulator, TakesSoManyRequestsASecond) {
  for (auto const* answer : {"plain", "retry_after", "quiet"}) {
    auto const clock = std::make_shared<std::chrono::sys_seconds>(std::chrono::seconds{1'700'000'000});
    auto const simulator = make({.provider = GetParam(),
                                 .campaigns = 2,
                                 .switches = {{"rate_limit", "3"}, {"rate_limit_answer", answer}},
                                 .clock = [clock] { return *clock; }});
    auto const taken = [&](int requests) {
      auto count = 0;
      for (int i = 0; i < requests; ++i) {
        auto const response = simulator->handle(any_request(*simulator));
        if (response.status != 429) {
          ++count;
          continue;
        }
        EXPECT_EQ(response.header("Retry-After") != nullptr, std::string_view{answer} == "retry_after");
      }
      return count;
    };
    EXPECT_EQ(taken(5), 3) << answer;
    *clock += std::chrono::seconds{1};
    EXPECT_EQ(taken(3), 3) << answer;
    EXPECT_EQ(taken(1), 0) << answer;
    ASSERT_TRUE(simulator->set_switch("rate_limit", "0"));
    EXPECT_EQ(taken(9), 9) << answer;
  }
}

TEST_P(EverySimulator, TruncatedAnswersAreHalfABody) {
  auto const simulator = make({.provider = GetParam(), .campaigns = 2});
  auto const whole = simulator->handle(any_request(*simulator));
  ASSERT_TRUE(simulator->set_switch("fault", "truncated"));
  auto const half = simulator->handle(any_request(*simulator));
  EXPECT_EQ(half.status, whole.status);
  EXPECT_EQ(half.body.size(), whole.body.size() / 2);
}

TEST_P(EverySimulator, AddsAndRemovesCampaigns) {
  auto const simulator = make({.provider = GetParam(), .campaigns = 12});
  auto const before = simulator->campaign_ids();
  ASSERT_EQ(before.size(), 12U);
  auto const id = simulator->add_campaign();
  auto const other = simulator->add_campaign();
  EXPECT_NE(id, other);
  auto after = simulator->campaign_ids();
  ASSERT_EQ(after.size(), 14U);
  EXPECT_EQ(after[0], other);
  EXPECT_EQ(after[1], id);
  EXPECT_TRUE(simulator->remove_campaign(id));
  EXPECT_FALSE(simulator->remove_campaign(id));
  EXPECT_FALSE(simulator->remove_campaign("no such id"));
  EXPECT_TRUE(simulator->remove_campaign(other));
  EXPECT_EQ(simulator->campaign_ids(), before);
  // a removed id does not come back
  EXPECT_NE(simulator->add_campaign(), other);
}

TEST_P(EverySimulator, GivesEachSettingThatItsClientNeeds) {
  auto const simulator = make({.provider = GetParam()});
  auto const settings = simulator->settings();
  ASSERT_TRUE(settings.contains("base_url"));
  EXPECT_EQ(settings.find("base_url")->second.reveal(), simulator->base_url());
  EXPECT_GE(settings.size(), 2U);
  for (auto const& [name, value] : settings) EXPECT_FALSE(value.empty()) << name;
}

TEST_P(EverySimulator, AnswersTheSameThroughItsTransportAndOverHttp) {
  auto const simulator = make({.provider = GetParam(), .campaigns = 2});
  auto const near = simulator->handle(any_request(*simulator));
  auto const through = simulator->transport()->send(any_request(*simulator));
  ASSERT_TRUE(through) << to_string(through.error());
  EXPECT_EQ(through->body, near.body);
  ASSERT_TRUE(simulator->serve());
  httplib::Client client{simulator->base_url()};
  auto const far = client.Get("/anything", {{"User-Agent", "test"}});
  ASSERT_TRUE(far);
  EXPECT_EQ(far->body, near.body);
  EXPECT_EQ(far->status, near.status);
  EXPECT_EQ(simulator->count("GET /anything"), 3U);
}

TEST_P(EverySimulator, DiesAtOnceWithConnectionsKeptOpen) {
  auto simulator = make({.provider = GetParam(), .campaigns = 2});
  ASSERT_TRUE(simulator->serve());
  std::vector<std::unique_ptr<httplib::Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<httplib::Client>(simulator->base_url()));
    clients.back()->set_keep_alive(true);
    ASSERT_TRUE(clients.back()->Get("/anything"));
  }
  auto const begin = std::chrono::steady_clock::now();
  simulator.reset();
  // without its own way to drop connections httplib waits for its keep-alive timeout, 60 s here
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

INSTANTIATE_TEST_SUITE_P(All, EverySimulator, ::testing::Values("yeastar", "bsg", "smsup", "dexatel"),
                         [](auto const& test) { return std::string{test.param}; });

TEST(SimulatorLog, MasksCredentialsInTheQueryAndNothingElse) {
  auto const simulator = make({.provider = "yeastar", .campaigns = 1});
  for (auto const* url :
       {"https://h/openapi/v1.0/x?page=1&access_token=abc&page_size=5", "/x?token=abc",
        "https://h/x?access_token", "/x?filter%5Bfrom%5D=2024-01-01+00:00", "/x?&a=b&", "/x"})
    static_cast<void>(simulator->handle({.url = url}));
  EXPECT_EQ(simulator->requests(),
            (std::vector<std::string>{"GET /openapi/v1.0/x?page=1&access_token=***&page_size=5",
                                      "GET /x?token=***", "GET /x?access_token",
                                      "GET /x?filter%5Bfrom%5D=2024-01-01+00:00", "GET /x?&a=b&", "GET /x"}));
  EXPECT_EQ(simulator->count("GET /x"), 5U);
  EXPECT_EQ(simulator->count("abc"), 0U);
}

TEST(SimulatorServer, RefusesAPortThatIsTakenAndServingTwice) {
  auto const first = make({.provider = "bsg"});
  ASSERT_TRUE(first->serve());
  auto const again = first->serve();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  auto const port = static_cast<std::uint16_t>(std::stoi(first->base_url().substr(17)));
  auto const second = make({.provider = "bsg", .port = port});
  auto const taken = second->serve();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::network);
  EXPECT_NE(taken.error().message.find(std::to_string(port)), std::string::npos);
}

TEST(SimulatorServer, MayServeOnAPortThatWasJustLeft) {
  auto first = make({.provider = "yeastar"});
  ASSERT_TRUE(first->serve());
  auto const url = first->base_url();
  ASSERT_TRUE(httplib::Client{url}.Get("/anything"));
  first.reset();
  auto const second =
      make({.provider = "yeastar", .port = static_cast<std::uint16_t>(std::stoi(url.substr(17)))});
  ASSERT_TRUE(second->serve());
  EXPECT_EQ(second->base_url(), url);
  EXPECT_TRUE(httplib::Client{url}.Get("/anything"));
}

TEST(SimulatorServer, KeepsConnectionsWhereTheVendorDoes) {
  for (auto const& [provider, closes] : {std::pair{"bsg", false}, std::pair{"yeastar", true}}) {
    auto const simulator = make({.provider = provider});
    ASSERT_TRUE(simulator->serve());
    httplib::Client client{simulator->base_url()};
    client.set_keep_alive(true);
    for (int i = 0; i < 3; ++i) {
      auto const response = client.Get("/anything");
      ASSERT_TRUE(response) << provider;
      EXPECT_EQ(response->get_header_value("Connection") == "close", closes) << provider;
      EXPECT_EQ(response->has_header("Keep-Alive"), !closes) << provider;
    }
  }
}

TEST(SimulatorServer, PassesBracketsBodiesAndHeadersAsSent) {
  auto const simulator = make({.provider = "bsg"});
  ASSERT_TRUE(simulator->serve());
  httplib::Client client{simulator->base_url()};
  client.set_url_encode(false);
  ASSERT_TRUE(client.Get("/a?page[offset]=0&page%5Blimit%5D=30&x=%C3%A9"));
  EXPECT_EQ(simulator->count("GET /a?page[offset]=0&page%5Blimit%5D=30&x=%C3%A9"), 1U);
  auto const refused = client.Post("/api/auth/login", R"({"api_key":"wrong"})", "application/json");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 401);
  for (auto const* method : {"PUT", "PATCH", "DELETE", "OPTIONS"}) {
    httplib::Request request;
    request.method = method;
    request.path = "/api/campaigns/1";
    ASSERT_TRUE(client.send(request)) << method;
    EXPECT_EQ(simulator->count(std::string{method} + " /api/campaigns/1"), 1U);
  }
}

TEST(SimulatorServer, AnswersManyClientsThatConnectAtOnce) {
  auto const simulator = make({.provider = "yeastar", .campaigns = 5});
  ASSERT_TRUE(simulator->serve());
  constexpr int clients = 48;
  std::atomic<int> good{0};
  std::promise<void> begin;
  auto const started = begin.get_future().share();
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i)
    threads.emplace_back([&] {
      started.wait();
      httplib::Client client{simulator->base_url()};
      client.set_connection_timeout(30s);
      client.set_read_timeout(30s);
      for (int k = 0; k < 3; ++k)
        if (auto const response = client.Get("/anything"); response && response->status == 200) ++good;
    });
  begin.set_value();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, clients * 3);
  EXPECT_EQ(simulator->requests().size(), 3U * clients);
}

TEST(SimulatorServer, IsSpokenToByCurl) {
  if (!has_program("curl")) GTEST_SKIP() << "curl is not installed";
  auto const simulator = make({.provider = "dexatel", .campaigns = 1});
  ASSERT_TRUE(simulator->serve());
  auto const out = output_of("curl -sS -o /dev/null -w '%{http_code} %{content_type}' '" +
                             simulator->base_url() + "/anything'");
  EXPECT_EQ(out.substr(0, 1), "4") << out;
  EXPECT_NE(out.find("application/json"), std::string::npos) << out;
}

TEST(InProcessTransport, OutlivesTheSimulatorAndObeysItsCaller) {
  auto simulator = make({.provider = "bsg"});
  auto const transport = simulator->transport();
  auto const request = any_request(*simulator);
  CancelSource source;
  source.cancel();
  auto const canceled = transport->send(request, {.cancel = source.token()});
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);

  auto const gate = std::make_shared<SendGate>();
  ASSERT_TRUE(gate->abandon());
  auto const given_up = transport->send(request, {.gate = gate});
  ASSERT_FALSE(given_up);
  EXPECT_EQ(given_up.error().code, ErrorCode::canceled);
  EXPECT_TRUE(simulator->requests().empty());

  simulator.reset();
  EXPECT_TRUE(transport->send(request));
}

TEST(SimulatorThreads, MayAllBeUsedAtOnce) {
  auto const simulator = make({.provider = "bsg", .campaigns = 20});
  ASSERT_TRUE(simulator->serve());
  auto const transport = simulator->transport();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int k = 0; k < 50; ++k) {
        static_cast<void>(transport->send(any_request(*simulator)));
        if (i == 0) simulator->remove_campaign(simulator->add_campaign());
        if (i == 1) static_cast<void>(simulator->set_switch("profile", k % 2 == 0 ? "web" : "spec"));
        if (i == 2) simulator->expire_tokens();
        if (i == 3) static_cast<void>(simulator->requests());
        if (i == 4) static_cast<void>(simulator->settings());
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(simulator->count("GET /anything"), 400U);
  EXPECT_EQ(simulator->campaign_ids().size(), 20U);
}

}  // namespace
}  // namespace polycampaign::test
