#pragma once

#include "polycampaign/result.hpp"

#include "journals/table.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polycampaign::inline v1::journals {

/// A connection string that was taken apart, and the time limits.
struct PostgresSettings {
  std::map<std::string, std::string, std::less<>> parameters{};
  std::chrono::milliseconds statement_timeout{};
};

[[nodiscard]] Result<PostgresSettings> read_connection_string(std::string const& connection,
                                                              std::chrono::seconds connect_timeout);

/// One connection to the server. Not synchronized.
class PostgresConnection {
 public:
  /// Connects, and makes sure of the encoding and the schema. Blocks.
  [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>> connect(PostgresSettings const& settings);

  /// Runs one statement and returns its rows.
  [[nodiscard]] Result<std::vector<Row>> query(Statement const& statement);
  /// Starts a transaction. All that it needs of the session is set for this transaction alone.
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> commit() { return execute("COMMIT"); }
  void roll_back();

  /// Returns whether the connection is of no more use. If a commit has failed and this is true, it may have
  /// succeeded.
  [[nodiscard]] bool lost() const noexcept { return lost_; }
  [[nodiscard]] bool timed_out() const noexcept { return timed_out_; }
  /// Returns whether the next call can use the connection. After an exception, a transaction may be open.
  [[nodiscard]] bool reusable() const noexcept {
    return !lost_ && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
  }

 private:
  explicit PostgresConnection(PostgresSettings const& settings) : settings_{settings} {}
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> use_schema();
  [[nodiscard]] Result<void> create_schema();
  [[nodiscard]] Result<void> execute(std::string const& sql);
  /// Waits for the answers to what was sent, and returns the rows of the last one.
  [[nodiscard]] Result<std::vector<Row>> answer(bool sent);
  [[nodiscard]] bool wait(bool to_write, std::chrono::steady_clock::time_point end);
  [[nodiscard]] Error lose(bool timed_out);

  struct Closer {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  };
  PostgresSettings const& settings_;
  std::unique_ptr<PGconn, Closer> connection_{};
  std::string sqlstate_{};  ///< of the last statement; empty if it succeeded
  bool lost_ = false;
  bool timed_out_ = false;
};

}  // namespace polycampaign::inline v1::journals
