#pragma once

#include "polycampaign/result.hpp"

#include "journals/table.hpp"

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <vector>

namespace polycampaign::inline v1::journals {

/// One connection to an SQLite file. Not synchronized.
class SqliteDatabase {
 public:
  SqliteDatabase() = default;
  ~SqliteDatabase();
  SqliteDatabase(SqliteDatabase const&) = delete;
  SqliteDatabase& operator=(SqliteDatabase const&) = delete;

  /// Opens the file, which must exist, and makes sure of its mode and its schema.
  [[nodiscard]] Result<void> open(std::string path, std::chrono::milliseconds busy_timeout);
  /// Runs one statement and returns its rows, whose further columns are empty if it has fewer than 12.
  [[nodiscard]] Result<std::vector<Row>> query(Statement const& statement);
  [[nodiscard]] Result<void> execute(char const* sql);
  /// Takes the lock of writers. Fails if the file is no longer the one that its path names, because what
  /// would be written to it would be found by nobody.
  [[nodiscard]] Result<void> begin();
  /// If this fails, the transaction has ended without effect.
  [[nodiscard]] Result<void> commit();
  void roll_back() noexcept;
  [[nodiscard]] Error unreadable() const;

 private:
  [[nodiscard]] Result<void> use_wal();
  [[nodiscard]] Result<void> use_schema();
  [[nodiscard]] Result<void> migrate();
  [[nodiscard]] Result<std::int64_t> pragma(char const* sql);
  [[nodiscard]] Error failure(int code) const;

  std::string path_{};
  std::chrono::milliseconds busy_timeout_{};
  sqlite3* handle_ = nullptr;
};

}  // namespace polycampaign::inline v1::journals
