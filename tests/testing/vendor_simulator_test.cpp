// The kit as somebody outside of the library sees it: public headers only.
#include "testing/courier.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <set>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using testing::SimulatedVendor;
using testing::Simulator;
using testing::SimulatorOptions;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{2026y / 2 / 3};

/// A courier's account, logged in to.
struct Account {
  explicit Account(SimulatorOptions options = {}) {
    if (!options.clock) options.clock = [] { return now; };
    auto made = Simulator::create(courier, std::move(options));
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
  }
  HttpResponse ask(std::string const& path, std::string method = "GET", std::string key = {}) {
    HttpRequest request{
        .method = std::move(method), .url = simulator->base_url() + path, .action = Action::read};
    if (!key.empty()) request.headers.push_back({"X-Key", std::move(key)});
    auto answer = transport ? transport->send(std::move(request)) : simulator->handle(request);
    if (!answer) ADD_FAILURE() << to_string(answer.error());
    return answer.value_or(HttpResponse{});
  }
  std::string log_in() {
    return ask("/ticket", "POST", std::string{simulator->settings().find("key")->second.reveal()}).body;
  }
  std::vector<std::string> list(std::string const& ticket, int page = 0) {
    auto const body = ask("/jobs?ticket=" + ticket + "&page=" + std::to_string(page)).body;
    std::vector<std::string> ids;
    for (std::size_t at = 0; at < body.size(); at = body.find('\n', at) + 1)
      ids.push_back(body.substr(at, body.find('\n', at) - at));
    return ids;
  }
  std::unique_ptr<Simulator> simulator;
  std::shared_ptr<Transport> transport;
};

Error refusal(SimulatedVendor const& vendor, SimulatorOptions options = {}) {
  auto made = Simulator::create(vendor, std::move(options));
  return made ? Error{.message = "nothing was refused"} : std::move(made).error();
}

TEST(VendorKit, AnswersByTheVendorsOwnRules) {
  Account account{{.campaigns = 25}};
  EXPECT_EQ(account.simulator->base_url(), "https://courier.simulator.invalid");
  EXPECT_EQ(account.ask("/jobs").status, 401);
  EXPECT_EQ(account.ask("/ticket", "POST", "wrong").status, 403);
  auto const ticket = account.log_in();
  std::vector<std::string> truth;
  for (auto const& campaign : account.simulator->campaigns()) truth.push_back(campaign.id);
  std::vector<std::string> listed;
  for (int page = 0; page < 4; ++page)
    for (auto& id : account.list(ticket, page)) listed.push_back(std::move(id));
  EXPECT_EQ(listed, truth);
  EXPECT_EQ(listed.front(), "10000000000001024");
  EXPECT_EQ(account.ask("/jobs/10000000000001024?ticket=" + ticket).body,
            account.simulator->campaigns().front().name);
  EXPECT_EQ(account.ask("/jobs/1?ticket=" + ticket).status, 404);
}

TEST(VendorKit, IsServedOverHttpLikeEveryOther) {
  Account account{{.campaigns = 25}};
  auto const near = account.list(account.log_in());
  ASSERT_TRUE(account.simulator->serve());
  EXPECT_TRUE(account.simulator->base_url().starts_with("http://127.0.0.1:"));
  auto transport = make_curl_transport();
  ASSERT_TRUE(transport) << to_string(transport.error());
  account.transport = *transport;
  EXPECT_EQ(account.list(account.log_in()), near);
  auto const answer = account.ask("/jobs");
  ASSERT_TRUE(answer.header("Connection"));
  EXPECT_EQ(*answer.header("Connection"), "close");
}

TEST(VendorKit, HasItsOwnSwitchesAndTheCommonOnes) {
  std::vector<std::string_view> names;
  for (auto const& item : testing::switches_of(courier)) names.push_back(item.name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"order", "page_size", "mood", "fault", "fault_every",
                                                  "rate_limit", "rate_limit_answer", "stage"}));

  Account account{{.campaigns = 25, .switches = {{"order", "oldest"}, {"page_size", "7"}}}};
  auto const ticket = account.log_in();
  EXPECT_EQ(account.list(ticket),
            (std::vector<std::string>{"10000000000001000", "10000000000001001", "10000000000001002",
                                      "10000000000001003", "10000000000001004", "10000000000001005",
                                      "10000000000001006"}));
  ASSERT_TRUE(account.simulator->set_switch("order", "newest"));
  EXPECT_EQ(account.list(ticket).front(), "10000000000001024");
  ASSERT_TRUE(account.simulator->set_switch("fault", "html502"));
  EXPECT_EQ(account.ask("/jobs").status, 502);
  ASSERT_TRUE(account.simulator->set_switch("fault_every", "2"));
  EXPECT_EQ(account.ask("/jobs").status + account.ask("/jobs").status, 502 + 401);

  auto const unknown = account.simulator->set_switch("colour", "red");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::configuration);
  EXPECT_EQ(unknown.error().message, "the courier simulator has no switch 'colour'");
  EXPECT_EQ(refusal(courier, {.switches = {{"order", "upwards"}}}).message,
            "switch 'order' of the courier simulator takes newest|oldest, not 'upwards'");
}

