#include "polycampaign/sqlite_journal.hpp"

#include "polycampaign/testing/journal_conformance.hpp"

#include "journals/scarce_memory.hpp"
#include "journals/worker.hpp"
#include "testing/other_program.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace polycampaign {
namespace {

using test::Folder;
using test::Worker;

mode_t mode_of(std::string const& path) {
  struct stat file {};
  return ::stat(path.c_str(), &file) == 0 ? file.st_mode & 0777U : 0;
}

TEST(SqliteJournal, KeepsEveryPromise) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const findings = testing::check_journal(
      [&] { return make_sqlite_journal(path, {.busy_timeout = std::chrono::minutes{1}}); });
  for (auto const& finding : findings) ADD_FAILURE() << to_string(finding);
}

TEST(SqliteJournal, KeepsItsFilesToItself) {
  Folder const folder;
  for (mode_t const mask : {0000U, 0022U, 0777U}) {
    auto const path = folder.file("journal-" + std::to_string(mask));
    auto const before = ::umask(mask);
    auto const journal = make_sqlite_journal(path);
    ::umask(before);
    ASSERT_TRUE(journal) << to_string(journal.error());
    ASSERT_TRUE((*journal)->begin({.key = "k"}));
    for (auto const* const suffix : {"", "-wal", "-shm"})
      EXPECT_EQ(mode_of(path + suffix), 0600U) << path << suffix;
  }
  // nothing else is left
  EXPECT_EQ(test::output_of("ls " + folder.path() + " | grep -vE -c '^journal-[0-9]+(-wal|-shm)?$' || true"),
            "0\n");
}

TEST(SqliteJournal, WaitsForTheDisk) {
  Folder const folder;
  auto const journal = make_sqlite_journal(folder.file("journal.db"));
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->begin({.key = "k"}));
  if (std::system("strace -o /dev/null true 2>/dev/null") != 0)
    GTEST_SKIP() << "strace is not installed or not allowed: the calls are NOT counted";
  auto const calls =
      test::output_of("strace -f -e trace=fsync,fdatasync " POLYCAMPAIGN_JOURNAL_WORKER " sqlite " +
                      folder.file("journal.db") + " compete other 50 2>&1 | grep -c 'sync('");
  EXPECT_GE(std::stoi(calls), 50);
}

TEST(SqliteJournal, TakesSpecialNamesForFiles) {
  Folder const folder;
  auto const before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (auto const* const name : {":memory:", "file:name?mode=memory", "plain", "with space'quote"}) {
    auto const journal = make_sqlite_journal(name);
    ASSERT_TRUE(journal) << to_string(journal.error());
    ASSERT_TRUE((*journal)->begin({.key = "k"}));
    EXPECT_GT(std::filesystem::file_size(name) + std::filesystem::file_size(std::string{name} + "-wal"), 0u);
  }
  std::filesystem::current_path(before);
}

