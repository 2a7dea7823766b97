#include "polycampaign/testing/simulator.hpp"

#include "testing/other_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// What goes wrong before a vendor sees a request, and after it has carried the request out.
namespace polycampaign::test::faults_of_simulators {
namespace {

using nlohmann::json;
using polycampaign::testing::SimulatedFault;
using polycampaign::testing::Simulator;

/// An account at Dexatel, where a test sees in `lists` which requests were carried out.
struct Account {
  Account() {
    auto made = Simulator::create({.provider = "dexatel", .campaigns = 3});
    EXPECT_TRUE(made);
    simulator = *std::move(made);
    generated = simulator->lists().size();
  }
  [[nodiscard]] std::string key() const {
    return std::string{simulator->settings().find("api_key")->second.reveal()};
  }
  /// Creates an audience with that name.
  [[nodiscard]] HttpRequest request(std::string const& name) const {
    return {.method = "POST",
            .url = simulator->base_url() + "/v1/audiences",
            .headers = {{"X-Dexatel-Key", key()}, {"Content-Type", "application/json"}},
            .body = json{{"data", {{"name", name}, {"channel", "SMS"}}}}.dump(),
            .action = Action::write};
  }
  [[nodiscard]] std::string curl(std::string const& name) const {
    return output_of("{ curl -sS --max-time 20 -w '\n%{http_code}' -H 'X-Dexatel-Key: " + key() +
                         "' -H 'Content-Type: application/json' --data-binary @- '" + simulator->base_url() +
                         "/v1/audiences' 2>&1; echo \" exit $?\"; }",
                     request(name).body);
  }
  /// The names of the audiences that were really created.
  [[nodiscard]] std::vector<std::string> created() const {
    std::vector<std::string> names;
    for (auto const& list : simulator->lists()) names.push_back(list.name);
    names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(generated));
    return names;
  }

