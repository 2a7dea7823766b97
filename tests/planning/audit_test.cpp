#include "polycampaign/audit.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

/// Counting messages, comparing them with the campaign, and whether its counters have come to rest.
namespace polycampaign {
namespace {

using namespace std::chrono_literals;
using enum MessageStatusCode;

Message message(MessageStatusCode code) {
  return {.status = {.code = code}};
}

std::vector<Message> one_of_each() {
  std::vector<Message> all;
  for (auto const code : all_message_status_codes()) all.push_back(message(code));
  return all;
}

TEST(Summary, CountsEachStatusInItsCounter) {
  auto const s = summarize(one_of_each());
  EXPECT_EQ(s.pending, 4) << "scheduled, moderation, queued, sending";
  EXPECT_EQ(s.in_flight, 1);
  EXPECT_EQ(s.delivered, 2) << "a message that was read was delivered";
  EXPECT_EQ(s.undelivered, 2) << "undelivered and rejected";
  EXPECT_EQ(s.expired, 1);
  EXPECT_EQ(s.failed, 1);
  EXPECT_EQ(s.unreported, 1);
  EXPECT_EQ(s.messages, 13) << "all but the one that came from a phone";
  EXPECT_EQ(s.submitted, 7);
  EXPECT_EQ(s.read, 1);
  EXPECT_EQ(s.replies, 1);
  ASSERT_EQ(s.vendor_counters.size(), 1U);
  EXPECT_EQ(s.vendor_counters[0].name, "unknown");
  EXPECT_EQ(s.vendor_counters[0].value, 1);
  for (auto const& absent : {s.recipients, s.filtered, s.opt_outs, s.clicks}) EXPECT_FALSE(absent);
}

TEST(Summary, OfNothingIsZeroAndKnowsNoReaders) {
  auto const s = summarize({});
  EXPECT_EQ(s.messages, 0);
  EXPECT_EQ(s.delivered, 0);
  EXPECT_FALSE(s.read);
  EXPECT_FALSE(s.replies);
  EXPECT_TRUE(s.vendor_counters.empty());
}

TEST(Summary, AddsOneAfterTheOther) {
  MessageSummary summary;
  for (auto const& one : one_of_each()) summary.add(one);
  for (auto const& one : one_of_each()) summary.add(one);
  EXPECT_EQ(summary.statistics().messages, 26);
  summary.add(message(static_cast<MessageStatusCode>(200)));
  EXPECT_EQ(summary.statistics().vendor_counters.at(0).value, 3) << "out of range counts as unknown";
}

/// A campaign that has ended and shows what its messages add up to.
Campaign audited_campaign() {
  Campaign c{.status = {.code = StatusCode::completed}};
  c.statistics = summarize(one_of_each());
  return c;
}

struct Counter {
  Field field{};
  Count Statistics::*member = nullptr;
};

TEST(Audit, FindsADifferenceInEachCounterAndNothingElse) {
  auto const messages = summarize(one_of_each());
  EXPECT_TRUE(audit(audited_campaign(), messages).empty());
  constexpr Counter counters[] = {{Field::messages, &Statistics::messages},
                                  {Field::pending, &Statistics::pending},
                                  {Field::in_flight, &Statistics::in_flight},
                                  {Field::delivered, &Statistics::delivered},
                                  {Field::undelivered, &Statistics::undelivered},
                                  {Field::expired, &Statistics::expired},
                                  {Field::failed, &Statistics::failed},
                                  {Field::unreported, &Statistics::unreported},
                                  {Field::read, &Statistics::read}};
  for (auto const& [field, member] : counters) {
    auto planted = audited_campaign();
    ++*(planted.statistics.*member);
    auto const found = audit(planted, messages);
    ASSERT_EQ(found.size(), 1U) << to_string(field);
    EXPECT_EQ(found[0].field, field);
    EXPECT_EQ(found[0].campaign, *(messages.*member) + 1);
    EXPECT_EQ(found[0].messages, messages.*member);
    EXPECT_FALSE(found[0].why.empty());
    planted.statistics.*member = std::nullopt;
    // Without one of these two, the other one is compared with both.
    if (field == Field::undelivered || field == Field::failed) continue;
    EXPECT_TRUE(audit(planted, messages).empty()) << "not shown, not compared: " << to_string(field);
  }
}

TEST(Audit, ComparesOneMergedCounterWithBoth) {
  auto merged = audited_campaign();
  merged.statistics.undelivered.reset();
  merged.statistics.failed = 3;
  EXPECT_TRUE(audit(merged, one_of_each()).empty());
  merged.statistics.failed = 1;
  auto found = audit(merged, one_of_each());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, Field::failed);
  EXPECT_EQ(found[0].messages, 3);

  merged.statistics.failed.reset();
  merged.statistics.undelivered = 3;
  EXPECT_TRUE(audit(merged, one_of_each()).empty());
  merged.statistics.undelivered = 2;
  found = audit(merged, one_of_each());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, Field::undelivered);
}

TEST(Audit, ComparesReadersEvenIfNoMessageWasRead) {
  Campaign c{.status = {.code = StatusCode::completed}};
  c.statistics.read = 2;
  auto const found = audit(c, std::vector<Message>{message(delivered)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].messages, 0);
}

