#include "outbox/details.hpp"
#include "outbox_site.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Answer = ScriptedVendor::Answer;

Reconciliation only(OutboxSite& site) {
  auto all = site.outbox.reconcile();
  EXPECT_TRUE(all);
  EXPECT_EQ(all->size(), 1U);
  return all->empty() ? Reconciliation{} : std::move(all->front());
}

void lose(OutboxSite& site, Answer how, NewCampaign const& campaign) {
  site.vendor.answers = {how};
  auto const sent = site.outbox.send(campaign);
  ASSERT_TRUE(sent);
  ASSERT_EQ(sent->outcome, DispatchOutcome::unresolved);
}

TEST(Reconcile, FindsACampaignByItsReference) {
  OutboxSite site;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  lose(site, Answer::lose_after, campaign);
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::found);
  EXPECT_EQ(one.record.campaign_id, "c1");
  EXPECT_EQ(one.record.state, SendState::accepted);
  auto const again = site.outbox.send(campaign);
  EXPECT_EQ(again->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(again->parts[0].submission->id, "c1");
  EXPECT_TRUE(site.outbox.reconcile()->empty());
}

TEST(Reconcile, FindsACampaignByTheTokenInItsName) {
  OutboxSite site;
  site.vendor.references = false;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

TEST(Reconcile, EveryAttemptHasNamesOfItsOwnAndIsFound) {
  OutboxSite site;
  site.vendor.references = false;
  site.vendor.answers = {Answer::refuse};
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(2, "a")));
  lose(site, Answer::lose_before, OutboxSite::campaign(2, "a"));
  auto const details = outbox::read_details(site.journal.records().front().details, {});
  ASSERT_EQ(details->earlier_tokens.size(), 1U);
  EXPECT_NE(details->earlier_tokens.front(), details->token);
  Campaign late{.id = "late", .provider = "scripted"};
  late.name = "polycampaign-" + details->earlier_tokens.front();
  site.vendor.campaigns.push_back(late);
  EXPECT_EQ(only(site).record.campaign_id, "late");
}

TEST(Reconcile, CertainCampaignIsFoundAlthoughAnotherKeyHasItsId) {
  OutboxSite site;
  site.vendor.references = false;
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(2, "a")));
  site.vendor.campaigns.clear();  // a vendor that was set up again, and begins with the first id
  site.vendor.creations = 0;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "b"));
  EXPECT_EQ(only(site).record.campaign_id, "c1");
}

TEST(Reconcile, FindsACampaignByItsOwnNameTimeAndCount) {
  OutboxSite site;
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  lose(site, Answer::lose_after, campaign);
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

TEST(Reconcile, NameAloneIsNoEvidence) {
  for (auto const what : {0, 1, 2}) {
    OutboxSite site;
    site.vendor.references = false;
    Campaign old{.id = "old", .provider = "scripted"};
    old.name = "Spring";
    old.sender = "Shop";
    old.created_at = Timestamp{what == 0 ? site.now - 1h : site.now};
    if (what != 2) old.statistics.recipients = what == 1 ? 3 : 2;
    site.vendor.campaigns.push_back(old);
    auto campaign = OutboxSite::campaign(2, "a");
    campaign.name = "Spring";
    lose(site, Answer::lose_before, campaign);
    site.pass(1h);
    auto const one = only(site);
    // older, or of another size: not this one; of unknown size: a person decides
    EXPECT_EQ(one.verdict, what == 2 ? Verdict::undecided : Verdict::absent) << what << one.why;
  }
}

TEST(Reconcile, SeveralThatFitAreUndecided) {
  OutboxSite site;
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  lose(site, Answer::lose_after, campaign);
  auto twin = site.vendor.campaigns.front();
  twin.id = "twin";
  site.vendor.campaigns.push_back(twin);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
}

TEST(Reconcile, CampaignOfAnotherKeyIsOut) {
  OutboxSite site;
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  ASSERT_TRUE(site.outbox.send(campaign));
  campaign.reference = "b";
  lose(site, Answer::lose_before, campaign);
  site.pass(1h);
  EXPECT_EQ(only(site).verdict, Verdict::absent);
  EXPECT_EQ(site.outbox.send(campaign)->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(site.vendor.reached, 4);
}

TEST(Reconcile, AbsentOnlyAfterTheVendorHadTime) {
  OutboxSite site;
  lose(site, Answer::lose_before, OutboxSite::campaign(2, "a"));
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  site.pass(300s + 120s);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  site.pass(1s);
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::absent);
  EXPECT_EQ(one.record.state, SendState::absent);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(2, "a"))->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(site.vendor.reached, 2);
}

