#include "outbox_site.hpp"
#include "transport/thread_starts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using Answer = ScriptedVendor::Answer;
using enum DispatchOutcome;

TEST(OutboxSend, SendsOnceAndRemembersTheAnswer) {
  OutboxSite site;
  auto const first = site.outbox.send(OutboxSite::campaign(2, "spring"));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->outcome, accepted);
  EXPECT_FALSE(first->repeated);
  EXPECT_EQ(first->key, "spring");
  EXPECT_EQ(first->account, "promo");
  EXPECT_EQ(first->recipients, 2);
  ASSERT_EQ(first->parts.size(), 1U);
  EXPECT_EQ(first->parts[0].submission->id, "c1");

  auto const second = site.outbox.send(OutboxSite::campaign(2, "spring"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->outcome, accepted);
  EXPECT_TRUE(second->repeated);
  EXPECT_EQ(second->parts[0].submission, first->parts[0].submission);
  EXPECT_EQ(site.vendor.creations, 1);
  EXPECT_EQ(site.vendor.reads, 0);
}

TEST(OutboxSend, WritesTheIntentFirstAndLimitsTheCall) {
  OutboxSite site;
  site.journal.fail_begin({.code = ErrorCode::unavailable, .message = "the disk is full"}, false);
  auto const refused = site.outbox.send(OutboxSite::campaign(1, "a"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_EQ(refused.error().effect, Effect::none);
  EXPECT_EQ(site.vendor.creations, 0);

  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1, "a")));
  ASSERT_TRUE(site.vendor.deadline);
  EXPECT_LE(*site.vendor.deadline, std::chrono::steady_clock::now() + 300s);
}

/// A journal that remembers when it was asked to write the intent, and takes some time for it.
class SlowJournal final : public SendJournal {
 public:
  Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override {
    asked = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() == asked) {
    }
    return memory.begin(intent);
  }
  Result<bool> settle(JournalRecord const& record, SendState from) override {
    return memory.settle(record, from);
  }
  Result<std::vector<JournalRecord>> find(std::string_view account, std::string_view key) override {
    return memory.find(account, key);
  }
  Result<std::vector<JournalRecord>> list(JournalFilter const& filter) override {
    return memory.list(filter);
  }

  std::chrono::steady_clock::time_point asked{};
  testing::MemoryJournal memory{};
};

TEST(OutboxSend, SlowJournalDoesNotMakeTheDeadlineLater) {
  OutboxSite site;
  SlowJournal slow;
  Outbox outbox{site.vendor, slow, site.options()};
  ASSERT_TRUE(outbox.send(OutboxSite::campaign(1, "a")));
  ASSERT_TRUE(site.vendor.deadline);
  EXPECT_LE(*site.vendor.deadline, slow.asked + 300s);
}

TEST(OutboxSend, ChecksTheCampaignBeforeItWritesAnything) {
  OutboxSite site;
  auto bad = OutboxSite::campaign(1, "a");
  bad.recipients[0].number = "12";
  EXPECT_EQ(site.outbox.send(bad).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, std::string(201, 'x'))).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "a\nb")).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "sha256-x")).error().code, ErrorCode::invalid_argument);
  auto const number = site.outbox.send(OutboxSite::campaign(1, "+33601021000")).error();
  EXPECT_EQ(number.code, ErrorCode::invalid_argument);
  EXPECT_EQ(number.message.find("3360102"), std::string::npos);
  for (auto const* const written : {"+33 6 01 02 10 00", "+33-601-021-000", "+(33).601.02.10.00"})
    EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, written)).error().code, ErrorCode::invalid_argument)
        << written;
  EXPECT_TRUE(site.journal.records().empty());
}

TEST(OutboxSend, SendsARefusedCampaignAgainAlsoCorrected) {
  OutboxSite site;
  site.vendor.answers = {Answer::refuse, Answer::refuse};
  auto const first = site.outbox.send(OutboxSite::campaign(1, "a"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->outcome, refused);
  EXPECT_EQ(first->parts[0].error->code, ErrorCode::rejected);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "a"))->outcome, refused);
  auto corrected = OutboxSite::campaign(2, "a");
  corrected.text = "Hello, all";
  auto const sent = site.outbox.send(corrected);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->outcome, accepted);
  EXPECT_EQ(site.vendor.reached, 2);
}

