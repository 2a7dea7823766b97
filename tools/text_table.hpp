#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

struct Column {
  std::string title{};
  /// Taken when the titles do not fit; empty: `title`.
  std::string short_title{};
  bool right = false;
  /// Cells may be cut down to this many columns; 0: never.
  std::size_t least = 0;
  /// Left out when the table does not fit, the highest first; 0: never.
  int dispensable = 0;
};

/// A cell of printable text and the number of an SGR colour, 0 for none.
struct Cell {
  std::string text{};
  int colour = 0;
};

/// Columns two blanks apart under a line of titles.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_{std::move(columns)} {}

  /// One cell a column.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  /// Lines that are never wider than `width` (at least one column is always shown); no blanks at their ends.
  [[nodiscard]] std::string text(std::size_t width, bool coloured) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_{};
};

}  // namespace polycampaign::inline v1::command
