#include "journals/sqlite_database.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

namespace polycampaign::inline v1::journals {

namespace {

constexpr std::int64_t application_id = 0x70434A6E;  // "pCJn", in the header of the file

/// What turns a file of version N into one of version N + 1. A new version appends a script.
constexpr std::array<char const*, schema_version> migrations{R"(
CREATE TABLE polycampaign_sends (
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  part INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt TEXT NOT NULL,
  provider TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  recipients INTEGER NOT NULL,
  campaign_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  details TEXT NOT NULL,
  PRIMARY KEY (account, key, part)
) WITHOUT ROWID;
CREATE INDEX polycampaign_unsettled ON polycampaign_sends (account, key, part)
  WHERE state IN ('sending', 'unresolved');
)"};

struct Finalizer {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalizer>;

}  // namespace

SqliteDatabase::~SqliteDatabase() {
  sqlite3_close(handle_);
}

Error SqliteDatabase::failure(int code) const {
  auto const what = "the journal " + path_ + ' ';
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return failed(ErrorCode::unavailable,
                    what + "was locked by another process for longer than " +
                        std::to_string(busy_timeout_.count()) +
                        " ms. Retry, and end a program that keeps it locked.",
                    true);
    case SQLITE_FULL:
      return failed(ErrorCode::unavailable,
                    what + "cannot grow: its disk is full. Free space on its file system.", true);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return failed(
          ErrorCode::configuration,
          what + "cannot be written. Give this program the right to write the file and its directory.");
    case SQLITE_CANTOPEN:
      return failed(
          ErrorCode::configuration,
          what +
              "cannot be opened. Give this program the right to read and write the file and its directory.");
    case SQLITE_NOTADB:
      return failed(ErrorCode::configuration, what + "is not an SQLite database. Name another file.");
    case SQLITE_CORRUPT:
      return failed(ErrorCode::configuration,
                    what +
                        "is damaged. Restore it from a backup. Without it, campaigns that it "
                        "contains could be sent twice.");
    default:
      return failed(ErrorCode::unavailable, what + "failed: " + sqlite3_errstr(code) + " (SQLite error " +
                                                std::to_string(code) + ")");
  }
}

Error SqliteDatabase::unreadable() const {
  return failed(ErrorCode::configuration,
                "the journal " + path_ +
                    " contains a record that this library has not written. Restore it from a backup.");
}

Result<void> SqliteDatabase::execute(char const* sql) {
  int const code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<void> SqliteDatabase::begin() {
  auto begun = execute("BEGIN IMMEDIATE");
  if (!begun) return begun;
  int moved = 0;
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved == 0) return begun;
  roll_back();
  return failed(ErrorCode::configuration,
                "the journal " + path_ +
                    " was deleted or replaced while this program used it. Put it back, or "
                    "start the program again.");
}

Result<void> SqliteDatabase::commit() {
  auto done = execute("COMMIT");
  if (!done) roll_back();
  return done;
}

void SqliteDatabase::roll_back() noexcept {
  // Some errors have already rolled the transaction back.
  if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<std::vector<Row>> SqliteDatabase::query(Statement const& statement) {
  sqlite3_stmt* raw = nullptr;
  int code = sqlite3_prepare_v2(handle_, statement.sql.c_str(), -1, &raw, nullptr);
  Prepared const prepared{raw};
  if (code != SQLITE_OK) return failure(code);
  for (std::size_t i = 0; i < statement.parameters.size(); ++i) {
    auto const& value = statement.parameters[i];
    if (!value) continue;  // what is not bound is NULL
    code = sqlite3_bind_text64(raw, static_cast<int>(i) + 1, value->data(), value->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
    if (code != SQLITE_OK) return failure(code);
  }
  std::vector<Row> rows;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
    auto& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(raw) && i < static_cast<int>(columns); ++i) {
      auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(raw, i));
      auto const size = static_cast<std::size_t>(sqlite3_column_bytes(raw, i));
      if (text != nullptr) row[static_cast<std::size_t>(i)].emplace(text, size);
    }
  }
  if (code != SQLITE_DONE) return failure(code);
  return rows;
}

