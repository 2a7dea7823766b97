#include "polycampaign/sqlite_journal.hpp"

#include "journals/sqlite_database.hpp"
#include "journals/sqlite_file.hpp"
#include "journals/table.hpp"

#include <mutex>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

using namespace journals;

class SqliteJournal final : public SendJournal {
 public:
  [[nodiscard]] Result<void> open(std::string path, std::chrono::milliseconds busy_timeout) {
    return database_.open(std::move(path), busy_timeout);
  }

  Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override {
    if (auto error = refused_intent(intent)) return *std::move(error);
    std::lock_guard const lock{mutex_};
    std::vector<JournalRecord> present;
    auto written = change(begin_statement(intent), [&](bool wrote) -> Result<void> {
      if (wrote) return {};
      auto found = read(record_statement(intent));
      if (!found) return std::move(found).error();
      present = *std::move(found);
      return {};
    });
    if (!written) return std::move(written).error();
    if (*written) return std::optional<JournalRecord>{};
    if (present.size() != 1) return database_.unreadable();
    return std::optional{std::move(present.front())};
  }

  Result<bool> settle(JournalRecord const& record, SendState from) override {
    if (auto good = check_journal_record(record); !good) return std::move(good).error();
    std::lock_guard const lock{mutex_};
    return change(settle_statement(record, from), [](bool) { return Result<void>{}; });
  }

  Result<std::vector<JournalRecord>> find(std::string_view account, std::string_view key) override {
    JournalRecord const named{.account = std::string{account}, .key = std::string{key}};
    if (auto good = check_journal_record(named); !good) return std::move(good).error();
    std::lock_guard const lock{mutex_};
    return read(find_statement(account, key));
  }

  Result<std::vector<JournalRecord>> list(JournalFilter const& filter) override {
    if (auto error = refused_filter(filter)) return *std::move(error);
    std::lock_guard const lock{mutex_};
    return read(list_statement(filter));
  }

 private:
  /// Ends a transaction that was not committed, also after an exception.
  class RollBack {
   public:
    explicit RollBack(SqliteDatabase& database) noexcept : database_{database} {}
    ~RollBack() { database_.roll_back(); }
    RollBack(RollBack const&) = delete;
    RollBack& operator=(RollBack const&) = delete;

   private:
    SqliteDatabase& database_;
  };

  /// Runs the statement and `then` in one transaction. Returns whether the statement has changed a row.
  template <class Then>
  Result<bool> change(Statement const& statement, Then const& then) {
    if (auto begun = database_.begin(); !begun) return std::move(begun).error();
    RollBack const uncommitted{database_};
    auto rows = database_.query(statement);
    auto done = rows ? then(!rows->empty()) : Result<void>{rows.error()};
    if (!done) return std::move(done).error();
    if (auto committed = database_.commit(); !committed) return std::move(committed).error();
    return !rows->empty();
  }

  Result<std::vector<JournalRecord>> read(Statement const& statement) {
    auto rows = database_.query(statement);
    if (!rows) return std::move(rows).error();
    std::vector<JournalRecord> records;
    for (auto const& row : *rows) {
      auto record = from_row(row);
      if (!record) return database_.unreadable();
      records.push_back(*std::move(record));
    }
    return records;
  }

  std::mutex mutex_{};
  SqliteDatabase database_{};
};

}  // namespace

Result<std::unique_ptr<SendJournal>> make_sqlite_journal(std::string path,
                                                         SqliteJournalOptions const& options) {
  if (path.empty() || path.find('\0') != std::string::npos)
    return failed(ErrorCode::configuration,
                  "the path of the journal must not be empty or contain the character NUL");
  if (options.busy_timeout < std::chrono::milliseconds{0} || options.busy_timeout > std::chrono::hours{24})
    return failed(ErrorCode::configuration, "busy_timeout must be from 0 to 24 hours");
  if (auto prepared = prepare_file(path); !prepared) return std::move(prepared).error();
  auto journal = std::make_unique<SqliteJournal>();
  if (auto opened = journal->open(std::move(path), options.busy_timeout); !opened)
    return std::move(opened).error();
  return std::unique_ptr<SendJournal>{std::move(journal)};
}

}  // namespace polycampaign::inline v1
