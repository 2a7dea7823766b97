#pragma once

#include "text/ascii.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Phone numbers in E.164, as whole numbers: a million of them can be compared without strings.
namespace polycampaign::inline v1::text {

struct ReadNumber {
  std::uint64_t digits = 0;  ///< without `+`; 0 if there is a fault
  int count = 0;             ///< how many digits
  /// What is wrong, as half a sentence that quotes nothing of the number. Empty if nothing is.
  std::string_view fault{};
};

namespace detail {

/// Returns how many bytes of a separator stand at the beginning of a string that is not empty: 0 if none
/// does.
[[nodiscard]] constexpr std::size_t separator(std::string_view text) noexcept {
  if (std::string_view{" \t-./()"}.find(text.front()) != std::string_view::npos) return 1;
  // no-break space; narrow no-break space, hyphens and dashes; word joiner
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x81\xA0")) return 3;
  bool const dash = text.size() > 2 && text.starts_with("\xE2\x80") && text[2] >= '\x90' && text[2] <= '\x95';
  return dash ? 3 : 0;
}

}  // namespace detail

/// Reads `+` and 7 to 15 digits with separators between them.
[[nodiscard]] constexpr ReadNumber read_number(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  if (text.empty()) return {.fault = "it is empty"};
  if (text.front() != '+')
    return {.fault = "it must begin with + and the country code, such as +33 for France"};
  text.remove_prefix(1);
  ReadNumber read;
  while (!text.empty()) {
    if (!is_digit(text.front())) {
      if (text.starts_with("(0)"))
        return {.fault = "it contains (0), which is dialed within the country only; remove it"};
      auto const bytes = detail::separator(text);
      if (bytes == 0) return {.fault = "it contains a character that is no digit"};
      text.remove_prefix(bytes);
      continue;
    }
    if (read.count == 0 && text.front() == '0') return {.fault = "no country code begins with 0"};
    if (++read.count > 15) return {.fault = "it has more than 15 digits"};
    read.digits = read.digits * 10 + static_cast<std::uint64_t>(text.front() - '0');
    text.remove_prefix(1);
  }
  if (read.count < 7) return {.fault = "it has fewer than 7 digits"};
  return read;
}

/// Returns `+` and the digits.
[[nodiscard]] inline std::string written_number(std::uint64_t digits) {
  return '+' + std::to_string(digits);
}

}  // namespace polycampaign::inline v1::text