Result<std::int64_t> SqliteDatabase::pragma(char const* sql) {
  auto rows = query({sql});
  if (!rows) return std::move(rows).error();
  return rows->empty() || !rows->front()[0] ? std::int64_t{0}
                                            : std::strtoll(rows->front()[0]->c_str(), nullptr, 10);
}

Result<void> SqliteDatabase::open(std::string path, std::chrono::milliseconds busy_timeout) {
  path_ = std::move(path);
  busy_timeout_ = busy_timeout;
  // Without a directory, `:memory:` and `file:` would be special names.
  auto const file = path_.front() == '/' ? path_ : "./" + path_;
  int const code = sqlite3_open_v2(
      file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) return failure(code);
  sqlite3_busy_timeout(handle_, static_cast<int>(busy_timeout.count()));
  if (sqlite3_db_readonly(handle_, "main") == 1) return failure(SQLITE_READONLY);
  if (auto done = use_wal(); !done) return done;
  if (auto done = execute("PRAGMA synchronous=FULL"); !done) return done;
  return use_schema();
}

Result<void> SqliteDatabase::use_wal() {
  // SQLite does not wait for a lock to change the mode, so this does. It is needed once in a file's life.
  auto const end = std::chrono::steady_clock::now() + busy_timeout_;
  while (true) {
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(handle_, "PRAGMA journal_mode=WAL", -1, &raw, nullptr);
    Prepared const prepared{raw};
    if (code == SQLITE_OK) code = sqlite3_step(raw);
    if (code == SQLITE_ROW) {
      if (std::string_view{reinterpret_cast<char const*>(sqlite3_column_text(raw, 0))} == "wal") return {};
      return failed(ErrorCode::configuration,
                    "the journal " + path_ +
                        " is on a file system without shared memory. Name a file on a local disk.");
    }
    if ((code & 0xFF) != SQLITE_BUSY || std::chrono::steady_clock::now() >= end) return failure(code);
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

Result<void> SqliteDatabase::use_schema() {
  auto const version = pragma("PRAGMA user_version");
  if (!version) return Error{version.error()};
  auto const application = pragma("PRAGMA application_id");
  if (!application) return Error{application.error()};
  if (*application == application_id && *version == schema_version) return {};
  if (auto begun = begin(); !begun) return begun;
  auto done = migrate();
  if (done) return commit();
  roll_back();
  return done;
}

// Runs in a transaction, because another process may be doing the same.
Result<void> SqliteDatabase::migrate() {
  auto const version = pragma("PRAGMA user_version");
  if (!version) return Error{version.error()};
  auto const application = pragma("PRAGMA application_id");
  if (!application) return Error{application.error()};
  auto const tables = pragma("SELECT count(*) FROM sqlite_master");
  if (!tables) return Error{tables.error()};
  bool const empty = *application == 0 && *version == 0 && *tables == 0;
  if (!empty && *application != application_id)
    return failed(
        ErrorCode::configuration,
        "the file " + path_ + " is a database of another application, not a journal. Name another file.");
  if (*version < 0 || *version > schema_version)
    return failed(ErrorCode::configuration, "the journal " + path_ + " has the schema version " +
                                                std::to_string(*version) +
                                                ", written by a newer polycampaign. This one knows version " +
                                                std::to_string(schema_version) + ". Update polycampaign.");
  for (auto next = *version; next < schema_version; ++next)
    if (auto done = execute(migrations[static_cast<std::size_t>(next)]); !done) return done;
  auto const header = "PRAGMA application_id=" + std::to_string(application_id) +
                      "; PRAGMA user_version=" + std::to_string(schema_version);
  return execute(header.c_str());
}

}  // namespace polycampaign::inline v1::journals
