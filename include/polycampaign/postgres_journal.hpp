#pragma once

#include "polycampaign/postgres_export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/send_journal.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace polycampaign::inline v1 {

/// How a journal in a PostgreSQL database behaves. A plain value.
struct PostgresJournalOptions {
  /// Maximum number of connections. A call that finds all of them in use waits for one. From 1 to 100.
  std::size_t max_connections = 4;
  /// How long to wait for a new connection to one address of the server, unless the connection string has a
  /// `connect_timeout`. Whole seconds, from 2 s to 1 hour.
  std::chrono::seconds connect_timeout{10};
  /// How long a statement may take, locks included. The server cancels it then. If the server does not even
  /// report that within two more seconds, the connection counts as lost. From 100 ms to 1 hour.
  std::chrono::milliseconds statement_timeout{10'000};
};

/// Opens a journal in a PostgreSQL database (version 12 or later, encoding UTF8), and creates its tables if
/// there are none. Any number of machines may use the same database at once.
///
/// `connection` is a connection string of libpq: `host=db.example.com dbname=campaigns user=sender`, or
/// `postgresql://sender@db.example.com/campaigns`. libpq also reads its environment variables (`PGHOST`,
/// `PGPASSWORD`, ...), its password file and its service file.
///
/// A password in it stays in memory as long as the journal exists, and is not wiped: prefer the password
/// file. Across a network, set `sslmode=verify-full`, because libpq does not insist on TLS by default.
///
/// Each call is one transaction, at the isolation level READ COMMITTED and with `synchronous_commit = on`. It
/// is durable if the server has `fsync = on`, which is the default. Nothing depends on the state of a
/// session, so a pooler such as PgBouncer may be used in its transaction mode.
///
/// If a connection is lost, the call is repeated with a new one, up to twice, as long as nothing can have
/// been committed. If the commit of a `begin` is lost, the journal reads the record to find out what
/// happened, and does not repeat it.
///
/// The tables are in the first schema of the role's `search_path`. A role that may not create them needs
/// `SELECT`, `INSERT` and `UPDATE` on both. `docs/journals.md` describes tables and rights.
///
/// Do not use the journal after a `fork` in the child process.
///
/// Errors: `configuration` if the connection string or the options are invalid, a right or table is missing
/// (the message contains the SQL that creates it), the server is read-only or does not use UTF8, or a newer
/// version of the library has created the tables. `unavailable` if the server cannot be reached, rejects the
/// login or fails, or if a statement takes too long. The functions of the journal have the same errors;
/// `transient` is set if the same call can succeed later without any change. No error contains the password.
[[nodiscard]] POLYCAMPAIGN_POSTGRES_EXPORT Result<std::unique_ptr<SendJournal>> make_postgres_journal(
    std::string connection, PostgresJournalOptions const& options = {});

}  // namespace polycampaign::inline v1
