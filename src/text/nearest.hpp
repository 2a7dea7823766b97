#pragma once

#include "text/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Guesses which word was meant.
namespace polycampaign::inline v1::text {

/// Returns how many letters must be inserted, removed, replaced or swapped with their neighbor. Ignores ASCII
/// case.
[[nodiscard]] inline std::size_t distance(std::string_view a, std::string_view b) {
  // Optimal string alignment needs only three rows of the table.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

/// Returns the known word with the smallest distance, the first one of several. Empty if no word is known.
[[nodiscard]] inline std::string_view nearest(std::string_view word,
                                              std::vector<std::string_view> const& known) {
  auto const found = std::min_element(known.begin(), known.end(), [&](auto const& a, auto const& b) {
    return distance(word, a) < distance(word, b);
  });
  return found == known.end() ? std::string_view{} : *found;
}

/// Returns `unknown WHAT "WORD"; did you mean "NEAREST"?`.
[[nodiscard]] inline std::string unknown_word(std::string_view what, std::string_view word,
                                              std::vector<std::string_view> const& known) {
  auto text = std::string{"unknown "}.append(what).append(" \"").append(word).append("\"");
  if (auto const guess = nearest(word, known); !guess.empty())
    text.append("; did you mean \"").append(guess).append("\"?");
  return text;
}

/// Returns `a, b, c`.
[[nodiscard]] inline std::string listed(std::vector<std::string_view> const& words) {
  std::string text;
  for (auto const& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

}  // namespace polycampaign::inline v1::text
