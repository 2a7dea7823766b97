#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
/// ASCII letters only.
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;
/// Same word: case ignored, trimmed, `-`, `_` and blank alike.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b) noexcept;

}  // namespace polycampaign::inline v1::wire
