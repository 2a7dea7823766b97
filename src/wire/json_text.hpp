#pragma once

#include <cstddef>
#include <string_view>

/// Exact texts inside JSON that a parser has accepted as a whole: nothing is checked again. Linear.
namespace polycampaign::inline v1::wire {

/// The value of that member of the object that `text` holds: the first one, as the parser finds it. Empty
/// when there is none.
[[nodiscard]] std::string_view json_member(std::string_view text, std::string_view name) noexcept;

/// Whether the member name whose opening quote stands at `quote` means that name, whatever its escapes.
[[nodiscard]] bool json_key_is(std::string_view text, std::size_t quote, std::string_view name) noexcept;

}  // namespace polycampaign::inline v1::wire
