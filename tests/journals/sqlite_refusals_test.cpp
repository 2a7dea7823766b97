#include "polycampaign/sqlite_journal.hpp"

#include "journals/worker.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace polycampaign {
namespace {

using test::Folder;
using test::Worker;
using namespace std::chrono_literals;

/// What is wrong must be named with its place, and what to do.
template <class T>
void expect_refused(Result<T> const& result, ErrorCode code, bool transient, std::string const& path,
                    std::string const& words) {
  ASSERT_FALSE(result) << words;
  auto const text = to_string(result.error());
  EXPECT_EQ(result.error().code, code) << text;
  EXPECT_EQ(result.error().transient, transient) << text;
  EXPECT_EQ(result.error().effect, Effect::none);
  EXPECT_NE(text.find(path), std::string::npos) << text;
  EXPECT_NE(text.find(words), std::string::npos) << text;
  for (auto const* const secret : {"secret-key", "secret-account", "secret-details"})
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
}

JournalRecord intent() {
  return {.account = "secret-account", .key = "secret-key", .details = "secret-details"};
}

/// Another connection to the file, of another application.
class Database {
 public:
  explicit Database(std::string const& path) { EXPECT_EQ(sqlite3_open(path.c_str(), &handle_), SQLITE_OK); }
  ~Database() { sqlite3_close(handle_); }
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;
  void run(char const* sql) {
    EXPECT_EQ(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  }

 private:
  sqlite3* handle_ = nullptr;
};

TEST(SqliteRefusal, UnusablePaths) {
  Folder const folder;
  expect_refused(make_sqlite_journal(""), ErrorCode::configuration, false, "path", "empty");
  expect_refused(make_sqlite_journal(std::string{"a\0b", 3}), ErrorCode::configuration, false, "path", "NUL");
  expect_refused(make_sqlite_journal(folder.file("none/journal.db")), ErrorCode::configuration, false,
                 folder.file("none/journal.db"), "Create the directory " + folder.file("none."));
  expect_refused(make_sqlite_journal(folder.path()), ErrorCode::configuration, false, folder.path(),
                 "not a regular file");
  std::filesystem::create_symlink(folder.file("nowhere/file"), folder.file("dangling"));
  expect_refused(make_sqlite_journal(folder.file("dangling")), ErrorCode::configuration, false, "dangling",
                 "cannot be created");
  expect_refused(make_sqlite_journal(folder.file("j"), {.busy_timeout = -1ms}), ErrorCode::configuration,
                 false, "busy_timeout", "24 hours");
  expect_refused(make_sqlite_journal(folder.file("j"), {.busy_timeout = 25h}), ErrorCode::configuration,
                 false, "busy_timeout", "24 hours");
}

TEST(SqliteRefusal, FilesOfOthers) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  for (mode_t const mode : {0640U, 0604U, 0620U, 0602U}) {
    ASSERT_TRUE(make_sqlite_journal(path));
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path,
                   "chmod 600 '" + path + "'");
    ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  }
  EXPECT_TRUE(make_sqlite_journal(path));
  std::ofstream{path + "-wal"};
  ASSERT_EQ(::chmod((path + "-wal").c_str(), 0644), 0);
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path,
                 "chmod 600 '" + path + "-wal'");
}

TEST(SqliteRefusal, OtherFiles) {
  Folder const folder;
  auto const private_file = [&](std::string const& name, std::string const& content) {
    auto const path = folder.file(name);
    std::ofstream{path, std::ios::binary} << content;
    ::chmod(path.c_str(), 0600);
    return path;
  };
  auto path = private_file("text", std::string(5000, 'x'));
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path, "not an SQLite database");
  EXPECT_EQ(std::filesystem::file_size(path), 5000u);
  EXPECT_TRUE(make_sqlite_journal(private_file("empty", "")));

  path = private_file("other", "");
  Database{path}.run("CREATE TABLE theirs (x)");
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path, "another application");
  path = private_file("named", "");
  Database{path}.run("PRAGMA application_id = 77");
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path, "another application");

  path = folder.file("newer");
  ASSERT_TRUE(make_sqlite_journal(path));
  Database{path}.run("PRAGMA user_version = 2");
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path, "schema version 2");
  expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path, "Update polycampaign");

  path = folder.file("foreign-record");
  auto const journal = make_sqlite_journal(path);
  ASSERT_TRUE(journal && (*journal)->begin(intent()));
  Database{path}.run("UPDATE polycampaign_sends SET state = 'secret-key'");
  expect_refused((*journal)->list({.unsettled_only = false}), ErrorCode::configuration, false, path,
                 "has not written");
  expect_refused((*journal)->begin(intent()), ErrorCode::configuration, false, path, "has not written");
}

TEST(SqliteRefusal, DamagedFiles) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  {
    auto const journal = make_sqlite_journal(path);
    ASSERT_TRUE(journal);
    for (int i = 0; i < 100; ++i)
      ASSERT_TRUE(
          (*journal)->begin({.account = "a", .key = std::to_string(i), .details = std::string(300, 'd')}));
  }
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  file.seekp(4096);
  file << std::string(std::filesystem::file_size(path) - 4096, 'x');
  file.close();
  auto const journal = make_sqlite_journal(path);
  if (!journal)
    return expect_refused(journal, ErrorCode::configuration, false, path, "Restore it from a backup");
  expect_refused((*journal)->list({.unsettled_only = false}), ErrorCode::configuration, false, path,
                 "Restore it from a backup");
}

