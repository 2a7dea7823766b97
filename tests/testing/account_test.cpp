#include "polycampaign/testing/simulated_account.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What happens to simulated campaigns as time passes.
namespace polycampaign::inline v1::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;
using enum StatusCode;

constexpr sys_seconds start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 10h;

/// A vendor's simulator whose clock the test moves.
class Moving {
 public:
  explicit Moving(std::string_view vendor, std::size_t campaigns = 60, std::string stage = "600") {
    auto made = Simulator::create({.provider = std::string{vendor},
                                   .campaigns = campaigns,
                                   .switches = {{"stage", std::move(stage)}},
                                   .clock = [this] { return now; }});
    EXPECT_TRUE(made);
    simulator = *std::move(made);
  }
  [[nodiscard]] SimulatedCampaign campaign(std::string_view id) const {
    for (auto& campaign : simulator->campaigns())
      if (campaign.id == id) return campaign;
    ADD_FAILURE() << "no campaign " << id;
    return {};
  }
  /// Each campaign's status now, by id.
  [[nodiscard]] std::map<std::string, StatusCode> statuses() const {
    std::map<std::string, StatusCode> all;
    for (auto const& campaign : simulator->campaigns()) all.emplace(campaign.id, campaign.status);
    return all;
  }

  sys_seconds now = start;
  std::unique_ptr<Simulator> simulator{};
};

void expect_consistent(SimulatedCampaign const& campaign, std::string_view vendor) {
  auto const& n = campaign.counters;
  SCOPED_TRACE(std::string{vendor} + ' ' + campaign.id + ' ' + std::string{to_string(campaign.status)});
  EXPECT_EQ(n.recipients, n.filtered + n.messages);
  EXPECT_EQ(n.messages,
            n.pending + n.in_flight + n.delivered + n.undelivered + n.expired + n.failed + n.unreported);
  for (auto const count : {n.pending, n.in_flight, n.delivered, n.undelivered, n.expired, n.failed,
                           n.unreported, n.read, n.replies, n.opt_outs})
    EXPECT_GE(count, 0);
  EXPECT_EQ(campaign.status == completed, campaign.finished.has_value() && campaign.status != canceled);
  if (campaign.started) {
    EXPECT_LE(*campaign.started, campaign.updated);
  }
  if (campaign.started && campaign.scheduled) {
    EXPECT_LE(*campaign.scheduled, *campaign.started);
  }
  if (campaign.status == completed) {
    EXPECT_EQ(n.pending, 0);
  }
}

class Course : public ::testing::TestWithParam<std::string_view> {};

// the state machines of the vendors' documents
std::map<std::string_view, std::set<std::pair<StatusCode, StatusCode>>> const steps{
    {"bsg",
     {{moderation, scheduled},
      {moderation, sending},
      {moderation, rejected},
      {queued, sending},
      {scheduled, sending},
      {sending, completed}}},
    {"dexatel", {{scheduled, sending}, {sending, completed}, {sending, failed}}},
    {"smsup",
     {{moderation, scheduled},
      {moderation, sending},
      {moderation, rejected},
      {scheduled, sending},
      {sending, completed}}},
    {"yeastar", {{scheduled, queued}, {queued, sending}, {sending, completed}, {retrying, completed}}},
};

TEST_P(Course, TakesOnlyTheStepsOfTheVendor) {
  Moving account{GetParam(), 80};
  std::set<std::pair<StatusCode, StatusCode>> seen;
  auto before = account.statuses();
  // steps shorter than a stage: no state is passed over
  for (int minutes = 0; minutes < 3 * 24 * 60; minutes += 9) {
    account.now = start + std::chrono::minutes{minutes};
    if (minutes == 720) static_cast<void>(account.simulator->add_campaign());
    auto const campaigns = account.simulator->campaigns();
    for (auto const& campaign : campaigns) {
      auto const found = before.find(campaign.id);
      if (found == before.end() || found->second == campaign.status) continue;
      seen.emplace(found->second, campaign.status);
      expect_consistent(campaign, GetParam());
    }
    before = account.statuses();
  }
  auto const& documented = steps.at(GetParam());
  for (auto const& [from, to] : seen)
    EXPECT_TRUE(documented.contains({from, to})) << to_string(from) << " to " << to_string(to);
  // in a month all that waited or ran has ended
  account.now = start + 30 * 24h;
  before = account.statuses();
  std::set<StatusCode> const resting{completed, canceled, rejected, failed, draft, paused, interrupted};
  for (auto const& [id, status] : before) EXPECT_TRUE(resting.contains(status)) << to_string(status);
  EXPECT_TRUE(seen.contains({sending, completed}));
}

TEST_P(Course, StandsStillWithinAStage) {
  Moving account{GetParam()};
  auto const before = account.statuses();
  account.now = start + 599s;
  EXPECT_EQ(account.statuses(), before);
  account.now = start + 600s;
  EXPECT_NE(account.statuses(), before);
}

