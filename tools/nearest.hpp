#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// Returns how many letters must be inserted, removed, replaced or swapped with their neighbor. Ignores ASCII
/// case.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b);

/// Returns the known word with the smallest distance, the first one of several. Empty if no word is known.
[[nodiscard]] std::string_view nearest(std::string_view word, std::vector<std::string_view> const& known);

/// Returns `unknown WHAT "WORD"; did you mean "NEAREST"?`.
[[nodiscard]] std::string unknown_word(std::string_view what, std::string_view word,
                                       std::vector<std::string_view> const& known);

/// Returns `a, b, c`.
[[nodiscard]] std::string listed(std::vector<std::string_view> const& words);

}  // namespace polycampaign::inline v1::command
