#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace polycampaign::inline v1::text {

/// Decimal digits, behind a `-` for a signed type, and nothing around them. Nothing for any other text, and
/// for a number that the type does not hold.
template <class Number = std::int64_t>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
  Number number{};
  auto const* const end = text.data() + text.size();
  auto const [behind, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || behind != end) return std::nullopt;
  return number;
}

}  // namespace polycampaign::inline v1::text