TEST(SqliteRefusal, FilesThatAreGone) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path);
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->begin({.key = "first"}));
  for (auto const* const suffix : {"", "-wal", "-shm"})
    std::filesystem::rename(path + suffix, path + ".old" + suffix);
  expect_refused((*journal)->begin(intent()), ErrorCode::configuration, false, path,
                 "was deleted or replaced");
  auto const other = make_sqlite_journal(path);
  ASSERT_TRUE(other);
  expect_refused((*journal)->begin(intent()), ErrorCode::configuration, false, path,
                 "was deleted or replaced");
  expect_refused((*journal)->settle(intent(), SendState::sending), ErrorCode::configuration, false, path,
                 "replaced");
  EXPECT_TRUE((*other)->list({}).value().empty());
}

TEST(SqliteRefusal, LockedFiles) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path, {.busy_timeout = 20ms});
  ASSERT_TRUE(journal);
  Database other{path};
  other.run("BEGIN IMMEDIATE");
  expect_refused((*journal)->begin(intent()), ErrorCode::unavailable, true, path, "longer than 20 ms");
  expect_refused((*journal)->settle(intent(), SendState::sending), ErrorCode::unavailable, true, path,
                 "locked by another process");
  // readers do not wait, and an open journal can be opened again
  EXPECT_TRUE((*journal)->list({}));
  EXPECT_TRUE(make_sqlite_journal(path, {.busy_timeout = 20ms}));
  other.run("COMMIT");
  auto const begun = (*journal)->begin(intent());
  EXPECT_TRUE(begun && !*begun);

  auto const empty = folder.file("empty.db");
  std::ofstream{empty};
  ::chmod(empty.c_str(), 0600);
  Database creator{empty};
  creator.run("BEGIN EXCLUSIVE");
  expect_refused(make_sqlite_journal(empty, {.busy_timeout = 20ms}), ErrorCode::unavailable, true, empty,
                 "locked");
}

TEST(SqliteRefusal, ReadOnlyFiles) {
  if (::geteuid() != 0) {
    Folder const folder;
    auto const path = folder.file("journal.db");
    ASSERT_TRUE(make_sqlite_journal(path));
    ::chmod(path.c_str(), 0400);
    return expect_refused(make_sqlite_journal(path), ErrorCode::configuration, false, path,
                          "cannot be written");
  }
  // root may write everything, so another user tries
  Folder const folder;
  auto const path = folder.file("journal.db");
  ASSERT_TRUE(make_sqlite_journal(path));
  ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
  ::chmod(path.c_str(), 0400);
  ::chmod(folder.path().c_str(), 0777);
  Worker worker{{"--as-nobody", "sqlite", path, "open"}};
  auto const [status, output] = worker.end();
  EXPECT_EQ(status, 1);
  EXPECT_NE(output.find("configuration: the journal " + path + " cannot be written"), std::string::npos)
      << output;
  ::chmod(folder.path().c_str(), 0755);
  Worker creator{{"--as-nobody", "sqlite", folder.file("new.db"), "open"}};
  auto const created = creator.end();
  EXPECT_EQ(created.first, 1);
  EXPECT_NE(created.second.find("configuration: the journal " + folder.file("new.db") + " cannot be created"),
            std::string::npos)
      << created.second;
}

/// Everything that was written before stays readable, and what failed was not written.
void expect_intact(std::string const& path, std::string const& output) {
  auto const journal = make_sqlite_journal(path);
  ASSERT_TRUE(journal) << to_string(journal.error());
  auto const records = (*journal)->list({.unsettled_only = false, .limit = 100'000});
  ASSERT_TRUE(records);
  std::size_t begun = 0;
  for (auto at = output.find("begun"); at != std::string::npos; at = output.find("begun", at + 1)) ++begun;
  EXPECT_GT(begun, 10u) << output;
  EXPECT_EQ(records->size(), begun);
}

TEST(SqliteRefusal, FullDisks) {
  Folder const folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=400k") != 0)
    GTEST_SKIP() << "no right to mount a small file system: a full disk is NOT tested";
  auto const path = folder.file("journal.db");
  Worker worker{{"sqlite", path, "write", "promo"}};
  auto const [status, output] = worker.end();
  EXPECT_EQ(status, 1);
  EXPECT_NE(output.find("unavailable: the journal " + path + " cannot grow: its disk is full. Free space"),
            std::string::npos)
      << output.substr(output.size() > 300 ? output.size() - 300 : 0);
  expect_intact(path, output);
  EXPECT_EQ(::umount(folder.path().c_str()), 0);
}

TEST(SqliteRefusal, LimitedFiles) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  ASSERT_TRUE(make_sqlite_journal(path));
  Worker worker{{"--file-limit", "200000", "sqlite", path, "write", "promo"}};
  auto const [status, output] = worker.end();
  EXPECT_EQ(status, 1);
  EXPECT_NE(output.find("unavailable: the journal " + path + " failed: disk I/O error"), std::string::npos)
      << output.substr(output.size() > 300 ? output.size() - 300 : 0);
  expect_intact(path, output);
}

}  // namespace
}  // namespace polycampaign
