#include "polycampaign/testing/simulated_account.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

/// What an account keeps of the campaigns that requests create: who was reached, when, and by which request.
namespace polycampaign::test::ledger {
namespace {

using namespace std::chrono_literals;
using namespace polycampaign::testing;
using std::chrono::sys_seconds;
using enum StatusCode;

constexpr sys_seconds birth = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 10h;

constexpr StatusCode all_statuses[] = {draft,    queued,    scheduled, moderation, sending,
                                       retrying, completed, canceled,  failed,     rejected};
constexpr CampaignShape counting{
    .statuses = all_statuses, .filters = true, .counts_expired = true, .currency = "credits"};

/// An account of its own, and what a request sends to `count` people.
struct Ledger {
  [[nodiscard]] static SimulatedOrder order(int count) {
    SimulatedOrder order{.sender = "ACME", .text = "Hello"};
    for (int i = 0; i < count; ++i)
      order.recipients.push_back({.number = "+4178" + std::to_string(1'000'000 + i)});
    return order;
  }
  /// Brings the account to that time; each status lasts a minute.
  void advance(sys_seconds to, StatusCode after_sending = completed) {
    account.advance(to, 60s, [&](SimulatedCampaign const& campaign) {
      auto const status = campaign.status;
      return status == queued || status == scheduled ? sending
             : status == sending                     ? after_sending
             : status == retrying                    ? completed
                                                     : status;
    });
  }
  /// How many of the campaign's recipients have that outcome.
  [[nodiscard]] std::int64_t count(std::string const& id, char outcome) const {
    return std::ranges::count(account.find(id)->outcomes, outcome);
  }
  void expect_ledger(std::string const& id) const {
    auto const& campaign = *account.find(id);
    auto const& n = campaign.counters;
    EXPECT_EQ(n.recipients, n.filtered + n.messages);
    EXPECT_EQ(n.messages,
              n.pending + n.in_flight + n.delivered + n.undelivered + n.expired + n.failed + n.unreported);
    EXPECT_EQ(campaign.finished.has_value(), campaign.status == completed || campaign.status == canceled);
    EXPECT_EQ(count(id, 'w'), n.pending);
    EXPECT_EQ(count(id, 'r'), n.delivered);
    EXPECT_EQ(count(id, 'f'), n.failed);
    EXPECT_EQ(count(id, 'e'), n.expired);
    std::set<std::string> numbers;
    for (auto const& each : account.reached()) {
      if (each.campaign != id) continue;
      EXPECT_TRUE(numbers.insert(each.number).second) << "twice: " << each.number;
    }
    EXPECT_EQ(static_cast<std::int64_t>(numbers.size()), n.delivered);
  }

  SimulatedAccount account{counting, "acme", 1, 3, birth};
};

TEST(SimulatedLedger, NamesWhoWasReachedWhenAndByWhichRequest) {
  Ledger ledger;
  auto order = Ledger::order(200);
  order.recipients[1].text = "For you";
  order.filtered = 7;
  order.lists = {{"5", "Customers"}};
  order.status = scheduled;
  order.scheduled = birth + 1h;
  auto const id = ledger.account.create(order, birth, 42).id;
  auto const made = *ledger.account.find(id);
  EXPECT_EQ(made.created, birth);
  EXPECT_EQ(made.scheduled, birth + 1h);
  EXPECT_FALSE(made.started) << "not before its time";
  EXPECT_FALSE(made.immediate);
  EXPECT_EQ(made.counters.recipients, 207);
  EXPECT_EQ(made.counters.filtered, 7);
  EXPECT_EQ(made.cost, "200");
  EXPECT_EQ(made.lists.front().name, "Customers");
  EXPECT_EQ(ledger.account.campaigns().front().id, id) << "newest first";
  EXPECT_EQ(recipient_number(made, 3), "+41781000003");

  ledger.advance(birth + 1h - 1s);
  EXPECT_TRUE(ledger.account.reached().empty());
  ledger.expect_ledger(id);

  ledger.advance(birth + 1h);
  ledger.expect_ledger(id);
  EXPECT_EQ(ledger.account.find(id)->started, birth + 1h);
  EXPECT_EQ(ledger.count(id, 'w'), 100);
  EXPECT_EQ(ledger.count(id, 'f'), 5);
  EXPECT_EQ(ledger.count(id, 'e'), 2);
  auto const reached = ledger.account.reached();
  ASSERT_EQ(reached.size(), 93U);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    EXPECT_EQ(reached[i].campaign, id);
    EXPECT_EQ(reached[i].number, order.recipients[i].number) << "in order";
    EXPECT_EQ(reached[i].text, i == 1 ? "For you" : "Hello");
    EXPECT_EQ(reached[i].at, birth + 1h);
    EXPECT_EQ(reached[i].request, 42);
  }

