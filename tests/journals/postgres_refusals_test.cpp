#include "polycampaign/postgres_journal.hpp"

#include "journals/postgres_server.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <string>

namespace polycampaign {
namespace {

using namespace std::chrono_literals;
using PostgresRefusal = test::Postgres;
using test::PostgresServer;

template <class T>
void expect_failure(Result<T> const& result, ErrorCode code, bool transient, std::string const& words) {
  ASSERT_FALSE(result) << words;
  auto const text = to_string(result.error());
  EXPECT_EQ(result.error().code, code) << text;
  EXPECT_EQ(result.error().transient, transient) << text;
  EXPECT_EQ(result.error().effect, Effect::none);
  EXPECT_NE(text.find(words), std::string::npos) << text;
  for (auto const* const secret : {"secret-key", "secret-account", "secret-details", "s3cr", "Pa55"})
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
}

JournalRecord intent() {
  return {.account = "secret-account", .key = "secret-key", .details = "secret-details"};
}

/// A statement on a connection that stays open.
class Session {
 public:
  Session(std::string const& connection, char const* sql) : connection_{PQconnectdb(connection.c_str())} {
    auto* const result = PQexec(connection_, sql);
    EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection_);
    PQclear(result);
  }
  ~Session() {
    // The server may notice the end of a connection, and release its locks, much later.
    PQclear(PQexec(connection_, "ROLLBACK"));
    PQfinish(connection_);
  }
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;

 private:
  PGconn* connection_;
};

TEST(PostgresOptions, AreChecked) {
  expect_failure(make_postgres_journal("", {.max_connections = 0}), ErrorCode::configuration, false,
                 "max_connections");
  expect_failure(make_postgres_journal("", {.max_connections = 101}), ErrorCode::configuration, false,
                 "max_connections");
  expect_failure(make_postgres_journal("", {.connect_timeout = 1s}), ErrorCode::configuration, false,
                 "connect_timeout");
  expect_failure(make_postgres_journal("", {.connect_timeout = 3601s}), ErrorCode::configuration, false,
                 "connect_timeout");
  expect_failure(make_postgres_journal("", {.statement_timeout = 99ms}), ErrorCode::configuration, false,
                 "statement_timeout");
  expect_failure(make_postgres_journal("", {.statement_timeout = 3'600'001ms}), ErrorCode::configuration,
                 false, "statement_timeout");
}

/// Whatever libpq makes of a password that was not escaped.
TEST(PostgresConnectionString, IsNeverShown) {
  for (std::string const wrong :
       {"host=localhost password=s3cr et", "s3cret", "host=localhost s3cret=1", "password='s3cret",
        "postgresql://user:s3cret@local/s3cret@host/db", "postgresql://user:a/s3cret@localhost/db",
        "postgresql://user:a@s3cret@localhost/db", "postgresql://user:a?s3cret@localhost/db",
        "postgresql://user:s3cret%zz@localhost/db", "postgresql://[s3cret/db",
        "postgresql://u:p@h:s3cret/db"}) {
    auto const journal = make_postgres_journal(wrong);
    ASSERT_FALSE(journal) << wrong;
    EXPECT_EQ(to_string(journal.error()).find("s3cr"), std::string::npos)
        << wrong << ": " << to_string(journal.error());
  }
  expect_failure(make_postgres_journal("postgresql://user:a@s3cret@localhost/db"), ErrorCode::configuration,
                 false, "%40");
  expect_failure(make_postgres_journal("host=localhost s3cret=1"), ErrorCode::configuration, false,
                 "cannot be parsed");
  expect_failure(make_postgres_journal(std::string{"host=a\0b", 8}), ErrorCode::configuration, false, "NUL");
  expect_failure(make_postgres_journal("host=/nonexistent password=s3cret"), ErrorCode::unavailable, true,
                 "no server listens");
  expect_failure(make_postgres_journal("host=127.0.0.1 port=1 password=s3cret"), ErrorCode::unavailable, true,
                 "connection was refused");
  expect_failure(make_postgres_journal("host=nowhere.invalid password=s3cret"), ErrorCode::unavailable, true,
                 "host name");
}

TEST_F(PostgresRefusal, Passwords) {
  auto const database = server().database();
  server().psql(PostgresServer::as_owner(database),
                "CREATE ROLE careful LOGIN PASSWORD 'Pa55word'; GRANT CREATE ON SCHEMA public TO careful");
  expect_failure(make_postgres_journal(database + " user=careful password=s3cret"), ErrorCode::unavailable,
                 false, "password authentication failed for user \"careful\"");
  expect_failure(make_postgres_journal(database + " user=careful passfile=/nonexistent/file"),
                 ErrorCode::unavailable, false, "password");
  // a role or database that is the password by mistake
  expect_failure(make_postgres_journal(database + " user=s3cret password=s3cret"), ErrorCode::unavailable,
                 false, "[password]");
  EXPECT_TRUE(make_postgres_journal(database + " user=careful password=Pa55word"));
  server().psql(PostgresServer::as_owner(database), "DROP OWNED BY careful; DROP ROLE careful");
}

TEST_F(PostgresRefusal, RolesWithoutRights) {
  auto const database = server().database();
  auto const owner = PostgresServer::as_owner(database);
  server().psql(owner, "CREATE ROLE sender LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  auto const missing = make_postgres_journal(database + " user=sender");
  expect_failure(missing, ErrorCode::configuration, false,
                 "the role may not create them. Run as a role that may: CREATE TABLE");
  // the message is the remedy
  auto const text = missing.error().message;
  auto const sql = text.substr(text.find("CREATE TABLE"), text.find(" Then,") - text.find("CREATE TABLE"));
  EXPECT_NE(test::documented().find(test::without_spaces(sql)), std::string::npos)
      << "docs/journals.md has other SQL than " << sql;
  server().psql(owner, "SET client_min_messages = warning; " + sql + sql);
  auto const forbidden = make_postgres_journal(database + " user=sender");
  expect_failure(forbidden, ErrorCode::configuration, false, "the role has too few rights (SQLSTATE 42501)");
  for (auto grant : {text.substr(text.find("GRANT")),
                     forbidden.error().message.substr(forbidden.error().message.find("GRANT"))}) {
    for (std::size_t at = 0; (at = grant.find("TO role")) != std::string::npos;)
      grant.replace(at, 7, "TO sender");
    server().psql(owner, grant);
  }
  auto const journal = make_postgres_journal(database + " user=sender");
  ASSERT_TRUE(journal) << to_string(journal.error());
  auto record = intent();
  ASSERT_TRUE((*journal)->begin(record));
  record.state = SendState::refused;
  EXPECT_TRUE((*journal)->settle(record, SendState::sending).value_or(false));
  EXPECT_TRUE((*journal)->begin(intent()));
  EXPECT_EQ((*journal)->list({}).value().size(), 1u);
  // rights that are taken away
  server().psql(owner, "REVOKE UPDATE ON polycampaign_sends FROM sender");
  expect_failure((*journal)->begin(intent()), ErrorCode::configuration, false, "too few rights");
  server().psql(owner, "DROP OWNED BY sender; DROP ROLE sender");
}

TEST_F(PostgresRefusal, OtherTables) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database);
  ASSERT_TRUE(journal) << to_string(journal.error());
  server().psql(database, "UPDATE polycampaign_journal SET schema_version = 2");
  expect_failure(make_postgres_journal(database), ErrorCode::configuration, false, "schema version 2");
  expect_failure(make_postgres_journal(database), ErrorCode::configuration, false, "Update polycampaign");
  server().psql(database, "DELETE FROM polycampaign_journal");
  expect_failure(make_postgres_journal(database), ErrorCode::configuration, false,
                 "INSERT INTO polycampaign_journal");
  ASSERT_TRUE((*journal)->begin(intent()));
  server().psql(database, "UPDATE polycampaign_sends SET state = 'secret-key'");
  expect_failure((*journal)->list({.unsettled_only = false}), ErrorCode::configuration, false,
                 "has not written");
  expect_failure((*journal)->begin(intent()), ErrorCode::configuration, false, "has not written");
  server().psql(database, "ALTER TABLE polycampaign_sends DROP COLUMN details");
  expect_failure((*journal)->list({}), ErrorCode::configuration, false, "not one of this library");
  server().psql(database, "DROP TABLE polycampaign_sends");
  expect_failure((*journal)->begin(intent()), ErrorCode::configuration, false, "a table is missing");
}

