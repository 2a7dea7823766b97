#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

namespace detail {
[[nodiscard]] std::string_view trim_blanks(std::string_view text) noexcept;
}

/// Without blanks at both ends.
[[nodiscard]] inline std::string_view trim(std::string_view text) noexcept {
  // blanks are the blank and some control characters: nearly no text begins or ends with one
  auto const may_be_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  if (!text.empty() && !may_be_blank(text.front()) && !may_be_blank(text.back())) return text;
  return detail::trim_blanks(text);
}

/// Reads 1 to 18 digits with nothing around them; false for any other text, which may still be a number.
[[nodiscard]] constexpr bool read_short_count(std::string_view digits, std::int64_t& value) noexcept {
  if (digits.empty() || digits.size() > 18) return false;
  value = 0;
  for (char const c : digits) {
    auto const digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  return true;
}

/// `text == literal`; in a switch on the text's size it compiles to a few instructions, which the comparison
/// of string views does not.
template <std::size_t size>
[[nodiscard]] bool is(std::string_view text, char const (&literal)[size]) noexcept {
  return text.size() == size - 1 && std::memcmp(text.data(), literal, size - 1) == 0;
}

/// Same word: case ignored, trimmed, `-`, `_` and blank alike.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b) noexcept;

}  // namespace polycampaign::inline v1::wire
