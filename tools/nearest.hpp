#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// Letters to insert, remove, replace or swap with their neighbour; ASCII case does not count.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b);

/// The known word with the smallest distance, the first of equal ones; empty when none is known.
[[nodiscard]] std::string_view nearest(std::string_view word, std::vector<std::string_view> const& known);

/// `unknown WHAT "WORD"; did you mean "NEAREST"?`
[[nodiscard]] std::string unknown_word(std::string_view what, std::string_view word,
                                       std::vector<std::string_view> const& known);

/// `a, b, c`
[[nodiscard]] std::string listed(std::vector<std::string_view> const& words);

}  // namespace polycampaign::inline v1::command