TEST(OutboxSend, NeverRepeatsWhatIsUnresolved) {
  for (auto const lost : {Answer::lose_before, Answer::lose_after}) {
    OutboxSite site;
    site.vendor.answers = {lost};
    auto const first = site.outbox.send(OutboxSite::campaign(1, "a"));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->outcome, unresolved);
    EXPECT_EQ(first->parts[0].error->code, ErrorCode::network);
    for (auto const again : {false, true}) {
      auto const second = site.outbox.send(OutboxSite::campaign(1, "a"), {.again = again});
      ASSERT_TRUE(second);
      EXPECT_EQ(second->outcome, unresolved);
      EXPECT_TRUE(second->repeated);
      EXPECT_EQ(second->parts[0].error->code, ErrorCode::network);
    }
    site.pass(48h);
    EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "a"))->outcome, unresolved);
    EXPECT_EQ(site.vendor.creations, 1);
  }
}

TEST(OutboxSend, TakesWhatAnotherProcessSendsForUnresolved) {
  OutboxSite site;
  std::optional<Result<Dispatch>> other;
  struct InTheMiddle final : ClientBase<InTheMiddle> {
    ScriptedVendor& vendor;
    std::function<void()> meanwhile;
    InTheMiddle(ScriptedVendor& v, std::function<void()> f) : vendor{v}, meanwhile{std::move(f)} {}
    Capabilities const& capabilities() const noexcept override { return vendor.capabilities(); }
    Result<Submission> run(CreateCampaign const& create, CallOptions const& options) {
      meanwhile();
      return vendor.run(create, options);
    }
  } client{site.vendor, [&] { other = site.outbox.send(OutboxSite::campaign(1, "a")); }};
  Outbox first{client, site.journal, site.options()};
  EXPECT_EQ(first.send(OutboxSite::campaign(1, "a"))->outcome, accepted);
  ASSERT_TRUE(other && *other);
  EXPECT_EQ((*other)->outcome, unresolved);
  EXPECT_NE((*other)->parts[0].error->message.find("being sent"), std::string::npos);
  EXPECT_EQ(site.vendor.creations, 1);
}

TEST(OutboxSend, RefusesAnotherCampaignUnderTheSameReference) {
  OutboxSite site;
  site.vendor.answers = {Answer::accept, Answer::lose_after};
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1, "a")));
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1, "b")));
  for (auto const* const reference : {"a", "b"}) {
    auto const other = site.outbox.send(OutboxSite::campaign(2, reference));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::conflict);
  }
  EXPECT_EQ(site.vendor.creations, 2);
}

TEST(OutboxSend, TwoAccountsMayUseTheSameReference) {
  OutboxSite site;
  auto options = site.options();
  options.account = "other";
  Outbox other{site.vendor, site.journal, options};
  EXPECT_FALSE(site.outbox.send(OutboxSite::campaign(1, "a"))->repeated);
  EXPECT_FALSE(other.send(OutboxSite::campaign(1, "a"))->repeated);
  EXPECT_EQ(site.vendor.creations, 2);
}

TEST(OutboxSend, GuardsACampaignWithoutAReferenceForADay) {
  OutboxSite site;
  auto const first = site.outbox.send(OutboxSite::campaign(3));
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->key.starts_with("sha256-"));
  auto turned = OutboxSite::campaign(3);
  std::ranges::reverse(turned.recipients);
  turned.recipients[0].number = "+33 60 10 21 002";
  EXPECT_TRUE(site.outbox.send(turned)->repeated);
  auto other = OutboxSite::campaign(3);
  other.text = "Hello!";
  EXPECT_FALSE(site.outbox.send(other)->repeated);
  auto later = OutboxSite::campaign(3);
  later.start_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 48h;
  EXPECT_FALSE(site.outbox.send(later)->repeated);

  auto const again = site.outbox.send(OutboxSite::campaign(3), {.again = true});
  EXPECT_FALSE(again->repeated);
  EXPECT_NE(again->key, first->key);
  EXPECT_TRUE(site.outbox.send(OutboxSite::campaign(3))->repeated);
  site.pass(24h - 1s);
  EXPECT_TRUE(site.outbox.send(OutboxSite::campaign(3))->repeated);
  site.pass(1s);
  EXPECT_FALSE(site.outbox.send(OutboxSite::campaign(3))->repeated);
  EXPECT_EQ(site.vendor.creations, 5);
}

TEST(OutboxSend, GuardCountsFromTheStart) {
  OutboxSite site;
  auto campaign = OutboxSite::campaign(1);
  campaign.start_at = site.now + 72h;
  ASSERT_TRUE(site.outbox.send(campaign));
  site.pass(25h);
  EXPECT_TRUE(site.outbox.send(campaign)->repeated);
  site.pass(72h);
  EXPECT_EQ(site.outbox.send(campaign).error().code, ErrorCode::invalid_argument) << "its start has passed";
  EXPECT_EQ(site.vendor.creations, 1);
}

