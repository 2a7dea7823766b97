#pragma once

#include "polycampaign/campaign.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// CSV as in RFC 4180, with a header and lines that end with CR LF. The columns are the members of the JSON
/// form in the same order. Statistics have one column per counter, and lists are joined by `;`. An absent
/// value is an empty field, and an empty string is `""`.
namespace polycampaign::inline v1::command {

/// What to do with a cell that a spreadsheet would take for a formula.
enum class Formulas {
  keep,    ///< write it as it is
  mark,    ///< write an apostrophe before it
  refuse,  ///< end the output before its row
};

struct CsvStyle {
  bool bom = false;  ///< begin with a byte order mark
  Formulas formulas = Formulas::keep;
};

/// Returns whether a spreadsheet would take the cell for a formula: it begins with `=`, `+`, `-`, `@`, a tab
/// or a carriage return. A sign before digits with at most one point is no formula: `+33639980002`, `-50.25`.
[[nodiscard]] bool is_formula(std::string_view cell) noexcept;

/// Returns a field, quoted if it needs to be; empty for an empty text.
[[nodiscard]] std::string csv_field(std::string_view text);

/// One line, field by field.
class CsvLine {
 public:
  explicit CsvLine(Formulas formulas = Formulas::keep) noexcept : formulas_{formulas} {}

  void add(std::string_view text);
  void add(std::string const& text) { add(std::string_view{text}); }
  void add_absent() { separate(); }
  void add(std::optional<std::string> const& text);
  void add(CompactOptional<Timestamp> const& time);
  void add(Count const& count);
  /// Adds amount, unit and kind.
  void add(CompactOptional<Cost> const& cost);
  /// Adds the text, or an absent value if it is empty.
  void add_or_absent(std::string_view text);
  /// Adds the joined items, or an absent value if there are none.
  template <class Items, class Text>
  void add_list(Items const& items, Text text) {
    std::string joined;
    bool first = true;
    for (auto const& item : items) {
      if (!first) joined.push_back(';');
      first = false;
      joined.append(text(item));
    }
    if (first) {
      add_absent();
    } else {
      add(std::string_view{joined});
    }
  }

  /// Returns the column, counted from 1, of the first formula that `Formulas::refuse` does not allow, or 0.
  [[nodiscard]] std::size_t refused() const noexcept { return refused_; }
  /// Returns the line with its end.
  [[nodiscard]] std::string take() && { return std::move(line_.append("\r\n")); }

 private:
  void separate();

  Formulas formulas_;
  std::string line_{};
  std::size_t fields_ = 0;
  std::size_t refused_ = 0;
};

[[nodiscard]] std::string csv_header();
[[nodiscard]] CsvLine csv_line(Campaign const& campaign, std::string_view account,
                               Formulas formulas = Formulas::keep);

}  // namespace polycampaign::inline v1::command
