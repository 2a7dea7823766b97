#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Exact texts inside JSON that a parser has accepted as a whole: nothing is checked again. Linear.
namespace polycampaign::inline v1::wire {

/// Without the blanks around it.
[[nodiscard]] std::string_view json_value(std::string_view text) noexcept;

/// The value of that member of the object that `text` holds, of several the last one, as JsonValue finds it.
/// Empty when there is none.
[[nodiscard]] std::string_view json_member(std::string_view text, std::string_view name) noexcept;

/// Each item of the array, or the value of each member of the object, that `text` holds, in their order
/// there. None for another value.
[[nodiscard]] std::vector<std::string_view> json_values(std::string_view text);

}  // namespace polycampaign::inline v1::wire