TEST_F(PostgresRefusal, TablesThatTakeNothing) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database);
  ASSERT_TRUE(journal) << to_string(journal.error());
  server().psql(
      database,
      "CREATE FUNCTION drop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
      "CREATE TRIGGER drop BEFORE INSERT ON polycampaign_sends FOR EACH ROW EXECUTE FUNCTION drop()");
  expect_failure((*journal)->begin(intent()), ErrorCode::configuration, false, "neither taken the intent");
}

TEST_F(PostgresRefusal, OtherEncodings) {
  auto const database = server().database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  expect_failure(make_postgres_journal(PostgresServer::as_owner(database)), ErrorCode::configuration, false,
                 "not UTF8");
}

TEST_F(PostgresRefusal, Locks) {
  auto const database = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(database, {.statement_timeout = 500ms});
  ASSERT_TRUE(journal) << to_string(journal.error());
  {
    Session const other{database, "BEGIN; LOCK TABLE polycampaign_sends"};
    expect_failure((*journal)->begin(intent()), ErrorCode::unavailable, true,
                   "longer than statement_timeout");
    expect_failure((*journal)->list({}), ErrorCode::unavailable, true, "lock on polycampaign_sends");
  }
  auto const begun = (*journal)->begin(intent());
  ASSERT_TRUE(begun) << to_string(begun.error());
  EXPECT_FALSE(*begun) << "what failed was written";
}

TEST_F(PostgresRefusal, TooManyConnections) {
  auto const database = server().database();
  server().psql(PostgresServer::as_owner(database), "CREATE ROLE limited LOGIN CONNECTION LIMIT 0");
  expect_failure(make_postgres_journal(database + " user=limited"), ErrorCode::unavailable, true,
                 "too many connections");
  server().psql(PostgresServer::as_owner(database), "DROP ROLE limited");
}

TEST_F(PostgresRefusal, Standbys) {
  PostgresServer own;
  auto const database = PostgresServer::as_owner(own.database());
  ASSERT_TRUE(make_postgres_journal(database));
  own.become_standby();
  expect_failure(make_postgres_journal(database), ErrorCode::configuration, false, "read-only");
}

}  // namespace
}  // namespace polycampaign
