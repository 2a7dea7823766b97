#include "journals/postgres_connection.hpp"

#include "journals/postgres_errors.hpp"

#ifdef _WIN32
#include <winsock2.h>
#else
#include <poll.h>
#endif

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::journals {

namespace {

/// Any number that other applications are unlikely to lock.
constexpr std::string_view lock_schema = "SELECT pg_advisory_xact_lock(8089573921465337198)";

/// How much longer than the server's time limit its answer may take.
constexpr std::chrono::seconds grace{2};

struct ResultCloser {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ResultCloser>;

void ignore_notice(void* /*context*/, PGresult const* /*notice*/) {}

int ready(int socket, short events, int milliseconds) {
#ifdef _WIN32
  WSAPOLLFD descriptor{static_cast<SOCKET>(socket), events, 0};
  return WSAPoll(&descriptor, 1, milliseconds);
#else
  pollfd descriptor{socket, events, 0};
  return ::poll(&descriptor, 1, milliseconds);
#endif
}

}  // namespace

Result<PostgresSettings> read_connection_string(std::string const& connection,
                                                std::chrono::seconds connect_timeout) {
  auto const refused = [](std::string_view what) {
    return failed(ErrorCode::configuration,
                  "the connection string of the PostgreSQL journal " + std::string{what});
  };
  if (connection.find('\0') != std::string::npos) return refused("contains the character NUL");
  char* message = nullptr;  // may quote the password
  struct OptionsCloser {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
  };
  std::unique_ptr<PQconninfoOption, OptionsCloser> const options{
      PQconninfoParse(connection.c_str(), &message)};
  if (message != nullptr) PQfreemem(message);
  if (!options)
    return refused(
        "cannot be parsed. Write `host=... dbname=... user=...` with values in single quotes if they contain "
        "spaces, or "
        "postgresql://user@host/dbname with special characters percent-encoded.");
  PostgresSettings settings;
  bool const uri = connection.starts_with("postgresql://") || connection.starts_with("postgres://");
  for (auto const* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    std::string_view const name = option->keyword;
    // what follows an `@` in a password would be looked up as the host, and shown
    if (uri && (name == "host" || name == "dbname" || name == "port") &&
        std::string_view{option->val}.find('@') != std::string_view::npos)
      return refused(
          "contains more than one `@`. Percent-encode special characters: `@` as %40, `/` as %2F, `:` as "
          "%3A.");
    settings.parameters.emplace(option->keyword, option->val);
  }
  settings.parameters.emplace("connect_timeout", std::to_string(connect_timeout.count()));
  settings.parameters.emplace("fallback_application_name", "polycampaign");
  settings.parameters["client_encoding"] = "UTF8";
  return settings;
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::connect(PostgresSettings const& settings) {
  std::unique_ptr<PostgresConnection> connection{new PostgresConnection{settings}};
  if (auto opened = connection->open(); !opened) return std::move(opened).error();
  if (auto used = connection->use_schema(); !used) return std::move(used).error();
  return connection;
}

Result<void> PostgresConnection::open() {
  std::vector<char const*> names;
  std::vector<char const*> values;
  for (auto const& [name, value] : settings_.parameters) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  // PQconnectdbParams would print the notices of the log-in. So this only starts, and PQreset connects.
  connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  if (!connection_) return failed(ErrorCode::unavailable, "no memory for a connection to PostgreSQL", true);
  PQsetNoticeReceiver(connection_.get(), &ignore_notice, nullptr);
  PQreset(connection_.get());
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    lost_ = true;
    auto const* const password = PQpass(connection_.get());
    return not_connected(PQerrorMessage(connection_.get()), password == nullptr ? "" : password);
  }
  PQsetnonblocking(connection_.get(), 1);
  auto const* const encoding = PQparameterStatus(connection_.get(), "server_encoding");
  if (encoding == nullptr || std::string_view{encoding} != "UTF8")
    return failed(ErrorCode::configuration,
                  "the PostgreSQL journal: the encoding of the database is not UTF8. Create one with: "
                  "CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0;");
  return {};
}

Error PostgresConnection::lose(bool timed_out) {
  lost_ = true;
  timed_out_ = timed_out;
  return connection_lost(timed_out);
}

bool PostgresConnection::wait(bool to_write, std::chrono::steady_clock::time_point end) {
  while (true) {
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    auto const events = static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN);
    auto const milliseconds = static_cast<int>(std::min<decltype(left)>(left, 60'000));
    // after a signal, waits again
    if (ready(PQsocket(connection_.get()), events, milliseconds) > 0) return true;
  }
}

Result<std::vector<Row>> PostgresConnection::answer(bool sent) {
  auto* const connection = connection_.get();
  auto const end = std::chrono::steady_clock::now() + settings_.statement_timeout + grace;
  sqlstate_.clear();
  if (!sent) return lose(false);
  for (int pending = PQflush(connection); pending != 0; pending = PQflush(connection)) {
    if (pending < 0) return lose(false);
    if (!wait(true, end)) return lose(true);
    if (PQconsumeInput(connection) == 0) return lose(false);
  }
  std::vector<Row> rows;
  std::optional<Error> error;
  while (true) {
    while (PQisBusy(connection) != 0) {
      if (!wait(false, end)) return lose(true);
      if (PQconsumeInput(connection) == 0) return lose(false);
    }
    PgResult const result{PQgetResult(connection)};
    if (!result) break;
    auto const status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK) continue;
    if (status != PGRES_TUPLES_OK) {
      auto const* const state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
      auto const* const severity = PQresultErrorField(result.get(), PG_DIAG_SEVERITY_NONLOCALIZED);
      // libpq's own errors, of a broken connection, have no SQLSTATE
      if (state == nullptr || (severity != nullptr && std::string_view{severity} != "ERROR"))
        return lose(false);
      sqlstate_ = state;
      error = statement_failed(state);
      continue;
    }
    rows.clear();
    for (int line = 0; line < PQntuples(result.get()); ++line) {
      auto& row = rows.emplace_back();
      for (int i = 0; i < PQnfields(result.get()) && i < static_cast<int>(columns); ++i) {
        if (PQgetisnull(result.get(), line, i) != 0) continue;
        row[static_cast<std::size_t>(i)].emplace(
            PQgetvalue(result.get(), line, i), static_cast<std::size_t>(PQgetlength(result.get(), line, i)));
      }
    }
  }
  if (PQstatus(connection) != CONNECTION_OK) return lose(false);
  if (error) return *std::move(error);
  return rows;
}

Result<void> PostgresConnection::execute(std::string const& sql) {
  auto answered = answer(PQsendQuery(connection_.get(), sql.c_str()) == 1);
  if (!answered) return std::move(answered).error();
  return {};
}

Result<std::vector<Row>> PostgresConnection::query(Statement const& statement) {
  std::vector<char const*> values;
  for (auto const& value : statement.parameters) values.push_back(value ? value->c_str() : nullptr);
  return answer(PQsendQueryParams(connection_.get(), statement.sql.c_str(), static_cast<int>(values.size()),
                                  nullptr, values.data(), nullptr, nullptr, 0) == 1);
}

Result<void> PostgresConnection::begin() {
  auto const limit = std::to_string(settings_.statement_timeout.count());
  return execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = on; SET LOCAL "
      "statement_timeout = " +
      limit + "; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = " + limit);
}

void PostgresConnection::roll_back() {
  if (lost_) return;
  if (auto done = execute("ROLLBACK"); !done) lost_ = true;
}

Result<void> PostgresConnection::use_schema() {
  if (auto begun = begin(); !begun) return begun;
  auto version = query({"SELECT max(schema_version) FROM polycampaign_journal"});
  if (!version && sqlstate_ == "42P01") {
    roll_back();
    if (auto created = create_schema(); !created) return created;
    if (auto begun = begin(); !begun) return begun;
    version = query({"SELECT max(schema_version) FROM polycampaign_journal"});
  }
  if (!version) {
    roll_back();
    return std::move(version).error();
  }
  if (auto done = commit(); !done) return done;
  auto const text = version->empty() ? std::string{} : version->front()[0].value_or("");
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number == schema_version) return {};
  if (number > schema_version)
    return failed(ErrorCode::configuration, "the PostgreSQL journal has the schema version " + text +
                                                ", created by a newer polycampaign. This one knows version " +
                                                std::to_string(schema_version) + ". Update polycampaign.");
  return failed(ErrorCode::configuration, "the table polycampaign_journal has no schema version. Run: " +
                                              std::string{postgres_schema()});
}

// A migration to a newer version belongs here, under the same lock.
Result<void> PostgresConnection::create_schema() {
  if (auto begun = begin(); !begun) return begun;
  auto done = query({std::string{lock_schema}});
  auto created = done ? execute(std::string{postgres_schema()}) : Result<void>{done.error()};
  if (created) return commit();
  bool const forbidden = sqlstate_ == "42501" || sqlstate_ == "3F000";
  roll_back();
  if (forbidden)
    return failed(
        ErrorCode::configuration,
        "the PostgreSQL journal has no tables, and the role may not create them. Run as a role that may: " +
            std::string{postgres_schema()} +
            " Then, with the name of the role: " + std::string{postgres_grants()});
  return created;
}

}  // namespace polycampaign::inline v1::journals
