#include "polycampaign/postgres_journal.hpp"

#include "journals/postgres_errors.hpp"
#include "journals/postgres_pool.hpp"
#include "journals/table.hpp"

#include <utility>

namespace polycampaign::inline v1 {

namespace {

using namespace journals;

constexpr int most_tries = 3;

Error unreadable_record() {
  return failed(ErrorCode::configuration,
                "the PostgreSQL journal contains a record that this library has not written. Restore it from "
                "a backup.");
}

Result<std::vector<JournalRecord>> records(Result<std::vector<Row>> rows) {
  if (!rows) return std::move(rows).error();
  std::vector<JournalRecord> all;
  for (auto const& row : *rows) {
    auto record = from_row(row);
    if (!record) return unreadable_record();
    all.push_back(*std::move(record));
  }
  return all;
}

/// How a transaction ended.
template <class T>
struct Ended {
  Result<T> result;
  bool doubtful = false;  ///< the commit was requested, and its answer was lost
};

class PostgresJournal final : public SendJournal {
 public:
  PostgresJournal(PostgresSettings settings, std::size_t most) : pool_{std::move(settings), most} {}

  [[nodiscard]] Result<void> connect() {
    if (auto lease = pool_.take(); !lease) return std::move(lease).error();
    return {};
  }

  Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override {
    if (auto error = refused_intent(intent)) return *std::move(error);
    using Present = std::optional<JournalRecord>;
    Present keeping_out;
    auto ended = transact<Present>(writing, [&](PostgresConnection& connection) -> Result<Present> {
      auto written = connection.query(begin_statement(intent));
      if (!written) return std::move(written).error();
      if (!written->empty()) return Present{};
      // The statement has locked the row, although it has not changed it.
      auto found = present(connection, intent);
      if (found && !*found)
        return failed(ErrorCode::configuration,
                      "the PostgreSQL journal: the table polycampaign_sends has "
                      "neither taken the intent nor a record that keeps it out. Remove triggers, rules and "
                      "row security from it.");
      if (found) keeping_out = *found;
      return found;
    });
    if (!ended.doubtful) return std::move(ended.result);
    if (keeping_out) return keeping_out;  // so there was nothing to commit
    auto found = transact<Present>(reading, [&](PostgresConnection& connection) {
                   return present(connection, intent);
                 }).result;
    // Without the intent, it is still not certain that the server has given up its transaction.
    if (found && *found && **found == intent) return Present{};
    return std::move(ended.result);
  }

  Result<bool> settle(JournalRecord const& record, SendState from) override {
    if (auto good = check_journal_record(record); !good) return std::move(good).error();
    bool repeated = false;
    while (true) {
      auto ended = transact<bool>(writing, [&](PostgresConnection& connection) -> Result<bool> {
        auto written = connection.query(settle_statement(record, from));
        if (!written) return std::move(written).error();
        if (!written->empty() || !repeated) return !written->empty();
        auto found = present(connection, record);
        if (!found) return std::move(found).error();
        return *found && **found == record;
      });
      if (!ended.doubtful || repeated) return std::move(ended.result);
      repeated = true;
    }
  }

  Result<std::vector<JournalRecord>> find(std::string_view account, std::string_view key) override {
    JournalRecord const named{.account = std::string{account}, .key = std::string{key}};
    if (auto good = check_journal_record(named); !good) return std::move(good).error();
    return read(find_statement(account, key));
  }

  Result<std::vector<JournalRecord>> list(JournalFilter const& filter) override {
    if (auto error = refused_filter(filter)) return *std::move(error);
    return read(list_statement(filter));
  }

 private:
  static Result<std::optional<JournalRecord>> present(PostgresConnection& connection,
                                                      JournalRecord const& identity) {
    auto found = records(connection.query(record_statement(identity)));
    if (!found) return std::move(found).error();
    if (found->empty()) return std::optional<JournalRecord>{};
    return std::optional{std::move(found->front())};
  }

  Result<std::vector<JournalRecord>> read(Statement const& statement) {
    return transact<std::vector<JournalRecord>>(
               reading, [&](PostgresConnection& connection) { return records(connection.query(statement)); })
        .result;
  }

  static constexpr bool reading = false;
  static constexpr bool writing = true;

  /// Runs `body` in a transaction. It is repeated if the connection is lost before the commit is requested,
  /// because the server then rolls it back. If it only reads, it is repeated in any case.
  template <class T, class Body>
  Ended<T> transact(bool writes, Body const& body) {
    for (int tries = 1;; ++tries) {
      auto lease = pool_.take();
      if (!lease) return {std::move(lease).error()};
      auto& connection = *lease;
      auto begun = connection->begin();
      auto result = begun ? body(connection.get()) : Result<T>{std::move(begun).error()};
      if (result) {
        auto committed = connection->commit();
        if (committed) return {std::move(result)};
        if (writes) return {std::move(committed).error(), connection->lost()};
        result = std::move(committed).error();
      }
      connection->roll_back();
      if (!connection->lost() || connection->timed_out() || tries == most_tries) return {std::move(result)};
    }
  }

  PostgresPool pool_;
};

}  // namespace

Result<std::unique_ptr<SendJournal>> make_postgres_journal(std::string connection,
                                                           PostgresJournalOptions const& options) {
  using namespace std::chrono_literals;
  auto const refused = [](char const* what) { return failed(ErrorCode::configuration, what); };
  if (options.max_connections < 1 || options.max_connections > 100)
    return refused("max_connections must be from 1 to 100");
  if (options.connect_timeout < 2s || options.connect_timeout > 1h)
    return refused("connect_timeout must be from 2 s to 1 hour");
  if (options.statement_timeout < 100ms || options.statement_timeout > 1h)
    return refused("statement_timeout must be from 100 ms to 1 hour");
  auto settings = read_connection_string(connection, options.connect_timeout);
  if (!settings) return std::move(settings).error();
  settings->statement_timeout = options.statement_timeout;
  auto journal = std::make_unique<PostgresJournal>(*std::move(settings), options.max_connections);
  if (auto connected = journal->connect(); !connected) return std::move(connected).error();
  return std::unique_ptr<SendJournal>{std::move(journal)};
}

}  // namespace polycampaign::inline v1