  ledger.advance(birth + 1h + 60s);
  ledger.expect_ledger(id);
  EXPECT_EQ(ledger.account.find(id)->status, completed);
  EXPECT_EQ(ledger.account.reached().size(), 186U);
  EXPECT_EQ(ledger.account.reached().back().at, birth + 1h + 60s);
}

TEST(SimulatedLedger, HasNoStartBeforeTheTime) {
  // New campaigns of a vendor without `queued` are being sent from the beginning, unless they are planned.
  SimulatedAccount account{CampaignShape{}, "acme", 1, 3, birth};
  auto order = Ledger::order(4);
  order.status = scheduled;
  order.scheduled = birth + 1h;
  auto const id = account.create(order, birth, 1).id;
  EXPECT_FALSE(account.find(id)->started);
  EXPECT_EQ(account.find(id)->updated, birth);
  account.advance(birth + 1h, 60s, [](SimulatedCampaign const& campaign) {
    return campaign.status == scheduled ? sending : campaign.status;
  });
  EXPECT_EQ(account.find(id)->started, birth + 1h);
  EXPECT_EQ(account.reached().size(), 2U);
}

TEST(SimulatedLedger, HasTheOlderOfTwoCampaignsFirst) {
  Ledger ledger;
  auto const older = ledger.account.create(Ledger::order(1), birth, 1).id;
  auto const newer = ledger.account.create(Ledger::order(1), birth, 2).id;
  ledger.advance(birth + 1h);
  ASSERT_EQ(ledger.account.reached().size(), 2U);
  EXPECT_EQ(ledger.account.reached()[0].campaign, older);
  EXPECT_EQ(ledger.account.reached()[1].campaign, newer);
}

TEST(SimulatedLedger, HasNobodyWhoseCampaignWasStopped) {
  Ledger ledger;
  auto const id = ledger.account.create(Ledger::order(10), birth, 1).id;
  ledger.advance(birth + 60s);
  EXPECT_EQ(ledger.account.reached().size(), 5U);
  ASSERT_TRUE(ledger.account.enter(id, canceled, birth + 61s));
  ledger.advance(birth + 24h);
  EXPECT_EQ(ledger.account.reached().size(), 5U);
  EXPECT_EQ(ledger.count(id, 'w'), 5);
  ledger.expect_ledger(id);
}

TEST(SimulatedLedger, KeepsThoseWhoWereReachedBeforeACampaignFailed) {
  Ledger ledger;
  auto const id = ledger.account.create(Ledger::order(10), birth, 1).id;
  ledger.advance(birth + 24h, failed);
  EXPECT_EQ(ledger.account.find(id)->status, failed);
  EXPECT_EQ(ledger.account.reached().size(), 5U);
  EXPECT_EQ(ledger.account.find(id)->counters.failed, 5);
  ledger.expect_ledger(id);
}

TEST(SimulatedLedger, HasThoseWhoseMessagesWereSentAgain) {
  Ledger ledger;
  auto const id = ledger.account.create(Ledger::order(80), birth, 1).id;
  ledger.advance(birth + 1h);
  auto const before = ledger.account.reached();
  ASSERT_EQ(ledger.count(id, 'f'), 4);
  std::set<std::string> missed;
  for (std::size_t i = 0; i < 80; ++i)
    if (ledger.account.find(id)->outcomes[i] == 'f')
      missed.insert(recipient_number(*ledger.account.find(id), static_cast<std::int64_t>(i)));

  ASSERT_TRUE(ledger.account.retry(id, birth + 2h, 9));
  EXPECT_EQ(ledger.account.find(id)->status, retrying);
  EXPECT_FALSE(ledger.account.find(id)->finished) << "it runs again";
  ledger.expect_ledger(id);
  EXPECT_EQ(ledger.account.reached().size(), before.size()) << "not yet";
  ledger.advance(birth + 3h);
  ledger.expect_ledger(id);
  auto const after = ledger.account.reached();
  ASSERT_EQ(after.size(), before.size() + 4);
  for (std::size_t i = before.size(); i < after.size(); ++i) {
    EXPECT_EQ(missed.count(after[i].number), 1U);
    EXPECT_EQ(after[i].request, 9);
    EXPECT_EQ(after[i].at, birth + 2h + 60s);
  }
  EXPECT_FALSE(ledger.account.retry("none", birth, 1));
}

TEST(SimulatedLedger, FollowsAChangedCampaign) {
  Ledger ledger;
  auto order = Ledger::order(2);
  order.status = draft;
  auto const id = ledger.account.create(order, birth, 1).id;
  EXPECT_FALSE(ledger.account.find(id)->scheduled) << "a draft has no start";
  ledger.advance(birth + 24h);
  EXPECT_EQ(ledger.account.find(id)->status, draft);
  EXPECT_TRUE(ledger.account.change(id, [](SimulatedCampaign& campaign) {
    campaign.status = scheduled;
    campaign.scheduled = birth + 48h;
    campaign.text = "Later";
    campaign.request = 5;
  }));
  ledger.advance(birth + 72h);
  ASSERT_EQ(ledger.account.reached().size(), 2U);
  EXPECT_EQ(ledger.account.reached()[0].at, birth + 48h);
  EXPECT_EQ(ledger.account.reached()[0].text, "Later");
  EXPECT_EQ(ledger.account.reached()[0].request, 5);
  EXPECT_FALSE(ledger.account.change("none", [](SimulatedCampaign&) { ADD_FAILURE(); }));
}

TEST(SimulatedLedger, HasNobodyOfGeneratedCampaigns) {
  Ledger ledger;
  static_cast<void>(ledger.account.add(birth));
  ledger.advance(birth + 48h);
  EXPECT_TRUE(ledger.account.reached().empty());
}

TEST(SimulatedLists, CanBeAddedAndFound) {
  Ledger ledger;
  auto const before = ledger.account.lists().size();
  ASSERT_GT(before, 2U) << "some are generated";
  std::set<std::string> ids;
  for (auto const& list : ledger.account.lists()) {
    EXPECT_FALSE(list.name.empty());
    EXPECT_FALSE(list.members.empty());
    EXPECT_LT(list.created, birth);
    ids.insert(list.id);
  }
  auto const& added = ledger.account.add_list("Mine", {{.number = "+41781000000"}}, birth);
  EXPECT_TRUE(ids.insert(added.id).second) << "a new id";
  EXPECT_EQ(ids.size(), before + 1);
  auto* const found = ledger.account.find_list(added.id);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->name, "Mine");
  EXPECT_EQ(found->created, birth);
  found->members.push_back({.number = "+41781000001"});
  EXPECT_EQ(ledger.account.lists().back().members.size(), 2U);
  EXPECT_EQ(ledger.account.find_list("none"), nullptr);
}

}  // namespace
}  // namespace polycampaign::test::ledger