  std::unique_ptr<Simulator> simulator;
  std::size_t generated = 0;
};

struct FaultCase {
  char const* name;
  SimulatedFault fault;
  bool carried_out;
  int status;  ///< 0: no response
};
constexpr FaultCase fault_cases[] = {
    {"refused", SimulatedFault::refused, false, 0},
    {"unavailable", SimulatedFault::unavailable, false, 502},
    {"rate_limited", SimulatedFault::rate_limited, false, 429},
    {"lost", SimulatedFault::lost, true, 0},
    {"cut", SimulatedFault::cut, true, 201},
    {"replaced", SimulatedFault::replaced, true, 502},
    {"timed_out", SimulatedFault::timed_out, true, 504},
};

class PlannedFault : public ::testing::TestWithParam<FaultCase> {};
INSTANTIATE_TEST_SUITE_P(All, PlannedFault, ::testing::ValuesIn(fault_cases),
                         [](auto const& tested) { return std::string{tested.param.name}; });

TEST_P(PlannedFault, MeetsOneRequest) {
  auto const& [name, fault, carried_out, status] = GetParam();
  Account const account;
  account.simulator->fail_next("POST /v1/audiences", fault);
  auto const response = account.simulator->handle(account.request("first"));
  EXPECT_EQ(response.status, status);
  EXPECT_EQ(account.created(), carried_out ? std::vector<std::string>{"first"} : std::vector<std::string>{});
  EXPECT_EQ(account.simulator->requests(), std::vector<std::string>{"POST /v1/audiences"});

  auto const second = account.simulator->handle(account.request("second"));
  EXPECT_EQ(second.status, 201) << "the next one is answered: " << second.body;
  EXPECT_EQ(account.created().back(), "second");
  if (fault == SimulatedFault::rate_limited) {
    EXPECT_EQ(*response.header("Retry-After"), "0");
  }
  if (status >= 429) {
    EXPECT_EQ(*response.header("Content-Type"), "text/html") << "a proxy";
    EXPECT_NE(response.body.find(std::to_string(status)), std::string::npos);
  }
  if (fault == SimulatedFault::cut) {
    EXPECT_TRUE(json::parse(response.body, nullptr, false).is_discarded());
    EXPECT_GT(response.body.size(), 20U);
  }
}

TEST_P(PlannedFault, IsAFailureToATransport) {
  auto const& [name, fault, carried_out, status] = GetParam();
  Account const account;
  account.simulator->fail_next("audiences", fault);
  auto const response = account.simulator->transport()->send(account.request("first"));
  ASSERT_EQ(response.has_value(), status != 0);
  EXPECT_EQ(account.created().size(), carried_out ? 1U : 0U);
  if (response) {
    EXPECT_EQ(response->status, status);
  } else {
    EXPECT_EQ(response.error().code, ErrorCode::network);
    EXPECT_EQ(response.error().effect, carried_out ? Effect::unknown : Effect::none);
  }
}

TEST_P(PlannedFault, LooksTheSameOverHttp) {
  if (!has_program("curl")) GTEST_SKIP() << "curl is not installed";
  auto const& [name, fault, carried_out, status] = GetParam();
  Account const account;
  ASSERT_TRUE(account.simulator->serve());
  account.simulator->fail_next("audiences", fault);
  auto const seen = account.curl("first");
  EXPECT_EQ(account.created().size(), carried_out ? 1U : 0U) << seen;
  if (status == 0) {
    EXPECT_EQ(seen.find("exit 0"), std::string::npos) << "no whole response: " << seen;
  } else {
    EXPECT_NE(seen.find('\n' + std::to_string(status) + " exit 0"), std::string::npos) << seen;
  }
  auto const next = account.curl("second");
  EXPECT_NE(next.find("\n201 exit 0"), std::string::npos) << next;
  EXPECT_EQ(account.created().back(), "second");
}

TEST(PlannedFaults, WaitForTheirRequestAndComeInOrder) {
  Account const account;
  auto& simulator = *account.simulator;
  simulator.fail_next("/v1/audiences", SimulatedFault::unavailable);
  simulator.fail_next("/v1/audiences", SimulatedFault::replaced);
  simulator.fail_next("/v1/senders", SimulatedFault::unavailable);
  auto other = account.request("x");
  other.method = "GET";
  other.url = simulator.base_url() + "/v1/campaigns";
  EXPECT_EQ(simulator.handle(other).status, 200) << "none of them is meant";
  EXPECT_EQ(simulator.handle(account.request("first")).status, 502);
  EXPECT_TRUE(account.created().empty());
  EXPECT_EQ(simulator.handle(account.request("second")).status, 502);
  EXPECT_EQ(account.created(), std::vector<std::string>{"second"});
  EXPECT_EQ(simulator.handle(account.request("third")).status, 201);
  other.url = simulator.base_url() + "/v1/senders";
  EXPECT_EQ(simulator.handle(other).status, 502);
  EXPECT_EQ(simulator.handle(other).status, 200);
}

TEST(FaultSwitches, LoseTheAnswerOfWhatWasCarriedOut) {
  Account const account;
  for (auto const* const fault : {"html502_after", "lost"}) {
    ASSERT_TRUE(account.simulator->set_switch("fault", fault));
    auto const response = account.simulator->handle(account.request(fault));
    EXPECT_EQ(account.created().back(), fault) << "the vendor has carried it out";
    if (std::string_view{fault} == "html502_after") {
      EXPECT_EQ(response.status, 502);
      EXPECT_EQ(*response.header("Content-Type"), "text/html");
      continue;
    }
    EXPECT_EQ(response.status, 0);
    auto const sent = account.simulator->transport()->send(account.request("again"));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, ErrorCode::network);
    EXPECT_EQ(sent.error().effect, Effect::unknown);
    EXPECT_EQ(account.created().back(), "again");
  }
}

TEST(FaultSwitches, LoseEveryNthAnswer) {
  Account const account;
  ASSERT_TRUE(account.simulator->set_switch("fault", "lost"));
  ASSERT_TRUE(account.simulator->set_switch("fault_every", "3"));
  std::string seen;
  for (int i = 1; i <= 6; ++i)
    seen += account.simulator->handle(account.request("a" + std::to_string(i))).status == 0 ? 'l' : 'a';
  EXPECT_EQ(seen, "aalaal");
  EXPECT_EQ(account.created().size(), 6U);
}

TEST(FaultSwitches, LoseTheAnswerOverHttp) {
  if (!has_program("curl")) GTEST_SKIP() << "curl is not installed";
  Account const account;
  ASSERT_TRUE(account.simulator->serve());
  ASSERT_TRUE(account.simulator->set_switch("fault", "html502_after"));
  auto const replaced = account.curl("first");
  EXPECT_NE(replaced.find("502 Bad Gateway"), std::string::npos) << replaced;
  EXPECT_NE(replaced.find("\n502 exit 0"), std::string::npos) << replaced;
  ASSERT_TRUE(account.simulator->set_switch("fault", "lost"));
  auto const lost = account.curl("second");
  EXPECT_EQ(lost.find("exit 0"), std::string::npos) << lost;
  EXPECT_EQ(lost.find("\"data\""), std::string::npos) << lost;
  EXPECT_EQ(account.created(), (std::vector<std::string>{"first", "second"}));
}

}  // namespace
}  // namespace polycampaign::test::faults_of_simulators
