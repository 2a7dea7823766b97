#include "text_table.hpp"

#include "display.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace polycampaign::inline v1::command {

namespace {

constexpr std::size_t gap = 2;

struct Shown {
  std::size_t index;  ///< the index of the column
  std::size_t cells;  ///< the width of the widest cell
  std::size_t width;
};

std::size_t total(std::vector<Shown> const& shown) {
  return std::accumulate(shown.begin(), shown.end(), gap * (shown.size() - 1),
                         [](std::size_t sum, Shown const& column) { return sum + column.width; });
}

std::string const& title_of(Column const& column, bool brief) {
  return brief && !column.short_title.empty() ? column.short_title : column.title;
}

void measure(std::vector<Shown>& shown, std::vector<Column> const& columns, bool brief) {
  for (auto& column : shown)
    column.width = std::max(column.cells, display_width(title_of(columns[column.index], brief)));
}

/// Shortens the columns that may be cut until the table fits, the widest first.
void cut(std::vector<Shown>& shown, std::vector<Column> const& columns, std::size_t width) {
  for (auto now = total(shown); now > width; --now) {
    Shown* widest = nullptr;
    for (auto& column : shown) {
      auto const least = columns[column.index].least;
      if (least != 0 && column.width > least && (widest == nullptr || column.width > widest->width))
        widest = &column;
    }
    if (widest == nullptr) return;
    --widest->width;
  }
}

}  // namespace

std::string TextTable::text(std::size_t width, bool coloured) const {
  std::vector<Shown> shown;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = 0;
    for (auto const& row : rows_) widest = std::max(widest, display_width(row[i].text));
    shown.push_back({i, widest, 0});
  }
  measure(shown, columns_, false);
  bool const brief = total(shown) > width;
  if (brief) measure(shown, columns_, true);
  cut(shown, columns_, width);
  while (total(shown) > width) {
    auto const last = std::max_element(shown.begin(), shown.end(), [&](Shown const& a, Shown const& b) {
      return columns_[a.index].dispensable < columns_[b.index].dispensable;
    });
    if (columns_[last->index].dispensable == 0) break;
    shown.erase(last);
    measure(shown, columns_, true);
    cut(shown, columns_, width);
  }
  // Drop columns from the right if even the shortest form is too wide.
  while (shown.size() > 1 && total(shown) > width) shown.pop_back();
  if (shown.size() == 1) shown.front().width = std::min(shown.front().width, width);

  std::string out;
  auto const line = [&](auto cell_of, bool bold) {
    std::string text;
    std::size_t blanks = 0;
    for (auto const& column : shown) {
      Cell const cell = cell_of(column.index);
      auto const fitted = fit(cell.text, column.width);
      auto const free = column.width - display_width(fitted);
      if (columns_[column.index].right) blanks += free;
      auto const colour = bold ? 1 : cell.colour;
      auto const after = gap + (columns_[column.index].right ? 0 : free);
      if (fitted.empty()) {  // no spaces at the end of a line
        blanks += after;
        continue;
      }
      text.append(blanks, ' ');
      if (coloured && colour != 0) {
        text.append("\x1b[" + std::to_string(colour) + "m").append(fitted).append("\x1b[0m");
      } else {
        text.append(fitted);
      }
      blanks = after;
    }
    out.append(text).push_back('\n');
  };
  line([&](std::size_t i) { return Cell{title_of(columns_[i], brief), 0}; }, true);
  for (auto const& row : rows_) line([&](std::size_t i) { return row[i]; }, false);
  return out;
}

}  // namespace polycampaign::inline v1::command
