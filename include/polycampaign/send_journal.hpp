#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// What is known of one part of a sending.
enum class SendState : std::uint8_t {
  sending,     ///< it may be sent now; or the process that sent it has ended without an outcome
  accepted,    ///< the vendor has accepted it
  refused,     ///< the vendor, or a check before it, has refused it: nobody was reached
  unresolved,  ///< the vendor may have accepted it
  absent,      ///< `reconcile` has found that the vendor never received it
  not_sent,    ///< a person has decided that it was not sent
};

/// Returns the enumerator's name, as in JSON and in the journals' tables.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(SendState state) noexcept;
/// Returns the state with exactly this name, or nothing if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<SendState> parse_send_state(std::string_view name) noexcept;
/// Returns whether a part in this state may be sent: it is `refused`, `absent` or `not_sent`.
[[nodiscard]] POLYCAMPAIGN_EXPORT bool may_send(SendState state) noexcept;

/// One part of one sending, as the journal keeps it. It contains no phone number, no text and no secret.
/// Strings are valid UTF-8 without the character NUL, and of any length.
///
/// Threads: a plain value, not synchronized.
struct JournalRecord {
  std::string account{};                  ///< the account, as the application names it
  std::string key{};                      ///< identifies the sending within its account
  std::int64_t part = 1;                  ///< counts from 1
  SendState state = SendState::sending;   ///< what is known of it
  std::string attempt{};                  ///< random; identifies the attempt that wrote the intent
  std::string provider{};                 ///< the vendor
  std::string fingerprint{};              ///< identifies what is sent: lower-case hexadecimal digits
  std::int64_t recipients = 0;            ///< the number of recipients of this part; 0 for lists
  std::string campaign_id{};              ///< the vendor's id of the campaign; empty if not known
  std::chrono::sys_seconds created_at{};  ///< when the intent was written
  std::optional<std::chrono::sys_seconds> settled_at{};  ///< when an outcome was written
  std::string details{};  ///< what else the outbox knows: JSON, opaque to the journal

  friend bool operator==(JournalRecord const&, JournalRecord const&) = default;
};

/// Checks what every journal refuses: a string with a NUL or with invalid UTF-8, a part below 1, a negative
/// number of recipients. The error names the member, never its value.
///
/// Errors: `invalid_argument`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> check_journal_record(JournalRecord const& record);

/// Which records to list.
struct JournalFilter {
  std::optional<std::string> account{};  ///< only records of this account; absent: of all accounts
  bool unsettled_only = true;            ///< only records that are `sending` or `unresolved`
  std::size_t limit = 1000;              ///< maximum number of records; 0: none
  /// Only records after this one, in the order of account, key and part. Only these three members count, and
  /// the record need not exist. To read everything, pass the last record of each list to the next one.
  std::optional<JournalRecord> after{};
};

/// Remembers what was sent, so that nothing is sent twice. `make_sqlite_journal` and `make_postgres_journal`
/// return one.
///
/// A record is identified by account, key and part. These are compared byte by byte: case and trailing spaces
/// count. Everything that a function has written is durable when it returns: it survives a crash of the
/// process and a loss of power.
///
/// To use another database, derive from this class:
///
/// * Keep one row for each record, with a unique key of account, key and part. Make sure that the database
///   compares and sorts these columns as bytes (in SQL, `COLLATE "C"` or `BINARY`), and stores all
///   characters.
/// * Call `check_journal_record` first in every function, also with the key that is looked for.
/// * Write `begin` as one transaction that inserts the row, or updates it only if its state allows sending.
///   Reading first and writing afterwards is not enough, unless the row or the table is locked between both.
/// * Write `settle` as one conditional update, and return whether it changed a row.
/// * Do not repeat a `begin` if its commit may have succeeded. Read the record instead: if it has the
///   intent's `attempt`, the intent was written.
/// * If a repeated `settle` changes no row, the first one may have succeeded. It has if the record equals
///   the one to be written.
/// * Wait for the disk, not only for the operating system, before you return.
/// * Never show an account, key or detail in an error, because they come from the caller.
/// * Store the version of your schema, and refuse one that you do not know.
///
/// Then run `testing::check_journal`, which tests all of this except durability.
///
/// Threads: every member may be called from several threads at once, and by several processes on the same
/// database. A member may block.
class POLYCAMPAIGN_EXPORT SendJournal {
 public:
  SendJournal();
  virtual ~SendJournal();
  SendJournal(SendJournal const&) = delete;
  SendJournal& operator=(SendJournal const&) = delete;

  /// Writes an intent, unless the part may not be sent. In one atomic step: if there is no record with the
  /// intent's account, key and part, or if its state allows sending (`may_send`), the intent takes its place
  /// and nothing is returned. Otherwise nothing is written and that record is returned, even if it has the
  /// intent's own `attempt`.
  ///
  /// Errors: `unavailable` (the database), `configuration`: the intent may or may not have been written, and
  /// the part must not be sent. `invalid_argument` (`check_journal_record`, or the state of the intent is not
  /// `sending`): nothing was written.
  /// Retried: never by the journal after the intent may have been written.
  [[nodiscard]] virtual Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) = 0;

  /// Writes an outcome. In one atomic step: if the record with the same account, key, part and attempt is in
  /// the state `from`, `record` takes its place, with all its members, and true is returned. Otherwise
  /// nothing is written and false is returned.
  ///
  /// Errors: as `begin`; if the error is not `invalid_argument`, the outcome may or may not have been
  /// written. Retried: yes, a journal may repeat it.
  [[nodiscard]] virtual Result<bool> settle(JournalRecord const& record, SendState from) = 0;

  /// Returns the records of a key, in the order of their parts.
  ///
  /// Errors: as `begin`.
  /// Retried: yes.
  [[nodiscard]] virtual Result<std::vector<JournalRecord>> find(std::string_view account,
                                                                std::string_view key) = 0;

  /// Returns records in the order of account, key and part. Account and key are compared byte by byte.
  ///
  /// Errors: as `begin`.
  /// Retried: yes.
  [[nodiscard]] virtual Result<std::vector<JournalRecord>> list(JournalFilter const& filter) = 0;
};

}  // namespace polycampaign::inline v1
