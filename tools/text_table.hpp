#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

struct Column {
  std::string title{};
  /// Used if the titles do not fit. Empty: `title`.
  std::string short_title{};
  bool right = false;
  /// The width to which cells may be cut. 0: never cut.
  std::size_t least = 0;
  /// Columns with the highest value are left out first if the table does not fit. 0: never left out.
  int dispensable = 0;
};

/// A cell of printable text, and the number of an SGR color, or 0 for none.
struct Cell {
  std::string text{};
  int colour = 0;
};

/// Columns with two spaces between them, below a line of titles.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_{std::move(columns)} {}

  /// Adds a row with one cell per column.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  /// Returns lines without trailing spaces that are never wider than `width`. At least one column is always
  /// shown.
  [[nodiscard]] std::string text(std::size_t width, bool coloured) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_{};
};

}  // namespace polycampaign::inline v1::command
