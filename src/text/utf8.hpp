#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1::text {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  ///< 0 if the sequence is malformed
};

/// Returns the first character of a string, which must not be empty. Overlong forms, surrogates and values
/// above U+10FFFF also count as malformed.
[[nodiscard]] constexpr CodePoint first_code_point(std::string_view text) noexcept {
  auto const byte = [text](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(text[i])}; };
  auto const lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t const bytes = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (bytes == 0 || bytes > text.size()) return {};
  auto value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  bool const overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  bool const no_character = value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
  return overlong || no_character ? CodePoint{} : CodePoint{value, bytes};
}

}  // namespace polycampaign::inline v1::text