TEST(OutboxSend, StoredOutcomeIsReturnedAlsoAfterTheStart) {
  for (std::string const reference : {"", "a"}) {
    OutboxSite site;
    site.vendor.answers = {Answer::accept, Answer::lose_after, Answer::refuse};
    NewCampaign campaigns[] = {OutboxSite::campaign(1, reference), OutboxSite::campaign(2, reference + "b"),
                               OutboxSite::campaign(3, reference + "c")};
    for (auto& campaign : campaigns) {
      campaign.start_at = site.now + 1h;
      ASSERT_TRUE(site.outbox.send(campaign));
    }
    site.pass(2h);
    EXPECT_EQ(site.outbox.send(campaigns[0])->outcome, accepted);
    EXPECT_EQ((*site.outbox.recall(campaigns[0]))->outcome, accepted);
    EXPECT_EQ(site.outbox.send(campaigns[1])->outcome, unresolved);
    EXPECT_EQ(site.outbox.send(campaigns[2]).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(site.outbox.recall(campaigns[2]).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(site.vendor.creations, 3);
  }
}

TEST(OutboxSend, KeepsNoReferenceThatIsAPhoneNumber) {
  OutboxSite site;
  auto campaign = OutboxSite::campaign(1, "a");
  for (auto const* const written : {"+33639980002", "33 6 39 98 00 02", "0033-639980002"}) {
    campaign.recipients[0].reference = written;
    campaign.reference += 'a';
    ASSERT_TRUE(site.outbox.send(campaign));
    EXPECT_EQ(site.journal.records().back().details.find("9980002"), std::string::npos) << written;
    EXPECT_EQ(site.journal.records().back().details.find("98 00 02"), std::string::npos) << written;
  }
}

TEST(OutboxSend, NeverSendsAReferenceAgain) {
  OutboxSite site;
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1, "a")));
  site.pass(1000h);
  auto const again = site.outbox.send(OutboxSite::campaign(1, "a"), {.again = true});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_FALSE(again->warnings.empty());
}

TEST(OutboxSend, ClockSetBackDoesNotSendAgain) {
  OutboxSite site;
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1)));
  site.pass(-1000h);
  EXPECT_TRUE(site.outbox.send(OutboxSite::campaign(1))->repeated);
}

TEST(OutboxParts, DividesAndContinuesBehindTheLastAcceptedOne) {
  OutboxSite site;
  site.vendor.answers = {Answer::accept, Answer::refuse};
  auto const first = site.outbox.send(OutboxSite::campaign(25, "a"));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->outcome, partial);
  ASSERT_EQ(first->parts.size(), 3U);
  EXPECT_EQ(first->parts[0].outcome, accepted);
  EXPECT_EQ(first->parts[1].outcome, refused);
  EXPECT_EQ(first->parts[2].outcome, not_sent);
  EXPECT_EQ(first->parts[2].recipients, 5);

  auto turned = OutboxSite::campaign(25, "a");
  std::ranges::reverse(turned.recipients);
  auto const second = site.outbox.send(turned);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->outcome, accepted);
  EXPECT_FALSE(second->repeated);
  EXPECT_EQ(site.vendor.reached, 25);
  std::vector<std::string> numbers;
  for (auto const i : {0, 2, 3})
    for (auto const& recipient : site.vendor.sent[static_cast<std::size_t>(i)].recipients)
      numbers.push_back(recipient.number);
  std::ranges::sort(numbers);
  EXPECT_EQ(std::ranges::unique(numbers).size(), 0U);
  EXPECT_EQ(numbers.size(), 25U);
  EXPECT_TRUE(site.outbox.send(turned)->repeated);
}

TEST(OutboxParts, UnresolvedPartStopsTheOthers) {
  OutboxSite site;
  site.vendor.answers = {Answer::accept, Answer::lose_after};
  auto const first = site.outbox.send(OutboxSite::campaign(25, "a"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->outcome, unresolved);
  EXPECT_EQ(first->parts[2].outcome, not_sent);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(25, "a"))->outcome, unresolved);
  EXPECT_EQ(site.vendor.creations, 2);
  ASSERT_TRUE(site.outbox.reconcile());
  site.pass(301s);
  auto const found = site.outbox.reconcile();
  ASSERT_TRUE(found);
  auto const rest = site.outbox.send(OutboxSite::campaign(25, "a"));
  EXPECT_EQ(rest->outcome, accepted);
  EXPECT_EQ(site.vendor.reached, 25);
}

