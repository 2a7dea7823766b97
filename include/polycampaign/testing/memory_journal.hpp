#pragma once

#include "polycampaign/send_journal.hpp"
#include "polycampaign/testing/export.hpp"

#include <memory>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A SendJournal in memory, for the tests of an application. It does everything that a SendJournal must do,
/// except that its records do not survive the process.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT MemoryJournal final : public SendJournal {
 public:
  /// Creates an empty journal.
  MemoryJournal();
  ~MemoryJournal() override;

  /// Returns another journal with the same records, as a program finds them after a restart. Each of the two
  /// sees what the other one writes, as two processes with one database do. Failures are not shared.
  [[nodiscard]] std::unique_ptr<MemoryJournal> reopen() const;
  /// Makes the next `begin` fail with this error. If `written`, it writes first, like a database whose answer
  /// is lost. Errors from several calls apply to the following calls in order.
  void fail_begin(Error error, bool written);
  /// Makes the next `settle` fail in the same way.
  void fail_settle(Error error, bool written);
  /// Makes the next `find` or `list` fail.
  void fail_read(Error error);
  /// Returns all records in the order of account, key and part.
  [[nodiscard]] std::vector<JournalRecord> records() const;

  [[nodiscard]] Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override;
  [[nodiscard]] Result<bool> settle(JournalRecord const& record, SendState from) override;
  [[nodiscard]] Result<std::vector<JournalRecord>> find(std::string_view account,
                                                        std::string_view key) override;
  [[nodiscard]] Result<std::vector<JournalRecord>> list(JournalFilter const& filter) override;

 private:
  struct Store;
  struct Failures;
  explicit MemoryJournal(std::shared_ptr<Store> store);
  std::shared_ptr<Store> store_;
  std::unique_ptr<Failures> failures_;
};

}  // namespace polycampaign::inline v1::testing
