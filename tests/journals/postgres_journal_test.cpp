#include "polycampaign/postgres_journal.hpp"

#include "polycampaign/testing/journal_conformance.hpp"

#include "journals/postgres_server.hpp"
#include "journals/scarce_memory.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign {
namespace {

using PostgresJournal = test::Postgres;
using test::PostgresServer;
using test::Worker;

TEST_F(PostgresJournal, KeepsEveryPromise) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const findings =
      testing::check_journal([&] { return make_postgres_journal(database, {.max_connections = 3}); });
  for (auto const& finding : findings) ADD_FAILURE() << to_string(finding);
}

TEST_F(PostgresJournal, KeepsEveryPromiseWithOneConnection) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const findings =
      testing::check_journal([&] { return make_postgres_journal(database, {.max_connections = 1}); });
  for (auto const& finding : findings) ADD_FAILURE() << to_string(finding);
}

TEST_F(PostgresJournal, SortsAsBytesWhateverTheLocale) {
  auto const database = PostgresServer::as_owner(server().database("LOCALE 'C.UTF-8' TEMPLATE template0"));
  auto const journal = make_postgres_journal(database);
  ASSERT_TRUE(journal) << to_string(journal.error());
  for (auto const* const key : {"b", "A", "a", "B"})
    ASSERT_TRUE((*journal)->begin({.account = "x", .key = key}));
  std::string keys;
  auto const records = (*journal)->list({});
  ASSERT_TRUE(records) << to_string(records.error());
  for (auto const& record : *records) keys += record.key;
  EXPECT_EQ(keys, "ABab");
  EXPECT_EQ(server().psql(database,
                          "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_name = "
                          "'polycampaign_sends' AND column_name IN ('account', 'key')"),
            "C\n");
}

TEST_F(PostgresJournal, IsReadByTheRealClient) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database);
  ASSERT_TRUE(journal) << to_string(journal.error());
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
  EXPECT_EQ(server().psql(database, "SELECT * FROM polycampaign_sends"),
            "promo|rentr\u00e9e '1'|2|sending|a1|acme|00ff|340||1619552646||{\"a\":1}\n");
  record.state = SendState::accepted;
  record.campaign_id = "53651994";
  record.settled_at = record.created_at + std::chrono::seconds{2};
  ASSERT_TRUE((*journal)->settle(record, SendState::sending).value_or(false));
  EXPECT_EQ(server().psql(database,
                          "SELECT state, campaign_id, settled_at, to_timestamp(created_at) AT TIME ZONE "
                          "'UTC' FROM polycampaign_sends"),
            "accepted|53651994|1619552648|2021-04-27 19:44:06\n");
  EXPECT_EQ(server().psql(database, "SELECT schema_version FROM polycampaign_journal"), "1\n");
  EXPECT_EQ(server().psql(database, "UPDATE polycampaign_sends SET state = 'not_sent'"), "");
  EXPECT_EQ((*journal)->find("promo", record.key).value().at(0).state, SendState::not_sent);
}

TEST_F(PostgresJournal, LetsOneOfTwoProcessesWin) {
  auto const database =
      PostgresServer::as_owner(server().database());  // where both create the tables at once
  std::set<std::string> won;
  std::size_t lines = 0;
  Worker first{{"postgres", database, "compete", "promo", "100"}};
  Worker second{{"postgres", database, "compete", "promo", "100"}};
  for (auto* const worker : {&first, &second}) {
    auto const [status, output] = worker->end();
    EXPECT_EQ(status, 0) << output;
    std::istringstream text{output};
    auto const journal = make_postgres_journal(database);
    for (std::string key, attempt; text >> key >> attempt; ++lines) {
      EXPECT_TRUE(won.insert(key).second) << "both won " << key;
      EXPECT_EQ((*journal)->find("promo", key).value().at(0).attempt, attempt);
    }
  }
  EXPECT_EQ(lines, 100u);
}

/// The server's defaults in this test are the opposite.
TEST_F(PostgresJournal, SetsWhatItReliesOn) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal =
      make_postgres_journal(database, {.statement_timeout = std::chrono::milliseconds{7'654}});
  ASSERT_TRUE(journal) << to_string(journal.error());
  server().psql(
      database,
      "ALTER ROLE postgres SET default_transaction_read_only = on; SET default_transaction_read_only = off;"
      "CREATE TABLE seen (what text);"
      "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (TG_OP || "
      "' ' || "
      "current_setting('synchronous_commit') || ' ' || current_setting('transaction_isolation') || ' ' || "
      "current_setting('statement_timeout')); RETURN NULL; END $$;"
      "CREATE TRIGGER see AFTER INSERT OR UPDATE ON polycampaign_sends FOR EACH ROW EXECUTE FUNCTION see()");
  auto const fresh = make_postgres_journal(database, {.statement_timeout = std::chrono::milliseconds{7'654}});
  ASSERT_TRUE(fresh) << to_string(fresh.error());
  JournalRecord record{.key = "k"};
  ASSERT_TRUE((*fresh)->begin(record));
  ASSERT_TRUE((*fresh)->settle(record, SendState::sending).value_or(false));
  EXPECT_EQ(server().psql(database, "SELECT * FROM seen"),
            "INSERT on read committed 7654ms\nUPDATE on read committed 7654ms\n");
  server().psql(
      database,
      "SET default_transaction_read_only = off; ALTER ROLE postgres RESET default_transaction_read_only");
}

TEST_F(PostgresJournal, LimitsItsConnections) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database, {.max_connections = 2});
  ASSERT_TRUE(journal) << to_string(journal.error());
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < 20; ++n) EXPECT_TRUE((*journal)->begin({.key = std::to_string(i * 100 + n)}));
    });
  for (auto& thread : threads) thread.join();
  // they stay open, so all that there ever were are counted
  auto const open = server().psql(database,
                                  "SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                                  "'polycampaign' AND datname = current_database()");
  EXPECT_TRUE(open == "1\n" || open == "2\n") << open;
}

TEST_F(PostgresJournal, LeavesNoTransactionOpenWithoutMemory) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database);
  auto const other = make_postgres_journal(database, {.statement_timeout = std::chrono::seconds{2}});
  ASSERT_TRUE(journal && other);
  test::expect_no_open_transaction(**journal, **other);
}

TEST_F(PostgresJournal, PrintsNoNotices) {
  auto const database = PostgresServer::as_owner(server().database());
  server().psql(
      database,
      "SET client_min_messages = error; DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || "
      "' SET default_text_search_config = ''there_is_none'''; END $$");
  EXPECT_NE(server().psql(database, "SELECT 1").find("WARNING"), std::string::npos) << "no notice at log-in";
  ::testing::internal::CaptureStderr();
  auto const journal = make_postgres_journal(database);
  auto const again = make_postgres_journal(database);
  server().psql(database, "CREATE RULE notice AS ON INSERT TO polycampaign_journal DO NOTHING");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_TRUE(journal && again);
}

TEST_F(PostgresJournal, UsesTheSchemaOfTheSearchPath) {
  auto const database = PostgresServer::as_owner(server().database());
  server().psql(database, "CREATE SCHEMA outbox");
  ASSERT_TRUE(make_postgres_journal(database + " options='-c search_path=outbox'"));
  EXPECT_EQ(server().psql(database,
                          "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'polycampaign%'"),
            "outbox\n");
}

}  // namespace
}  // namespace polycampaign