TEST(Reconcile, CampaignThatAppearsLateIsFound) {
  OutboxSite site;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  site.vendor.hidden = true;
  site.pass(400s);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  site.vendor.hidden = false;
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

TEST(Reconcile, UnreachableVendorDecidesNothing) {
  OutboxSite site;
  lose(site, Answer::lose_before, OutboxSite::campaign(2, "a"));
  site.pass(1h);
  site.vendor.list_error = Error{.code = ErrorCode::network, .message = "no route"};
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::undecided);
  EXPECT_NE(one.why.find("no route"), std::string::npos);
}

TEST(Reconcile, LeavesAloneWhatMayBeBeingSent) {
  OutboxSite site;
  site.lose_next_outcome();  // like a process that ended
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(2, "a")));
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  EXPECT_EQ(site.vendor.reads, 0);
  EXPECT_EQ(site.journal.find("promo", "a")->front().state, SendState::sending);
  EXPECT_EQ(site.outbox.resolve_not_sent("a").error().code, ErrorCode::conflict);
  site.pass(-5000h);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  site.pass(5001h);
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

TEST(Reconcile, ForgottenSendingBecomesUnresolved) {
  OutboxSite site;
  site.lose_next_outcome();
  site.vendor.answers = {Answer::lose_before};
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(2, "a")));
  site.pass(310s);
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::undecided);
  EXPECT_EQ(one.record.state, SendState::unresolved);
}

TEST(Reconcile, ScheduledCampaignIsFoundByItsStart) {
  OutboxSite site;
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  campaign.start_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 48h;
  lose(site, Answer::lose_after, campaign);
  site.vendor.campaigns.front().created_at.reset();
  site.vendor.campaigns.front().scheduled_at = Timestamp{*campaign.start_at};
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

Timestamp later(Campaign const& shown, std::chrono::minutes more) {
  return Timestamp{shown.created_at->time + more};
}

/// Loses the answer to a campaign named Spring, which the vendor shows as `change` leaves it, and returns
/// what is found an hour later.
template <class Change>
Reconciliation found_as(Change&& change) {
  OutboxSite site;
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  lose(site, Answer::lose_after, campaign);
  auto& shown = site.vendor.campaigns.front();
  shown.text = campaign.text;
  change(shown);
  site.pass(1h);
  return only(site);
}

TEST(Reconcile, CampaignThatCouldBeThePartIsNotAbsent) {
  using Change = void (*)(Campaign&);
  for (Change const change : std::initializer_list<Change>{
           [](Campaign& shown) { shown.statistics.recipients = 1; },         // the vendor left one out
           [](Campaign& shown) { shown.statistics.recipients = 0; },         // or counts later
           [](Campaign& shown) { shown.created_at = later(shown, 20min); },  // a clock is wrong
           [](Campaign& shown) { shown.sender = "Other"; },
           [](Campaign& shown) { shown.text = "Hello. Reply STOP to opt out."; },
           [](Campaign& shown) { shown.name = "Spring, cut"; },  // its text is the part's
           [](Campaign& shown) { shown.name.reset(), shown.text.reset(), shown.sender.reset(); }}) {
    auto const one = found_as(change);
    EXPECT_EQ(one.verdict, Verdict::undecided) << one.why;
  }
}

TEST(Reconcile, WhatDiffersTwiceIsAnotherCampaign) {
  using Change = void (*)(Campaign&);
  for (Change const change : std::initializer_list<Change>{
           [](Campaign& shown) { shown.created_at = later(shown, 20min), shown.sender = "Other"; },
           [](Campaign& shown) { shown.name = "Summer", shown.text.reset(); },
           [](Campaign& shown) { shown.created_at = later(shown, 45min); },
           [](Campaign& shown) { shown.statistics.recipients = 3; }}) {
    auto const one = found_as(change);
    EXPECT_EQ(one.verdict, Verdict::absent) << one.why;
  }
}

TEST(Reconcile, NameThatTheVendorMadeIsNoEvidence) {
  OutboxSite site;
  site.vendor.names_campaigns_itself = true;
  auto campaign = OutboxSite::campaign(0, "a");
  campaign.lists = {"12"};
  campaign.name = "Spring";
  lose(site, Answer::lose_after, campaign);
  site.pass(1h);
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::undecided) << "no count to compare, but the sender fits: " << one.why;
  EXPECT_EQ(site.vendor.creations, 1);
}

TEST(Reconcile, NameWithoutTheTokenIsAnotherCampaign) {
  OutboxSite site;
  site.vendor.references = false;
  Campaign other{.id = "other", .provider = "scripted"};
  other.name = "polycampaign-somebody";
  other.sender = "Shop";
  other.created_at = Timestamp{site.now};
  other.statistics.recipients = 2;
  site.vendor.campaigns.push_back(other);
  lose(site, Answer::lose_before, OutboxSite::campaign(2, "a"));
  site.pass(1h);
  EXPECT_EQ(only(site).verdict, Verdict::absent);
}

