#include "journals/postgres_server.hpp"

#include "testing/other_program.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace polycampaign::test {

namespace {

/// The folder of the server's programs, which is not in the path; empty if there is none.
std::string programs() {
  std::string found;
  for (std::string const root : {"/usr/lib/postgresql", "/usr/local/lib/postgresql"}) {
    std::error_code none;
    for (auto const& version : std::filesystem::directory_iterator{root, none})
      if (auto const folder = version.path() / "bin"; std::filesystem::exists(folder / "initdb", none))
        found = std::max(found, folder.string());
  }
  return found;
}

/// The server refuses to run as root.
passwd const* user() {
  if (::geteuid() != 0) return nullptr;
  auto const* const postgres = ::getpwnam("postgres");
  return postgres != nullptr ? postgres : ::getpwnam("nobody");
}

std::unique_ptr<PostgresServer>& shared() {
  static std::unique_ptr<PostgresServer> server;
  return server;
}

class StopAtEnd : public ::testing::Environment {
 public:
  void TearDown() override { shared().reset(); }
};
[[maybe_unused]] auto* const stop_at_end = ::testing::AddGlobalTestEnvironment(new StopAtEnd);

}  // namespace

bool PostgresServer::is_installed() {
  return !programs().empty() && has_program("psql");
}

PostgresServer::PostgresServer() {
  if (auto const* const owner = user()) {
    EXPECT_EQ(::chown(folder_.path().c_str(), owner->pw_uid, owner->pw_gid), 0);
  }
  run({"initdb", "--pgdata", folder_.file("data"), "--username", "postgres", "--auth", "trust", "--encoding",
       "UTF8", "--locale", "C", "--no-sync"});
  std::ofstream{folder_.file("data/pg_hba.conf")} << "local all careful scram-sha-256\nlocal all all trust\n";
  std::ofstream{folder_.file("data/postgresql.conf"), std::ios::app}
      << "\nlisten_addresses = ''\nunix_socket_directories = '" << folder_.path()
      << "'\nsynchronous_commit = off\ndefault_transaction_isolation = "
         "serializable\ndefault_transaction_read_only = off\n"
         "shared_buffers = 16MB\nmax_connections = 50\nfsync = off\n";
  start();
}

PostgresServer::~PostgresServer() {
  stop(SIGQUIT);
}

pid_t PostgresServer::spawn(std::vector<std::string> arguments) const {
  arguments.front() = programs() + '/' + arguments.front();
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  auto const log = folder_.file("log");
  auto const* const owner = user();
  auto const child = ::fork();
  if (child != 0) return child;
  if (owner != nullptr && (::setgid(owner->pw_gid) != 0 || ::setuid(owner->pw_uid) != 0)) ::_exit(126);
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
#endif
  int const output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (::chdir("/") == 0) ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

void PostgresServer::run(std::vector<std::string> arguments) const {
  auto const name = arguments.front();
  auto const child = spawn(std::move(arguments));
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << name << '\n' << output_of("cat '" + folder_.file("log") + '\'');
}

void PostgresServer::start() {
  process_ = spawn({"postgres", "-D", folder_.file("data")});
  // The server itself says when it is ready.
  auto const ping = address() + "postgres user=postgres";
  for (int i = 0; i < 3000 && PQping(ping.c_str()) != PQPING_OK; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_EQ(PQping(ping.c_str()), PQPING_OK) << output_of("cat '" + folder_.file("log") + '\'');
}

void PostgresServer::stop(int signal) {
  if (process_ <= 0) return;
  ::kill(process_, signal);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void PostgresServer::become_standby() {
  stop(SIGINT);
  std::ofstream{folder_.file("data/standby.signal")};
  start();
}

std::string PostgresServer::database(std::string const& more) {
  auto const name = "d" + std::to_string(++databases_);
  psql(address() + "postgres user=postgres", "CREATE DATABASE " + name + ' ' + more);
  return address() + name;
}

std::string PostgresServer::psql(std::string const& connection, std::string const& sql) const {
  return output_of("psql -X -q -A -t -v ON_ERROR_STOP=1 -d \"" + connection + "\" 2>&1", sql);
}

void Postgres::SetUpTestSuite() {
  if (!shared() && PostgresServer::is_installed()) shared() = std::make_unique<PostgresServer>();
}

void Postgres::SetUp() {
  if (!shared()) GTEST_SKIP() << "PostgreSQL is not installed: its tests are NOT run";
}

PostgresServer& Postgres::server() {
  return *shared();
}

}  // namespace polycampaign::test
