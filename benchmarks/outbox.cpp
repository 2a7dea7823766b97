#include "polycampaign/outbox.hpp"

#include "polycampaign/client_base.hpp"
#include "polycampaign/postgres_journal.hpp"
#include "polycampaign/sqlite_journal.hpp"

#include "bench.hpp"
#include "clients.hpp"

#include <benchmark/benchmark.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

std::atomic<std::int64_t> waits_for_the_disk{0};

}

// SQLite's own calls end here too: a program's functions come before those of shared libraries.
extern "C" __attribute__((visibility("default"))) int fsync(int file) {
  ++waits_for_the_disk;
  return static_cast<int>(::syscall(SYS_fsync, file));
}
extern "C" __attribute__((visibility("default"))) int fdatasync(int file) {
  ++waits_for_the_disk;
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}

namespace bench {
namespace {

using benchmark::State;
using polycampaign::Outbox;
using polycampaign::SendJournal;

/// About what an intent or an outcome takes in a journal.
constexpr std::size_t row_bytes = 700;

/// A vendor in memory, which accepts everything at once.
class Acceptor final : public polycampaign::ClientBase<Acceptor> {
 public:
  polycampaign::Capabilities const& capabilities() const noexcept override {
    using polycampaign::Support;
    static constexpr polycampaign::OperationSupport operations[] = {
        {polycampaign::CreateCampaign::operation, Support::native, ""}};
    static constexpr polycampaign::FeatureSupport features[] = {
        {polycampaign::Feature::to_numbers, Support::native, ""}};
    static constexpr polycampaign::Channel channels[] = {polycampaign::Channel::sms};
    static constexpr polycampaign::Capabilities all{
        .provider = "acceptor",
        .display_name = "Acceptor",
        .operations = operations,
        .campaigns = {.features = features, .channels = channels, .recipients = {.most = 100}}};
    return all;
  }

  polycampaign::Result<polycampaign::Submission> run(polycampaign::CreateCampaign const&,
                                                     polycampaign::CallOptions const&) {
    polycampaign::Submission submission{.provider = "acceptor", .id = std::to_string(++ids_)};
    submission.recipients = 1;
    return submission;
  }

 private:
  std::atomic<int> ids_{0};
};

/// An outbox with a journal, and campaigns that it has not sent before.
class Sender {
 public:
  explicit Sender(std::unique_ptr<SendJournal> journal) : journal_{std::move(journal)} {
    campaign_.sender = "Shop24";
    campaign_.text = "Your order is ready. Collect it until Saturday, 18:00, at the usual place.";
    campaign_.recipients.push_back({.number = "+380100000000"});
  }

  /// Nothing on success.
  std::string send() {
    auto campaign = campaign_;
    campaign.reference = "bench-" + std::to_string(::getpid()) + '-' + std::to_string(++sent_);
    auto const sent = outbox_.send(std::move(campaign));
    if (!sent) return to_string(sent.error());
    if (sent->outcome != polycampaign::DispatchOutcome::accepted || sent->repeated) return "not sent";
    return sent->warnings.empty() ? std::string{} : sent->warnings.front();
  }

 private:
  std::unique_ptr<SendJournal> journal_;
  Acceptor acceptor_;
  Outbox outbox_{acceptor_, *journal_};
  polycampaign::NewCampaign campaign_{};
  std::atomic<std::int64_t> sent_{0};
};

/// Two commits as a program would write them that only remembers what it sends: prepared statements, and no
/// more than one wait for the disk for each.
class RawSqlite {
 public:
  explicit RawSqlite(std::string const& path) {
    good_ = sqlite3_open(path.c_str(), &database_) == SQLITE_OK &&
            sqlite3_exec(database_,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                         "CREATE TABLE sent (key TEXT PRIMARY KEY, state TEXT, row TEXT) WITHOUT ROWID",
                         nullptr, nullptr, nullptr) == SQLITE_OK &&
            prepare("INSERT INTO sent VALUES (?1, 'sending', ?2)", insert_) &&
            prepare("UPDATE sent SET state = 'accepted', row = ?2 WHERE key = ?1", update_);
  }
  ~RawSqlite() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(update_);
    sqlite3_close(database_);
  }
  RawSqlite(RawSqlite const&) = delete;
  RawSqlite& operator=(RawSqlite const&) = delete;

  std::string send() {
    auto const key = "bench-" + std::to_string(++sent_);
    return good_ && commit(insert_, key) && commit(update_, key) ? std::string{} : sqlite3_errmsg(database_);
  }

