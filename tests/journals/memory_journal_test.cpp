#include "polycampaign/testing/memory_journal.hpp"

#include "polycampaign/testing/journal_conformance.hpp"

#include <gtest/gtest.h>

namespace polycampaign::testing {
namespace {

JournalRecord intent(std::string key = "key") {
  return {.account = "promo", .key = std::move(key), .attempt = "a1", .provider = "acme", .recipients = 3};
}

Error broken() {
  return {.code = ErrorCode::unavailable, .message = "the disk is gone"};
}

TEST(MemoryJournal, KeepsEveryPromise) {
  MemoryJournal const journal;
  auto const findings = check_journal([&]() -> Result<std::unique_ptr<SendJournal>> {
    return std::unique_ptr<SendJournal>{journal.reopen()};
  });
  for (auto const& finding : findings) ADD_FAILURE() << to_string(finding);
  EXPECT_GT(journal.records().size(), 400u);
}

TEST(MemoryJournal, FailsBeforeOrAfterWriting) {
  MemoryJournal journal;
  journal.fail_begin(broken(), false);
  journal.fail_begin(broken(), true);
  auto begun = journal.begin(intent());
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().message, "the disk is gone");
  EXPECT_TRUE(journal.records().empty());
  ASSERT_FALSE(journal.begin(intent()));
  EXPECT_EQ(journal.records(), std::vector{intent()});

  auto outcome = intent();
  outcome.state = SendState::accepted;
  journal.fail_settle(broken(), false);
  journal.fail_settle(broken(), true);
  ASSERT_FALSE(journal.settle(outcome, SendState::sending));
  EXPECT_EQ(journal.records(), std::vector{intent()});
  ASSERT_FALSE(journal.settle(outcome, SendState::sending));
  EXPECT_EQ(journal.records(), std::vector{outcome});

  journal.fail_read(broken());
  journal.fail_read(broken());
  EXPECT_FALSE(journal.find("promo", "key"));
  EXPECT_FALSE(journal.list({}));
  EXPECT_EQ(journal.find("promo", "key").value(), std::vector{outcome});
}

TEST(MemoryJournal, SharesRecordsButNoFailures) {
  MemoryJournal journal;
  auto const other = journal.reopen();
  journal.fail_begin(broken(), false);
  EXPECT_TRUE(other->begin(intent()));
  EXPECT_EQ(journal.records(), std::vector{intent()});
  EXPECT_FALSE(journal.begin(intent("another")));
}

TEST(JournalRecord, IsCheckedWithoutShowingItsValues) {
  EXPECT_TRUE(check_journal_record({}));
  EXPECT_TRUE(check_journal_record(intent("\u00e9 \U0010FFFF \x01")));
  for (auto const& text : {std::string{"+33639980002\0", 13}, std::string{"+33639980002\xff"}}) {
    for (auto const& [member, name] : {std::pair{&JournalRecord::account, "account"},
                                       {&JournalRecord::key, "key"},
                                       {&JournalRecord::attempt, "attempt"},
                                       {&JournalRecord::provider, "provider"},
                                       {&JournalRecord::fingerprint, "fingerprint"},
                                       {&JournalRecord::campaign_id, "campaign_id"},
                                       {&JournalRecord::details, "details"}}) {
      auto record = intent();
      record.*member = text;
      auto const checked = check_journal_record(record);
      ASSERT_FALSE(checked) << name;
      EXPECT_EQ(checked.error().code, ErrorCode::invalid_argument);
      EXPECT_NE(checked.error().message.find(name), std::string::npos) << checked.error().message;
      EXPECT_EQ(checked.error().message.find("639980002"), std::string::npos) << checked.error().message;
    }
  }
  auto record = intent();
  record.part = 0;
  EXPECT_FALSE(check_journal_record(record));
  record = intent();
  record.recipients = -1;
  EXPECT_FALSE(check_journal_record(record));
}

TEST(SendState, HasAName) {
  for (auto const state : {SendState::sending, SendState::accepted, SendState::refused, SendState::unresolved,
                           SendState::absent, SendState::not_sent}) {
    EXPECT_EQ(parse_send_state(to_string(state)), state);
    EXPECT_EQ(may_send(state),
              state == SendState::refused || state == SendState::absent || state == SendState::not_sent);
  }
  EXPECT_EQ(parse_send_state("Sending"), std::nullopt);
  EXPECT_EQ(parse_send_state(""), std::nullopt);
}

}  // namespace
}  // namespace polycampaign::testing
