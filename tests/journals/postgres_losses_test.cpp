#include "polycampaign/postgres_journal.hpp"

#include "journals/cutting_proxy.hpp"
#include "journals/postgres_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <functional>
#include <map>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign {
namespace {

using namespace std::chrono_literals;
using test::Cut;
using test::CuttingProxy;
using test::PostgresServer;

/// As a statement of its own: `READ COMMITTED` is a part of another one.
std::string const commit{"COMMIT\0", 7};

/// A journal behind a proxy, and another one that sees what the server has.
class PostgresLoss : public test::Postgres {
 protected:
  void SetUp() override {
    Postgres::SetUp();
    if (IsSkipped()) return;
    auto const database = PostgresServer::as_owner(server().database());
    proxy_ = std::make_unique<CuttingProxy>(server().socket());
    name_ = database.substr(database.find("dbname="));
    auto direct = make_postgres_journal(database);
    ASSERT_TRUE(direct) << to_string(direct.error());
    direct_ = *std::move(direct);
    open(2s);
  }
  void open(std::chrono::milliseconds statement_timeout) {
    auto journal =
        make_postgres_journal(proxy_->address() + ' ' + name_, {.statement_timeout = statement_timeout});
    ASSERT_TRUE(journal) << to_string(journal.error());
    journal_ = *std::move(journal);
  }
  [[nodiscard]] static JournalRecord intent(std::string attempt = "a1") {
    return {.account = "promo", .key = "key", .attempt = std::move(attempt)};
  }
  [[nodiscard]] std::vector<JournalRecord> present() { return direct_->find("promo", "key").value(); }

  std::unique_ptr<CuttingProxy> proxy_{};
  std::string name_{};
  std::unique_ptr<SendJournal> journal_{};
  std::unique_ptr<SendJournal> direct_{};
};

TEST_F(PostgresLoss, RepeatsABeginThatCannotHaveBeenCommitted) {
  for (auto const* const statement : {"BEGIN", "INSERT"}) {
    for (auto const how : {Cut::before, Cut::after}) {
      SCOPED_TRACE(statement);
      auto record = intent();
      record.key = statement + std::to_string(static_cast<int>(how));
      proxy_->cut(how, statement);
      auto const begun = journal_->begin(record);
      ASSERT_TRUE(begun) << to_string(begun.error());
      EXPECT_FALSE(*begun);
      EXPECT_EQ(direct_->find("promo", record.key).value(), std::vector{record});
    }
  }
}

TEST_F(PostgresLoss, FindsOutWhetherABeginWasCommitted) {
  proxy_->cut(Cut::after, commit);
  auto const begun = journal_->begin(intent());
  ASSERT_TRUE(begun) << to_string(begun.error());
  EXPECT_FALSE(*begun);
  EXPECT_EQ(present(), std::vector{intent()});
}

TEST_F(PostgresLoss, FindsOutThatAnotherAttemptIsThere) {
  ASSERT_TRUE(direct_->begin(intent("other")));
  proxy_->cut(Cut::after, commit);
  auto const begun = journal_->begin(intent());
  ASSERT_TRUE(begun) << to_string(begun.error());
  ASSERT_TRUE(*begun);
  EXPECT_EQ((**begun).attempt, "other");
  EXPECT_EQ(present(), std::vector{intent("other")});
}

TEST_F(PostgresLoss, DoesNotRepeatABeginWhoseCommitWasLost) {
  proxy_->cut(Cut::before, commit);
  auto const begun = journal_->begin(intent());
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(begun.error().transient);
  EXPECT_NE(begun.error().message.find("connection was lost"), std::string::npos) << begun.error().message;
  EXPECT_EQ(present(), std::vector<JournalRecord>{});
  // and it is not written later
  proxy_->cut(Cut::nothing, "INSERT");
  ASSERT_TRUE(journal_->find("promo", "key"));
  EXPECT_EQ(proxy_->passed(), 0);
}

TEST_F(PostgresLoss, ReportsACommitOfWhichNothingCanBeFoundOut) {
  proxy_->cut(Cut::after, commit, 100);  // also the one of the transaction that looks
  auto const begun = journal_->begin(intent());
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
  EXPECT_EQ(present(), std::vector{intent()});
}

TEST_F(PostgresLoss, RepeatsASettle) {
  int key = 0;
  for (auto const& statement : {std::string{"BEGIN"}, std::string{"UPDATE"}, commit}) {
    for (auto const how : {Cut::before, Cut::after}) {
      SCOPED_TRACE(statement);
      auto record = intent();
      record.key = std::to_string(++key);
      ASSERT_TRUE(journal_->begin(record));
      record.state = SendState::accepted;
      record.campaign_id = "53651994";
      proxy_->cut(how, statement);
      auto const settled = journal_->settle(record, SendState::sending);
      ASSERT_TRUE(settled) << to_string(settled.error());
      EXPECT_TRUE(*settled);
      EXPECT_EQ(direct_->find("promo", record.key).value(), std::vector{record});
    }
  }
}

TEST_F(PostgresLoss, DoesNotTakeAnotherOutcomeForItsOwn) {
  ASSERT_TRUE(journal_->begin(intent()));
  auto record = intent();
  record.state = SendState::unresolved;
  ASSERT_TRUE(direct_->settle(record, SendState::sending).value_or(false));
  record.state = SendState::accepted;
  proxy_->cut(Cut::after, commit);
  auto const settled = journal_->settle(record, SendState::sending);
  ASSERT_TRUE(settled) << to_string(settled.error());
  EXPECT_FALSE(*settled);
}

TEST_F(PostgresLoss, RepeatsReads) {
  ASSERT_TRUE(journal_->begin(intent()));
  for (auto const& statement : {std::string{"BEGIN"}, std::string{"SELECT"}, commit}) {
    proxy_->cut(Cut::before, statement);
    EXPECT_EQ(journal_->find("promo", "key").value(), std::vector{intent()});
    proxy_->cut(Cut::after, statement);
    EXPECT_EQ(journal_->list({}).value(), std::vector{intent()});
  }
}

TEST_F(PostgresLoss, GivesUpIfEachConnectionIsLost) {
  proxy_->cut(Cut::before, "INSERT", 100);
  auto const begun = journal_->begin(intent());
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
  EXPECT_EQ(proxy_->cuts(), 3);
}

TEST_F(PostgresLoss, DoesNotWaitForAServerThatIsSilent) {
  open(500ms);
  proxy_->cut(Cut::freeze, "INSERT");
  auto const begun = journal_->begin(intent());
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, ErrorCode::unavailable);
  EXPECT_NE(begun.error().message.find("did not answer in time"), std::string::npos) << begun.error().message;
}

