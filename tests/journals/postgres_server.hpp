#pragma once

#include "journals/worker.hpp"

#include <gtest/gtest.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace polycampaign::test {

/// PostgreSQL from the distribution's package, in a temporary folder and on a Unix socket. It has defaults
/// that a journal must not rely on, and commits slowly to the disk or not at all unless it is asked
/// otherwise.
class PostgresServer {
 public:
  /// Starts the server. Adds a failure to the test if it does not start.
  PostgresServer();
  ~PostgresServer();
  PostgresServer(PostgresServer const&) = delete;
  PostgresServer& operator=(PostgresServer const&) = delete;

  [[nodiscard]] static bool is_installed();

  /// Creates a database, and returns a connection string for it without a role.
  [[nodiscard]] std::string database(std::string const& more = "");
  /// Returns the connection string of a database for the role `postgres`.
  [[nodiscard]] static std::string as_owner(std::string const& database) {
    return database + " user=postgres";
  }
  /// Runs statements through psql. Returns what it prints, without alignment.
  std::string psql(std::string const& connection, std::string const& sql) const;

  [[nodiscard]] std::string socket() const { return folder_.file(".s.PGSQL.5432"); }
  /// Stops it in order, with SIGINT, or without, as a crash does, with SIGQUIT.
  void stop(int signal);
  void start();
  /// Makes it a standby without a primary: it can only be read.
  void become_standby();

 private:
  [[nodiscard]] std::string address() const { return "host='" + folder_.path() + "' dbname="; }
  [[nodiscard]] pid_t spawn(std::vector<std::string> arguments) const;
  void run(std::vector<std::string> arguments) const;

  Folder folder_{};
  pid_t process_ = -1;
  int databases_ = 0;
};

/// The tests that share one server.
class Postgres : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  void SetUp() override;
  [[nodiscard]] static PostgresServer& server();
};

}  // namespace polycampaign::test
