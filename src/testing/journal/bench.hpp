#pragma once

#include "polycampaign/testing/journal_conformance.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::journal {

constexpr SendState all_states[] = {SendState::sending,    SendState::accepted, SendState::refused,
                                    SendState::unresolved, SendState::absent,   SendState::not_sent};

/// What the checks share. Used by one thread.
class Bench {
 public:
  explicit Bench(JournalFactory const& make) : make_{make} {}

  void start(std::string_view check);
  /// Adds a finding unless `good`. Returns `good`.
  bool expect(bool good, std::string_view expected, std::string seen);
  /// Opens the journal once more. Returns null after a finding.
  [[nodiscard]] std::unique_ptr<SendJournal> open();
  /// Returns an account that no check has used, so that each begins without records.
  [[nodiscard]] std::string account() { return "account-" + std::to_string(++accounts_); }
  /// Returns an intent with a value in each member that an intent has.
  [[nodiscard]] JournalRecord intent(std::string account, std::string key = "key", std::int64_t part = 1);
  /// Returns the record with this outcome, and with other values than its intent.
  [[nodiscard]] static JournalRecord outcome(JournalRecord record, SendState state);

  // These return false after a finding.

  /// Begins, which must write.
  bool begins(SendJournal& journal, JournalRecord const& intent);
  /// Begins, which must return `present` and write nothing.
  bool is_kept_by(SendJournal& journal, JournalRecord const& intent, JournalRecord const& present);
  bool settles(SendJournal& journal, JournalRecord const& record, SendState from);
  bool does_not_settle(SendJournal& journal, JournalRecord const& record, SendState from,
                       std::string_view why);
  /// The key has these records and no others.
  bool holds(SendJournal& journal, std::string_view account, std::string_view key,
             std::vector<JournalRecord> const& records, std::string_view why);
  /// Begins and, if the state is another one than `sending`, settles. Returns the record.
  [[nodiscard]] std::optional<JournalRecord> put(SendJournal& journal, JournalRecord const& intent,
                                                 SendState state);

  [[nodiscard]] std::vector<Finding>& findings() noexcept { return findings_; }

 private:
  JournalFactory const& make_;
  std::string check_{};
  int reported_ = 0;
  int accounts_ = 0;
  int attempts_ = 0;
  std::vector<Finding> findings_{};
};

[[nodiscard]] std::string shown(JournalRecord const& record);
[[nodiscard]] std::string shown(std::vector<JournalRecord> const& records);
[[nodiscard]] std::string shown(Result<std::optional<JournalRecord>> const& begun);
[[nodiscard]] std::string shown(Result<std::vector<JournalRecord>> const& records);
[[nodiscard]] std::string shown(Result<bool> const& settled);

void check_begin(Bench& bench);
void check_states(Bench& bench);
void check_identity(Bench& bench);
void check_settle(Bench& bench);
void check_values(Bench& bench);
void check_strings(Bench& bench);
void check_refused(Bench& bench);
void check_find(Bench& bench);
void check_lists(Bench& bench);
void check_paging(Bench& bench);
void check_reopening(Bench& bench);
void check_begin_races(Bench& bench);
void check_replacing_races(Bench& bench);
void check_settle_races(Bench& bench);
void check_busy_threads(Bench& bench);

}  // namespace polycampaign::inline v1::testing::journal