TEST(VendorKit, AddsRemovesAndExpires) {
  Account account{{.campaigns = 3}};
  auto const ticket = account.log_in();
  auto const id = account.simulator->add_campaign();
  EXPECT_EQ(id, "10000000000001003");
  EXPECT_EQ(account.list(ticket), (std::vector<std::string>{"10000000000001003", "10000000000001002",
                                                            "10000000000001001", "10000000000001000"}));
  EXPECT_EQ(account.simulator->campaigns().front().created, now);
  EXPECT_TRUE(account.simulator->remove_campaign("10000000000001001"));
  EXPECT_EQ(account.list(ticket),
            (std::vector<std::string>{"10000000000001003", "10000000000001002", "10000000000001000"}));
  account.simulator->expire_tokens();
  EXPECT_EQ(account.ask("/jobs?ticket=" + ticket).status, 401);
  EXPECT_EQ(account.list(account.log_in()).size(), 3U);
}

TEST(VendorKit, SaysWhatAListShowsAndWhatTheLogHides) {
  Account account{{.campaigns = 60}};
  std::set<std::string> shown;
  for (auto const& campaign : account.simulator->campaigns())
    if (campaign.status != StatusCode::failed) shown.insert(campaign.id);
  EXPECT_LT(shown.size(), 60U);
  auto const ids = account.simulator->campaign_ids();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()), shown);
  account.ask("/jobs?ticket=abc&token=seen");
  EXPECT_EQ(account.simulator->requests(), std::vector<std::string>{"GET /jobs?ticket=***&token=seen"});
  EXPECT_EQ(account.simulator->count("abc"), 0U);
}

TEST(VendorKit, AnswersAnExceptionAsABrokenServerWould) {
  Account account{{.campaigns = 3, .switches = {{"mood", "bad"}}}};
  auto const path = "/jobs/10000000000001000?ticket=" + account.log_in();
  for (auto const& transport : {std::shared_ptr<Transport>{}, account.simulator->transport()}) {
    account.transport = transport;
    auto const answer = account.ask(path);
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("in a bad mood"), std::string::npos) << answer.body;
  }
}

TEST(VendorKit, RefusesAVendorThatIsNone) {
  for (auto const* name : {"", "Courier", "a b", "a.b", "a/b", "é"}) {
    auto vendor = courier;
    vendor.name = name;
    auto const error = refusal(vendor);
    EXPECT_EQ(error.code, ErrorCode::configuration);
    EXPECT_NE(error.message.find("'" + std::string{name} + "'"), std::string::npos) << error.message;
  }
  EXPECT_NE(refusal({.name = "courier", .switches = courier.switches}).message.find("courier"),
            std::string::npos);
  EXPECT_NE(refusal({.name = "courier", .make = courier.make}).message.find("courier"), std::string::npos);
  auto vendor = courier;
  vendor.make = [](SimulatorOptions) { return std::unique_ptr<testing::VendorSimulator>{}; };
  EXPECT_EQ(refusal(vendor).message,
            "the simulated vendor 'courier' could not be created: its make function returned null");
  vendor = courier;
  vendor.switches = []() noexcept -> std::span<testing::Switch const> {
    static constexpr testing::Switch own[] = {{"fault", "none|mine", "what is the library's already"}};
    return own;
  };
  EXPECT_EQ(refusal(vendor).message, "the simulated vendor 'courier' has more than one switch 'fault'");
}

TEST(VendorKit, IsFoundByNameForTheLibrarysOwnVendorsOnly) {
  std::vector<std::string_view> names;
  for (auto const& vendor : testing::simulated_vendors()) {
    names.push_back(vendor.name);
    EXPECT_EQ(testing::find_simulated_vendor(vendor.name), &vendor);
  }
  std::vector<std::string_view> expected;
  for (auto const& provider : providers()) expected.push_back(provider.name);
  EXPECT_EQ(names, expected);
  EXPECT_EQ(testing::find_simulated_vendor("courier"), nullptr);
}

TEST(PageOf, TakesAnyNumbers) {
  std::vector<int> const all{0, 1, 2, 3, 4};
  auto const page = [&](std::int64_t first, std::int64_t count) {
    auto const part = testing::page_of(all, first, count);
    return std::vector<int>{part.begin(), part.end()};
  };
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(page(0, 2), (std::vector<int>{0, 1}));
  EXPECT_EQ(page(3, 2), (std::vector<int>{3, 4}));
  EXPECT_EQ(page(4, 2), (std::vector<int>{4}));
  EXPECT_EQ(page(5, 2), std::vector<int>{});
  EXPECT_EQ(page(most, most), std::vector<int>{});
  EXPECT_EQ(page(2, most), (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(page(least, 1), (std::vector<int>{0}));
  EXPECT_EQ(page(2, least), std::vector<int>{});
}

}  // namespace
}  // namespace polycampaign::test
