#pragma once

#include <string_view>
#include <vector>

/// Exact texts inside JSON that a parser has accepted as a whole: nothing is checked again. Linear.
namespace polycampaign::inline v1::wire {

/// The value of that member of the object that `text` holds: the first one, as the parser finds it. Empty
/// when there is none.
[[nodiscard]] std::string_view json_member(std::string_view text, std::string_view name) noexcept;

/// The items of the array that `text` holds; one item when it holds an object; none for another value.
[[nodiscard]] std::vector<std::string_view> json_items(std::string_view text);

}  // namespace polycampaign::inline v1::wire