TEST(Reconcile, CampaignWithoutATimeIsLookedAt) {
  OutboxSite site;
  site.vendor.references = false;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  site.vendor.campaigns.front().created_at.reset();
  site.pass(1h);
  EXPECT_EQ(only(site).verdict, Verdict::found);
}

TEST(Reconcile, SenderIsComparedAsANumberAndOnlyIfThereIsOne) {
  for (std::string const sender : {"+33 6 39 98 00 01", ""}) {
    OutboxSite site;
    site.vendor.names_campaigns_itself = true;
    auto campaign = OutboxSite::campaign(2, "a");
    campaign.sender = sender;
    lose(site, Answer::lose_after, campaign);
    auto& shown = site.vendor.campaigns.front();
    shown.sender = sender.empty() ? "38012" : "33639980001";
    shown.text = campaign.text;
    site.vendor.messages.clear();
    site.pass(1h);
    EXPECT_EQ(only(site).verdict, Verdict::found) << sender;
  }
}

TEST(Reconcile, SenderAloneIsNoProofIfTheReferenceWasNotFound) {
  OutboxSite site;
  site.vendor.names_campaigns_itself = true;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  site.vendor.messages.clear();
  site.pass(1h);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
}

/// Loses two keys with equal campaigns, of which the vendor has the second.
void lose_two(OutboxSite& site) {
  site.vendor.references = false;
  auto campaign = OutboxSite::campaign(2, "a");
  campaign.name = "Spring";
  lose(site, Answer::lose_before, campaign);
  campaign.reference = "b";
  lose(site, Answer::lose_after, campaign);
  site.pass(1h);
}

TEST(Reconcile, OneCampaignIsNotGivenToTwoKeys) {
  OutboxSite site;
  lose_two(site);
  auto const both = site.outbox.reconcile();
  ASSERT_TRUE(both);
  ASSERT_EQ(both->size(), 2U);
  for (auto const& one : *both) EXPECT_EQ(one.verdict, Verdict::undecided) << one.record.key;
  ASSERT_TRUE(site.outbox.resolve_sent("b", "c2"));
  EXPECT_EQ(only(site).verdict, Verdict::absent);
}

TEST(Reconcile, KeyThatWasSentUnderAnUnknownIdCouldHaveTheCampaign) {
  OutboxSite site;
  lose_two(site);
  ASSERT_TRUE(site.outbox.resolve_sent("b"));
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
}

TEST(Reconcile, MessageWithoutACampaignIsNotOverlooked) {
  OutboxSite site;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  site.vendor.campaigns.clear();
  for (auto& message : site.vendor.messages) message.campaign.reset();
  site.pass(1h);
  auto const one = only(site);
  EXPECT_EQ(one.verdict, Verdict::undecided);
  EXPECT_NE(one.why.find("does not say of which campaign"), std::string::npos) << one.why;
}

TEST(Resolve, WaitsForASendingOfAnotherVersion) {
  OutboxSite site;
  ASSERT_TRUE(site.journal.begin(
      {.account = "promo", .key = "a", .attempt = "1", .created_at = site.now, .details = R"({"form":2})"}));
  EXPECT_EQ(site.outbox.resolve_not_sent("a").error().code, ErrorCode::conflict);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  EXPECT_EQ(site.outbox.resolve_not_sent("a").error().code, ErrorCode::conflict) << "also after reconcile";
  site.pass(301s);
  EXPECT_EQ(only(site).verdict, Verdict::undecided);
  EXPECT_TRUE(site.outbox.resolve_not_sent("a"));
}

TEST(Resolve, WritesWhatAPersonKnows) {
  OutboxSite site;
  lose(site, Answer::lose_after, OutboxSite::campaign(2, "a"));
  lose(site, Answer::lose_before, OutboxSite::campaign(2, "b"));
  auto const sent = site.outbox.resolve_sent("a", "c1");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->state, SendState::accepted);
  EXPECT_EQ(sent->settled_at, site.now);
  auto const again = site.outbox.send(OutboxSite::campaign(2, "a"));
  EXPECT_EQ(again->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(again->parts[0].submission->id, "c1");
  ASSERT_TRUE(site.outbox.resolve_not_sent("b"));
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(2, "b"))->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(site.vendor.reached, 4);

  EXPECT_EQ(site.outbox.resolve_sent("a").error().code, ErrorCode::conflict);
  EXPECT_EQ(site.outbox.resolve_sent("none").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace polycampaign::test
