#pragma once

#include "polycampaign/json.hpp"
#include "polycampaign/outbox.hpp"

#include "account.hpp"
#include "commands.hpp"
#include "csv_output.hpp"
#include "text_table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Elements of lists as rows, in every format. Each type has a shape, a line of CSV and cells of a table.
namespace polycampaign::inline v1::command {

/// A record of the journal, and what was found out about it.
struct OutboxRow {
  JournalRecord record{};
  std::optional<Verdict> verdict{};
};
[[nodiscard]] std::string to_json(OutboxRow const& row, std::string_view account);

struct RowShape {
  std::vector<Column> columns{};  ///< for people
  std::string_view csv_header{};
};

template <class T>
[[nodiscard]] RowShape shape_of();
template <>
[[nodiscard]] RowShape shape_of<OutboxRow>();
template <>
[[nodiscard]] RowShape shape_of<Balance>();
template <>
[[nodiscard]] RowShape shape_of<Sender>();
template <>
[[nodiscard]] RowShape shape_of<RecipientList>();
template <>
[[nodiscard]] RowShape shape_of<Message>();
template <>
[[nodiscard]] RowShape shape_of<Reply>();
template <>
[[nodiscard]] RowShape shape_of<OptOut>();

/// @{
[[nodiscard]] CsvLine csv_row(OutboxRow const& row, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(Balance const& balance, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(Sender const& sender, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(RecipientList const& list, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(Message const& message, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(Reply const& reply, Account const& account, Formulas formulas);
[[nodiscard]] CsvLine csv_row(OptOut const& opt_out, Account const& account, Formulas formulas);
/// @}

/// @{
[[nodiscard]] std::vector<std::string> cells_of(OutboxRow const& row, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(Balance const& balance, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(Sender const& sender, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(RecipientList const& list, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(Message const& message, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(Reply const& reply, Account const& account);
[[nodiscard]] std::vector<std::string> cells_of(OptOut const& opt_out, Account const& account);
/// @}

/// Prints rows: `ndjson` and `csv` at once, `table` and `json` when all are there.
class RowPrinter {
 public:
  RowPrinter(Context& context, Format format, RowShape shape);

  /// Adds a row. After a false, stop.
  template <class T>
  bool add(T const& item, Account const& account) {
    if (format_ == Format::csv) return csv_.add(csv_row(item, account, context_.csv.formulas), account.name);
    if (format_ == Format::table) return add_cells(cells_of(item, account));
    if constexpr (std::is_same_v<T, RecipientList>)
      return add_json(to_json(item, account.provider->name, account.name));
    else
      return add_json(to_json(item, account.name));
  }
  /// Prints what is not printed yet. Call it if there is a result, even without rows.
  void finish();

  /// Returns whether rows are printed at once.
  [[nodiscard]] bool streams() const noexcept { return format_ == Format::ndjson || format_ == Format::csv; }
  /// Returns whether a formula ended the output.
  [[nodiscard]] bool refused() const noexcept { return csv_.refused(); }

 private:
  bool add_cells(std::vector<std::string> const& cells);
  bool add_json(std::string json);

  Context& context_;
  Format format_;
  CsvOutput csv_;
  TextTable table_;
  std::vector<std::string> json_{};
};

}  // namespace polycampaign::inline v1::command
