#pragma once

#include "polycampaign/send_journal.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

/// The table that both databases have, and the statements that both understand. Values travel as text: both
/// databases convert it to the types of the columns. All is inline, because both libraries contain it, and a
/// program may link both.
namespace polycampaign::inline v1::journals {

constexpr int schema_version = 1;
constexpr std::size_t columns = 12;

using Value = std::optional<std::string>;
using Row = std::array<Value, columns>;

/// One statement with its parameters `$1`, `$2`, ..., each of which first occurs in this order.
struct Statement {
  std::string sql{};
  std::vector<Value> parameters{};
};

namespace detail {

inline constexpr std::string_view all_columns =
    "account, key, part, state, attempt, provider, fingerprint, recipients, campaign_id, created_at, "
    "settled_at, details";
// the states of may_send()
inline constexpr std::string_view sendable = "('refused', 'absent', 'not_sent')";
// as in the partial index of both schemas
inline constexpr std::string_view unsettled = "state IN ('sending', 'unresolved')";

inline std::optional<std::int64_t> number(Value const& value) {
  std::int64_t result = 0;
  if (!value) return std::nullopt;
  auto const* const end = value->data() + value->size();
  auto const [rest, error] = std::from_chars(value->data(), end, result);
  return error == std::errc{} && rest == end ? std::optional{result} : std::nullopt;
}

inline Value seconds(std::chrono::sys_seconds time) {
  return std::to_string(time.time_since_epoch().count());
}

inline std::chrono::sys_seconds time_of(std::int64_t seconds) {
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

/// Appends a parameter and returns its name.
inline std::string add(Statement& statement, Value value) {
  statement.parameters.push_back(std::move(value));
  return '$' + std::to_string(statement.parameters.size());
}

inline std::string select() {
  return "SELECT " + std::string{all_columns} + " FROM polycampaign_sends";
}

}  // namespace detail

[[nodiscard]] inline Error failed(ErrorCode code, std::string message, bool transient = false) {
  return {.code = code, .transient = transient, .message = std::move(message)};
}

[[nodiscard]] inline Row to_row(JournalRecord const& record) {
  return {record.account,
          record.key,
          std::to_string(record.part),
          std::string{to_string(record.state)},
          record.attempt,
          record.provider,
          record.fingerprint,
          std::to_string(record.recipients),
          record.campaign_id,
          detail::seconds(record.created_at),
          record.settled_at ? detail::seconds(*record.settled_at) : std::nullopt,
          record.details};
}

/// Returns nothing if the row is not one that the journal has written.
[[nodiscard]] inline std::optional<JournalRecord> from_row(Row const& row) {
  for (std::size_t i = 0; i < columns; ++i)
    if (!row[i] && i != 10) return std::nullopt;
  auto const part = detail::number(row[2]);
  auto const state = parse_send_state(*row[3]);
  auto const recipients = detail::number(row[7]);
  auto const created = detail::number(row[9]);
  auto const settled = detail::number(row[10]);
  if (!part || !state || !recipients || !created || (row[10] && !settled)) return std::nullopt;
  JournalRecord record{.account = *row[0],
                       .key = *row[1],
                       .part = *part,
                       .state = *state,
                       .attempt = *row[4],
                       .provider = *row[5],
                       .fingerprint = *row[6],
                       .recipients = *recipients,
                       .campaign_id = *row[8],
                       .created_at = detail::time_of(*created),
                       .details = *row[11]};
  if (settled) record.settled_at = detail::time_of(*settled);
  return record;
}

/// Inserts the intent, or replaces a record that may be sent. Returns a row if it has written one.
[[nodiscard]] inline Statement begin_statement(JournalRecord const& intent) {
  auto row = to_row(intent);
  return {"INSERT INTO polycampaign_sends (" + std::string{detail::all_columns} +
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
              "ON CONFLICT (account, key, part) DO UPDATE SET "
              "state = excluded.state, attempt = excluded.attempt, provider = excluded.provider, "
              "fingerprint = excluded.fingerprint, recipients = excluded.recipients, "
              "campaign_id = excluded.campaign_id, created_at = excluded.created_at, "
              "settled_at = excluded.settled_at, details = excluded.details "
              "WHERE polycampaign_sends.state IN " +
              std::string{detail::sendable} + " RETURNING part",
          {row.begin(), row.end()}};
}

/// Replaces the record of the same attempt that is in the state `from`. Returns a row if there is one.
[[nodiscard]] inline Statement settle_statement(JournalRecord const& record, SendState from) {
  auto row = to_row(record);
  Statement statement{
      "UPDATE polycampaign_sends SET state = $1, provider = $2, fingerprint = $3, recipients = $4, "
      "campaign_id = $5, created_at = $6, settled_at = $7, details = $8 "
      "WHERE account = $9 AND key = $10 AND part = $11 AND attempt = $12 AND state = $13 RETURNING part",
      {row[3], row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[0], row[1], row[2], row[4]}};
  statement.parameters.emplace_back(to_string(from));
  return statement;
}

[[nodiscard]] inline Statement record_statement(JournalRecord const& identity) {
  return {detail::select() + " WHERE account = $1 AND key = $2 AND part = $3",
          {identity.account, identity.key, std::to_string(identity.part)}};
}

[[nodiscard]] inline Statement find_statement(std::string_view account, std::string_view key) {
  return {detail::select() + " WHERE account = $1 AND key = $2 ORDER BY part",
          {std::string{account}, std::string{key}}};
}

[[nodiscard]] inline Statement list_statement(JournalFilter const& filter) {
  Statement statement{detail::select() + " WHERE TRUE"};
  auto& sql = statement.sql;
  if (filter.account) sql += " AND account = " + detail::add(statement, *filter.account);
  if (filter.unsettled_only) sql += " AND " + std::string{detail::unsettled};
  if (filter.after) {
    auto const account = detail::add(statement, filter.after->account);
    auto const key = detail::add(statement, filter.after->key);
    auto const part = detail::add(statement, std::to_string(filter.after->part));
    sql += " AND (account, key, part) > (" + account + ", " + key + ", " + part + ')';
  }
  constexpr std::size_t most = (std::numeric_limits<std::int32_t>::max)();
  sql += " ORDER BY account, key, part LIMIT " + std::to_string(filter.limit < most ? filter.limit : most);
  return statement;
}

/// What `begin`, `settle`, `find` and `list` refuse before they use the database.
[[nodiscard]] inline std::optional<Error> refused_intent(JournalRecord const& intent) {
  if (auto good = check_journal_record(intent); !good) return std::move(good).error();
  if (intent.state == SendState::sending) return std::nullopt;
  return failed(ErrorCode::invalid_argument, "state: an intent is written in the state `sending`");
}

[[nodiscard]] inline std::optional<Error> refused_filter(JournalFilter const& filter) {
  JournalRecord named{.account = filter.account.value_or("")};
  if (auto good = check_journal_record(named); !good) return std::move(good).error();
  if (!filter.after) return std::nullopt;
  named = {.account = filter.after->account, .key = filter.after->key};
  if (auto good = check_journal_record(named); !good) return std::move(good).error();
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::journals