TEST(OutboxParts, CorrectionIsRefusedOnceAPartWasAccepted) {
  OutboxSite site;
  site.vendor.answers = {Answer::accept, Answer::refuse};
  ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(15, "a")));
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(14, "a")).error().code, ErrorCode::conflict);
}

TEST(OutboxSend, OutcomeThatCannotBeWrittenIsStillReturned) {
  OutboxSite site;
  site.lose_next_outcome();
  auto const sent = site.outbox.send(OutboxSite::campaign(1, "a"));
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->outcome, accepted);
  ASSERT_FALSE(sent->warnings.empty());
  EXPECT_NE(sent->warnings.back().find("the disk is full"), std::string::npos);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "a"))->outcome, unresolved);
  site.pass(301s);
  auto const found = site.outbox.reconcile();
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ((*found)[0].verdict, Verdict::found);
  EXPECT_EQ(site.outbox.send(OutboxSite::campaign(1, "a"))->outcome, accepted);
  EXPECT_EQ(site.vendor.creations, 1);
}

TEST(OutboxSend, SixteenThreadsSendOneKeyOnce) {
  OutboxSite site;
  std::vector<std::thread> threads;
  std::atomic<int> sent = 0;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) {
        auto const one = site.outbox.send(OutboxSite::campaign(1, "key-" + std::to_string(j)));
        if (one && !one->repeated) ++sent;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sent, 20);
  EXPECT_EQ(site.vendor.creations, 20);
}

TEST(OutboxRecall, SaysWhatIsKnownAndWritesNothing) {
  OutboxSite site;
  site.vendor.answers = {Answer::accept, Answer::lose_before, Answer::refuse};
  EXPECT_FALSE(site.outbox.recall(OutboxSite::campaign(1, "a"))->has_value());
  EXPECT_TRUE(site.journal.records().empty());
  for (auto const* const key : {"a", "b", "c"}) ASSERT_TRUE(site.outbox.send(OutboxSite::campaign(1, key)));
  auto const sent = site.outbox.recall(OutboxSite::campaign(1, "a"));
  ASSERT_TRUE(sent && *sent);
  EXPECT_EQ((*sent)->outcome, accepted);
  EXPECT_TRUE((*sent)->repeated);
  EXPECT_EQ((*site.outbox.recall(OutboxSite::campaign(1, "b")))->outcome, unresolved);
  EXPECT_FALSE(site.outbox.recall(OutboxSite::campaign(1, "c"))->has_value());
  EXPECT_EQ(site.outbox.recall(OutboxSite::campaign(2, "a")).error().code, ErrorCode::conflict);
  EXPECT_EQ(site.vendor.creations, 3);
}

TEST(OutboxAsync, SendsAndReconciles) {
  OutboxSite site;
  site.vendor.answers = {Answer::lose_after};
  std::promise<Result<Dispatch>> sent;
  site.outbox.async_send(OutboxSite::campaign(1, "a"), {},
                         [&](Result<Dispatch> d) { sent.set_value(std::move(d)); });
  EXPECT_EQ(sent.get_future().get()->outcome, unresolved);
  std::promise<Result<std::vector<Reconciliation>>> found;
  site.outbox.async_reconcile({}, [&](auto r) { found.set_value(std::move(r)); });
  auto const all = found.get_future().get();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->at(0).verdict, Verdict::found);
}

TEST(OutboxAsync, ReportsThatNoThreadStarts) {
  OutboxSite site;
  std::optional<Result<Dispatch>> sent;
  std::optional<Result<std::vector<Reconciliation>>> found;
  {
    Outbox outbox{site.vendor, site.journal, site.options()};
    no_thread_starts = true;
    outbox.async_send(OutboxSite::campaign(1, "a"), {}, [&](Result<Dispatch> d) { sent = std::move(d); });
    outbox.async_reconcile({}, [&](auto r) { found = std::move(r); });
    no_thread_starts = false;
  }
  ASSERT_TRUE(sent && found);
  EXPECT_EQ(sent->error().code, ErrorCode::unavailable);
  EXPECT_EQ(found->error().code, ErrorCode::unavailable);
  EXPECT_TRUE(site.journal.records().empty());
}

TEST(OutboxAsync, DestructorWaitsForEveryOutcome) {
  std::atomic<int> done = 0;
  OutboxSite site;
  {
    Outbox outbox{site.vendor, site.journal, site.options()};
    for (int i = 0; i < 50; ++i)
      outbox.async_send(OutboxSite::campaign(1, "a" + std::to_string(i)), {},
                        [&](Result<Dispatch> const&) { ++done; });
  }
  EXPECT_EQ(done, 50);
}

}  // namespace
}  // namespace polycampaign::test