TEST(SqliteJournal, IsReadByTheRealClient) {
  if (!test::has_program("sqlite3")) GTEST_SKIP() << "sqlite3 is not installed: its view is NOT tested";
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path);
  ASSERT_TRUE(journal);
  JournalRecord record{.account = "promo",
                       .key = "rentr\u00e9e '1'",
                       .part = 2,
                       .attempt = "a1",
                       .provider = "acme",
                       .fingerprint = "00ff",
                       .recipients = 340,
                       .created_at = std::chrono::sys_seconds{std::chrono::seconds{1'619'552'646}},
                       .details = R"({"a":1})"};
  ASSERT_TRUE((*journal)->begin(record));
  auto const query = [&](std::string const& sql) {
    return test::output_of("sqlite3 '" + path + "' \"" + sql + '"');
  };
  EXPECT_EQ(query("SELECT * FROM polycampaign_sends"),
            "promo|rentr\u00e9e '1'|2|sending|a1|acme|00ff|340||1619552646||{\"a\":1}\n");
  record.state = SendState::accepted;
  record.campaign_id = "53651994";
  record.settled_at = record.created_at + std::chrono::seconds{2};
  ASSERT_TRUE((*journal)->settle(record, SendState::sending).value_or(false));
  EXPECT_EQ(query("SELECT state, campaign_id, settled_at, typeof(part), typeof(created_at), "
                  "datetime(created_at, 'unixepoch') FROM "
                  "polycampaign_sends"),
            "accepted|53651994|1619552648|integer|integer|2021-04-27 19:44:06\n");
  EXPECT_EQ(query("PRAGMA user_version; PRAGMA application_id; PRAGMA journal_mode; PRAGMA integrity_check"),
            "1\n1883458158\nwal\nok\n");
  for (auto const* const kind : {"table", "index"}) {
    auto const sql =
        query(std::string{"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type = '"} + kind + '\'');
    EXPECT_NE(test::documented().find(test::without_spaces(sql)), std::string::npos)
        << "docs/journals.md has other SQL than " << sql;
  }
  // what a person changes there is seen
  EXPECT_EQ(query("UPDATE polycampaign_sends SET state = 'not_sent'"), "");
  EXPECT_EQ((*journal)->find("promo", record.key).value().at(0).state, SendState::not_sent);
}

TEST(SqliteJournal, UsesItsIndexes) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  ASSERT_TRUE(make_sqlite_journal(path));
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  std::string plan;
  auto const add = [](void* text, int count, char** values, char**) {
    *static_cast<std::string*>(text) += std::string{values[count - 1]} + '\n';
    return 0;
  };
  sqlite3_exec(handle,
               "EXPLAIN QUERY PLAN SELECT details FROM polycampaign_sends WHERE TRUE AND state IN "
               "('sending', 'unresolved') "
               "ORDER BY account, key, part LIMIT 10",
               add, &plan, nullptr);
  sqlite3_close(handle);
  EXPECT_NE(plan.find("polycampaign_unsettled"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

/// What the worker was told to be durable is there, whenever it was killed.
TEST(SqliteJournal, SurvivesKills) {
  Folder const folder;
  auto const path = folder.file("journal.db");
  for (int round = 0; round < 200; ++round) {
    auto const account = "round-" + std::to_string(round);
    Worker worker{{"sqlite", path, "write", account}};
    worker.wait_for_lines(round % 23);
    std::istringstream lines{worker.kill()};
    std::map<std::string, std::string> told;
    for (std::string what, key; lines >> what >> key;) told[key] = what;
    auto const journal = make_sqlite_journal(path);
    ASSERT_TRUE(journal) << to_string(journal.error());
    auto const records = (*journal)->list({.account = account, .unsettled_only = false, .limit = 100'000});
    ASSERT_TRUE(records) << to_string(records.error());
    std::map<std::string, SendState> kept;
    for (auto const& record : *records) kept[record.key] = record.state;
    for (auto const& [key, what] : told) {
      ASSERT_TRUE(kept.contains(key)) << what << ' ' << key << " in round " << round;
      if (what == "settled") {
        ASSERT_EQ(kept[key], SendState::accepted) << key << " in round " << round;
      }
    }
    // at most the record that was being written is one that the worker did not report
    EXPECT_LE(kept.size(), told.size() + 1);
  }
}

TEST(SqliteJournal, LeavesNoTransactionOpenWithoutMemory) {
  Folder const folder;
  auto const journal = make_sqlite_journal(folder.file("journal.db"));
  auto const other = make_sqlite_journal(folder.file("journal.db"), {.busy_timeout = {}});
  ASSERT_TRUE(journal && other);
  test::expect_no_open_transaction(**journal, **other);
}

TEST(SqliteJournal, LetsOneOfTwoProcessesWin) {
  Folder const folder;
  auto const path = folder.file("journal.db");  // which both create at once
  std::set<std::string> won;
  std::size_t lines = 0;
  {
    Worker first{{"sqlite", path, "compete", "promo", "100"}};
    Worker second{{"sqlite", path, "compete", "promo", "100"}};
    for (auto* const worker : {&first, &second}) {
      auto const [status, output] = worker->end();
      EXPECT_EQ(status, 0) << output;
      std::istringstream text{output};
      for (std::string key, attempt; text >> key >> attempt; ++lines) {
        EXPECT_TRUE(won.insert(key).second) << "both won " << key;
        auto const journal = make_sqlite_journal(path);
        EXPECT_EQ((*journal)->find("promo", key).value().at(0).attempt, attempt);
      }
    }
  }
  EXPECT_EQ(lines, 100u);
}

}  // namespace
}  // namespace polycampaign