TEST_F(PostgresLoss, SurvivesRestarts) {
  for (int const signal : {SIGINT, SIGQUIT}) {
    auto record = intent();
    record.key = std::to_string(signal);
    ASSERT_TRUE(journal_->begin(record));
    server().stop(signal);
    auto const none = journal_->list({});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::unavailable);
    server().start();
    // no call fails only because the connections are old
    record.state = SendState::accepted;
    auto const settled = journal_->settle(record, SendState::sending);
    ASSERT_TRUE(settled) << to_string(settled.error());
    EXPECT_TRUE(*settled);
    EXPECT_EQ(direct_->find("promo", record.key).value(), std::vector{record});
  }
}

/// Threads that work until they are ended, at the latest when this is destroyed.
class Threads {
 public:
  Threads() = default;
  ~Threads() { end(); }
  Threads(Threads const&) = delete;
  Threads& operator=(Threads const&) = delete;

  template <class Work>
  void add(Work work) {
    threads_.emplace_back(std::move(work));
  }
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  void end() {
    ended_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::atomic<bool> ended_{false};
  std::vector<std::thread> threads_{};
};

/// Asks again until the answer is yes. Returns whether it came within a minute.
bool comes_true(std::function<bool()> const& condition) {
  auto const end = std::chrono::steady_clock::now() + 60s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// Threads write while the server is stopped, crashes, and loses a process.
TEST_F(PostgresLoss, KeepsWhatItReportedWhileTheServerDies) {
  struct Told {
    std::map<std::string, SendState> certain{};
    std::vector<std::string> doubtful{};
  };
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database);
  ASSERT_TRUE(journal) << to_string(journal.error());
  std::atomic<int> written{0};
  std::vector<Told> told(4);
  Threads threads;
  for (std::size_t i = 0; i < told.size(); ++i)
    threads.add([&, i] {
      for (int n = 0; !threads.ended(); ++n) {
        JournalRecord record{.account = "promo",
                             .key = std::to_string(i) + '-' + std::to_string(n),
                             .attempt = "a" + std::to_string(n)};
        auto const begun = (*journal)->begin(record);
        if (!begun) {
          EXPECT_EQ(begun.error().code, ErrorCode::unavailable) << to_string(begun.error());
          told[i].doubtful.push_back(record.key);
          std::this_thread::sleep_for(5ms);
          continue;
        }
        EXPECT_FALSE(*begun) << "a new key was there";
        told[i].certain[record.key] = SendState::sending;
        record.state = SendState::accepted;
        auto const settled = (*journal)->settle(record, SendState::sending);
        if (!settled) {
          EXPECT_EQ(settled.error().code, ErrorCode::unavailable) << to_string(settled.error());
          continue;
        }
        EXPECT_TRUE(*settled) << "its own outcome was refused";
        told[i].certain[record.key] = SendState::accepted;
        ++written;
      }
    });
  auto const writes_go_on = [&] {
    return comes_true([&, wanted = written + 50] { return written >= wanted; });
  };
  for (int const signal : {SIGINT, SIGQUIT}) {
    ASSERT_TRUE(writes_go_on()) << "nothing is written";
    server().stop(signal);
    server().start();
  }
  ASSERT_TRUE(writes_go_on()) << "nothing is written after the restarts";
  std::string process;
  int id = 0;
  // The server ends all others, and recovers.
  ASSERT_TRUE(comes_true([&] {
    process = server().psql(database,
                            "SELECT min(pid) FROM pg_stat_activity WHERE application_name = "
                            "'polycampaign' AND datname = current_database()");
    return std::from_chars(process.data(), process.data() + process.size(), id).ec == std::errc{} && id > 0 &&
           ::kill(id, SIGKILL) == 0;
  })) << "no process of the journal to kill: "
      << process;
  ASSERT_TRUE(writes_go_on()) << "nothing is written after the recovery";
  threads.end();
  auto const records = (*journal)->list({.unsettled_only = false, .limit = 1'000'000});
  ASSERT_TRUE(records) << to_string(records.error());
  std::map<std::string, SendState> kept;
  for (auto const& record : *records) kept[record.key] = record.state;
  for (auto const& each : told) {
    for (auto const& [key, state] : each.certain) {
      ASSERT_TRUE(kept.contains(key)) << key;
      // an outcome whose answer was lost may be there
      if (state == SendState::accepted) {
        EXPECT_EQ(kept[key], state) << key;
      }
      kept.erase(key);
    }
    for (auto const& key : each.doubtful) kept.erase(key);
  }
  EXPECT_TRUE(kept.empty());
}

}  // namespace
}  // namespace polycampaign