TEST(Audit, SaysWhy) {
  auto const why = [](Campaign const& c, std::vector<Message> const& messages) {
    auto const found = audit(c, messages);
    return found.empty() ? std::string{} : found.front().why;
  };
  Campaign c{.status = {.code = StatusCode::completed}};
  c.statistics.delivered = 2;
  EXPECT_EQ(why(c, {message(delivered)}),
            "Delivery reports may have come after the messages were read. Read both again.");
  EXPECT_EQ(why(c, {message(delivered), message(delivered), message(delivered)}),
            "Delivery reports may have come after the campaign was read. Read both again.");
  EXPECT_EQ(why(c, {message(delivered), message(unknown)}),
            "1 message has a status that the library does not know.");
  EXPECT_EQ(why(c, {message(unknown), message(unknown)}),
            "2 messages have a status that the library does not know.");
  c.statistics.messages = 2;
  EXPECT_NE(why(c, {message(delivered)}).find("see ListReport::missed"), std::string::npos);
  c.statistics.messages.reset();
  c.status.code = StatusCode::sending;
  EXPECT_EQ(why(c, {message(delivered)}),
            "The campaign has not ended, and its messages change while they are read.");
}

std::chrono::sys_seconds const end = parse_time("2026-03-02T09:00:00Z").value();

Campaign ended(StatusCode code = StatusCode::completed) {
  Campaign c{.status = {.code = code}};
  c.statistics = {.messages = 10, .submitted = 10, .delivered = 7};
  c.finished_at = Timestamp{end};
  return c;
}

Capabilities reporting(ReportRules rules) {
  Capabilities c{};
  c.reports = rules;
  return c;
}

Certainty certainty_of(Campaign const& c, ReportRules rules = {}, std::chrono::sys_seconds now = end) {
  auto const settlement = settled(reporting(rules), c, now);
  EXPECT_FALSE(settlement.why.empty());
  return settlement.settled;
}

TEST(Settled, NeedsAnEnd) {
  for (auto const code : {StatusCode::draft, StatusCode::scheduled, StatusCode::sending, StatusCode::paused,
                          StatusCode::retrying}) {
    auto c = ended(code);
    c.statistics.delivered = 10;
    EXPECT_EQ(certainty_of(c, {.delivery_reports = false}, end + std::chrono::days{900}), Certainty::no);
  }
  EXPECT_EQ(certainty_of(ended(StatusCode::unknown)), Certainty::unknown);
}

TEST(Settled, IfNothingWasSent) {
  EXPECT_EQ(certainty_of(ended(StatusCode::rejected)), Certainty::yes);
  auto canceled = ended(StatusCode::canceled);
  EXPECT_EQ(certainty_of(canceled), Certainty::unknown) << "some messages were handed over";
  canceled.statistics.submitted = 0;
  canceled.statistics.delivered = 0;
  EXPECT_EQ(certainty_of(canceled), Certainty::yes);
  canceled.statistics.submitted.reset();
  EXPECT_EQ(certainty_of(canceled), Certainty::unknown) << "an absent counter is not zero";
  canceled.statistics.pending = 9;
  EXPECT_EQ(certainty_of(canceled), Certainty::unknown) << "one message does not wait";
  canceled.statistics.pending = 10;
  EXPECT_EQ(certainty_of(canceled), Certainty::yes) << "all messages wait";
  canceled.statistics.submitted = 0;
  canceled.statistics.delivered = 1;
  EXPECT_EQ(certainty_of(canceled), Certainty::unknown) << "what was delivered was handed over";
}

TEST(Settled, WithoutDeliveryReports) {
  EXPECT_EQ(certainty_of(ended(), {.delivery_reports = false}), Certainty::yes);
}

TEST(Settled, IfNothingIsLeft) {
  auto c = ended();
  c.statistics.pending = 0;
  EXPECT_EQ(certainty_of(c), Certainty::unknown) << "nothing is known of those in flight";
  c.statistics.in_flight = 0;
  EXPECT_EQ(certainty_of(c), Certainty::yes);
  c.statistics.in_flight = 1;
  EXPECT_EQ(certainty_of(c), Certainty::unknown);
}

TEST(Settled, IfTheOutcomesAddUp) {
  auto c = ended();
  c.statistics.failed = 2;
  c.statistics.expired = 1;
  EXPECT_EQ(certainty_of(c), Certainty::yes);
  c.statistics.expired = 0;
  EXPECT_EQ(certainty_of(c), Certainty::unknown);
  c.statistics.expired = 5;
  EXPECT_EQ(certainty_of(c), Certainty::unknown) << "more outcomes than messages are no proof";
  c.statistics = {.messages = 0};
  EXPECT_EQ(certainty_of(c), Certainty::unknown) << "no message at all";
}

TEST(Settled, OneDayAfterTheLastReport) {
  ReportRules const rules{.validity_hours = 72, .evidence = "a page"};
  EXPECT_EQ(certainty_of(ended(), rules, end + 96h - 1s), Certainty::no);
  EXPECT_EQ(certainty_of(ended(), rules, end + 96h), Certainty::yes);
  auto later = ended();
  later.finished_at.reset();
  later.started_at = Timestamp{end - 5h};
  later.scheduled_at = Timestamp{end + 10h};
  EXPECT_EQ(certainty_of(later, rules, end + 106h - 1s), Certainty::no) << "the latest time counts";
  EXPECT_EQ(certainty_of(later, rules, end + 106h), Certainty::yes);
  auto timeless = ended();
  timeless.finished_at.reset();
  EXPECT_EQ(certainty_of(timeless, rules, end + 900h), Certainty::unknown);
}

TEST(Settled, UnknownOtherwise) {
  EXPECT_EQ(certainty_of(ended(), {}, end + std::chrono::days{900}), Certainty::unknown);
  EXPECT_EQ(to_string(Certainty::unknown), "unknown");
  EXPECT_EQ(to_string(Certainty::no), "no");
  EXPECT_EQ(to_string(Certainty::yes), "yes");
  EXPECT_EQ(to_string(static_cast<Certainty>(9)), "unknown");
}

}  // namespace
}  // namespace polycampaign