TEST_P(Course, IsTheSameInOneLeapAsInManySteps) {
  Moving leap{GetParam()};
  Moving steps_taken{GetParam()};
  for (int minutes = 0; minutes <= 3 * 24 * 60; minutes += 3) {
    steps_taken.now = start + std::chrono::minutes{minutes};
    static_cast<void>(steps_taken.simulator->campaigns());
  }
  leap.now = steps_taken.now;
  auto const one = leap.simulator->campaigns();
  auto const other = steps_taken.simulator->campaigns();
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].status, other[i].status);
    EXPECT_EQ(one[i].since, other[i].since) << one[i].id << ' ' << to_string(one[i].status);
    EXPECT_EQ(one[i].counters.delivered, other[i].counters.delivered);
    EXPECT_EQ(one[i].cost, other[i].cost);
  }
}

TEST_P(Course, LastsAsLongAsTheSwitchSays) {
  Moving account{GetParam(), 10, "5"};
  auto const id = account.simulator->add_campaign();
  account.now = start + 30 * 24h;
  EXPECT_EQ(account.campaign(id).status == completed || account.campaign(id).status == failed, true);
  auto const campaign = account.campaign(id);
  ASSERT_TRUE(campaign.started);
  EXPECT_LE(campaign.updated - start, 60s + 10 * 10s)
      << "it waits for those before it, and for no stage of 600 s";
}

INSTANTIATE_TEST_SUITE_P(All, Course, ::testing::Values("bsg", "dexatel", "smsup", "yeastar"),
                         [](auto const& vendor) { return std::string{vendor.param}; });

TEST(Course, OfAPlannedCampaignBeginsAtItsTime) {
  Moving account{"dexatel"};
  auto const campaigns = account.simulator->campaigns();
  auto const found = std::ranges::find(campaigns, scheduled, &SimulatedCampaign::status);
  ASSERT_NE(found, campaigns.end());
  account.now = *found->scheduled - 1s;
  EXPECT_EQ(account.campaign(found->id).status, scheduled);
  account.now = *found->scheduled;
  auto const begun = account.campaign(found->id);
  EXPECT_EQ(begun.status, sending);
  EXPECT_EQ(begun.started, found->scheduled);
  EXPECT_GT(begun.counters.delivered, 0);
  EXPECT_GT(begun.counters.pending, 0);
}

TEST(Course, OfAPbxExecutesOneCampaignAtATime) {
  Moving account{"yeastar", 20};
  std::vector<std::string> added;
  for (int i = 0; i < 5; ++i) added.push_back(account.simulator->add_campaign());
  // those that were generated have ended by then
  account.now = start + 2h;
  for (int minutes = 120; minutes < 600; minutes += 5) {
    account.now = start + std::chrono::minutes{minutes};
    auto const campaigns = account.simulator->campaigns();
    EXPECT_LE(std::ranges::count_if(campaigns,
                                    [](auto const& campaign) {
                                      return campaign.status == sending || campaign.status == retrying;
                                    }),
              1);
  }
  for (auto const& id : added) EXPECT_EQ(account.campaign(id).status, completed);
}

TEST(Course, CostsWhatHasBeenHandedOver) {
  Moving account{"bsg", 5};
  auto const id = account.simulator->add_campaign();
  EXPECT_EQ(account.campaign(id).cost, "0.00");
  account.now = start + 24h;
  auto const ended = account.campaign(id);
  EXPECT_EQ(ended.status, completed);
  EXPECT_NE(ended.cost, "0.00");
  EXPECT_EQ(ended.currency, "USD");
}

TEST(SimulatedAccount, ChangesWhatItIsTold) {
  CampaignShape const shape{};
  SimulatedAccount account{shape, "acme", 1, 3, start};
  auto const id = account.add(start).id;
  EXPECT_EQ(account.campaigns().size(), 4U);
  EXPECT_TRUE(account.enter(id, canceled, start + 1min));
  ASSERT_NE(account.find(id), nullptr);
  EXPECT_EQ(account.find(id)->status, canceled);
  EXPECT_EQ(account.find(id)->finished, start + 1min);
  EXPECT_TRUE(account.remove(id));
  EXPECT_FALSE(account.remove(id));
  EXPECT_FALSE(account.enter(id, completed, start));
  EXPECT_EQ(account.find(id), nullptr);
}

TEST(SimulatedAccount, DoesNotGoBackInTime) {
  CampaignShape const shape{};
  SimulatedAccount account{shape, "acme", 1, 3, start};
  auto const id = account.add(start).id;
  auto const ends = [](SimulatedCampaign const&) { return completed; };
  account.advance(start + 1h, 60s, ends);
  EXPECT_EQ(account.find(id)->status, completed);
  account.advance(start, 60s, ends);
  EXPECT_EQ(account.find(id)->status, completed);
}

TEST(SimulatedAccount, OfAVendorThatGoesInCirclesComesToAnEnd) {
  CampaignShape const shape{};
  SimulatedAccount account{shape, "acme", 1, 3, start};
  static_cast<void>(account.add(start));
  account.advance(start + 1000h, 1s, [](SimulatedCampaign const& campaign) {
    return campaign.status == sending ? retrying : sending;
  });
  EXPECT_EQ(account.campaigns().size(), 4U);
}

}  // namespace
}  // namespace polycampaign::inline v1::testing