 private:
  bool prepare(char const* sql, sqlite3_stmt*& statement) {
    return sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK;
  }
  bool commit(sqlite3_stmt* statement, std::string const& key) {
    sqlite3_bind_text(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, row_.data(), static_cast<int>(row_.size()), SQLITE_STATIC);
    bool const done = sqlite3_step(statement) == SQLITE_DONE && sqlite3_changes(database_) == 1;
    sqlite3_reset(statement);
    return done;
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* update_ = nullptr;
  bool good_ = false;
  std::int64_t sent_ = 0;
  std::string row_ = std::string(row_bytes, 'r');
};

/// The same through libpq.
class RawPostgres {
 public:
  explicit RawPostgres(std::string const& address) : connection_{PQconnectdb(address.c_str())} {
    done(PQexec(connection_,
                "DROP TABLE IF EXISTS sent; CREATE TABLE sent (key text PRIMARY KEY, state text, row text)"));
    done(PQprepare(connection_, "insert", "INSERT INTO sent VALUES ($1, 'sending', $2)", 2, nullptr));
    done(PQprepare(connection_, "update", "UPDATE sent SET state = 'accepted', row = $2 WHERE key = $1", 2,
                   nullptr));
  }
  ~RawPostgres() { PQfinish(connection_); }
  RawPostgres(RawPostgres const&) = delete;
  RawPostgres& operator=(RawPostgres const&) = delete;

  std::string send() {
    auto const key = "bench-" + std::to_string(++sent_);
    return commit("insert", key) && commit("update", key) ? std::string{} : PQerrorMessage(connection_);
  }

 private:
  static bool done(PGresult* result) {
    bool const good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
  }
  bool commit(char const* name, std::string const& key) {
    char const* const values[] = {key.c_str(), row_.c_str()};
    auto* const result = PQexecPrepared(connection_, name, 2, values, nullptr, nullptr, 0);
    bool const changed = std::string_view{PQcmdTuples(result)} == "1";
    return done(result) && changed;
  }

  PGconn* connection_;
  std::int64_t sent_ = 0;
  std::string row_ = std::string(row_bytes, 'r');
};

template <class Sends>
void send_one(State& state, Sends& sends) {
  for (auto _ : state)
    if (auto const problem = sends.send(); !problem.empty()) return state.SkipWithError(problem.c_str());
}

/// Counts what SQLite asks of the operating system, checkpoints included.
void count_waits(State& state, Sender& sender) {
  auto const before = waits_for_the_disk.load();
  send_one(state, sender);
  auto const waits = waits_for_the_disk.load() - before;
  if (waits == 0) return state.SkipWithError("no wait for the disk was counted");
  state.counters["syncs"] = static_cast<double>(waits) / static_cast<double>(state.iterations());
}

void send_all(State& state, Sender& sender, int threads, int campaigns) {
  for (auto _ : state) {
    std::atomic<int> left{campaigns};
    std::atomic<bool> good{true};
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i)
      all.emplace_back([&] {
        while (left-- > 0)
          if (!sender.send().empty()) good = false;
      });
    for (auto& one : all) one.join();
    if (!good) return state.SkipWithError("a campaign was not sent");
  }
}

}

void register_outbox(Settings const& settings) {
  if (settings.folder.empty()) return;
  auto const add = [&](std::string const& name, int iterations, int rounds, auto body) {
    benchmark::RegisterBenchmark(name.c_str(), std::move(body))
        ->UseRealTime()
        ->Unit(benchmark::kMicrosecond)
        ->Iterations(settings.quick ? 3 : iterations)
        ->Repetitions(settings.quick ? 1 : rounds);
  };
  auto const sqlite = [&](std::string const& name) {
    return std::make_shared<Sender>(must(polycampaign::make_sqlite_journal(settings.folder + '/' + name)));
  };
  constexpr int sends = 50;
  constexpr int rounds = 15;
  auto const both = [&](std::string const& name, auto library, auto raw) {
    add("outbox/" + name, sends, rounds, [library](State& state) { send_one(state, *library); });
    add("outbox/" + name + "_raw", sends, rounds, [raw](State& state) { send_one(state, *raw); });
  };
  both("sqlite", sqlite("sends"), std::make_shared<RawSqlite>(settings.folder + "/raw"));
  // so many that checkpoints are among them
  add("outbox/syncs", 2'000, 1, [sender = sqlite("counted")](State& state) { count_waits(state, *sender); });
  if (!settings.postgres.empty())
    both("postgres", std::make_shared<Sender>(must(polycampaign::make_postgres_journal(settings.postgres))),
         std::make_shared<RawPostgres>(settings.postgres));

  int const campaigns = settings.quick ? 32 : 1'000;
  for (int const threads : {1, 16}) {
    auto const name = "outbox/threads/" + std::to_string(threads);
    add(name, 1, 5,
        [sender = sqlite("threads-" + std::to_string(threads)), threads, campaigns](State& state) {
          send_all(state, *sender, threads, campaigns);
        });
  }
}

}
