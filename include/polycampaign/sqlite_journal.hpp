#pragma once

#include "polycampaign/result.hpp"
#include "polycampaign/send_journal.hpp"
#include "polycampaign/sqlite_export.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace polycampaign::inline v1 {

/// How a journal in an SQLite file behaves. A plain value.
struct SqliteJournalOptions {
  /// How long a call waits while other processes write to the file. SQLite does not queue them, so with many
  /// busy processes one of them may have to wait for seconds. From 0 to 24 hours.
  std::chrono::milliseconds busy_timeout{30'000};
};

/// Opens a journal in an SQLite file, and creates the file if there is none. Use it for one machine: any
/// number of threads and processes may use the same file at once, but SQLite's locks do not work on network
/// file systems. If several machines send, use `make_postgres_journal`.
///
/// The file is in WAL mode: SQLite keeps the files `PATH-wal` and `PATH-shm` next to it. Do not move, copy or
/// delete one without the others; `sqlite3 PATH ".backup COPY"` makes a copy. Every write waits for the disk
/// (`synchronous=FULL`). All three files are created with the mode 0600, whatever the umask is. A file that
/// other users may read or write is refused: `chmod 600 PATH` allows it. (The library does not change the
/// mode of a file that it did not create.)
///
/// The journal has one connection, and its calls run one after another. Do not use it after a `fork` in the
/// child process.
///
/// `docs/journals.md` describes the table.
///
/// Errors: `configuration` if the path is unusable: it has no directory, the file may not be written or may
/// be read by others, it is not a database or one of another application, or a newer version of the library
/// has written it. `unavailable` if the file is locked for longer than `busy_timeout`, the disk is full, or
/// reading or writing fails. The functions of the journal have the same errors; `transient` is set if the
/// same call can succeed later without any change. A call that fails after a lock or because the disk is full
/// has written nothing.
[[nodiscard]] POLYCAMPAIGN_SQLITE_EXPORT Result<std::unique_ptr<SendJournal>> make_sqlite_journal(
    std::string path, SqliteJournalOptions const& options = {});

}  // namespace polycampaign::inline v1
