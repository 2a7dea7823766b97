#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace polycampaign::inline v1::text {

/// Parses decimal digits, with a leading `-` for a signed type, and nothing else. Returns nothing for any
/// other string, and for a number that the type cannot hold.
template <class Number = std::int64_t>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
  Number number{};
  auto const* const end = text.data() + text.size();
  auto const [behind, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || behind != end) return std::nullopt;
  return number;
}

}  // namespace polycampaign::inline v1::text
