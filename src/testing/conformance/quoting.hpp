#pragma once

#include <string>
#include <string_view>

/// Finds what was quoted, however it was written.
namespace polycampaign::inline v1::testing::conformance {

/// Returns the first passage of `text` that `report` contains, or an empty string. A shorter one can occur by
/// chance.
[[nodiscard]] std::string quoted(std::string_view report, std::string_view text);
/// Returns the digits of `text`, without anything between them.
[[nodiscard]] std::string only_digits(std::string_view text);
/// Returns whether `report` contains the number, whatever stands between its digits. False for a number that
/// is so short that it can occur by chance.
[[nodiscard]] bool quotes_number(std::string_view report, std::string_view number);
/// Returns a phone number in several forms, as a vendor could quote it.
[[nodiscard]] std::string words_about_number(std::string_view number);

/// Bytes of a text that cannot occur by chance.
inline constexpr std::size_t telling_passage = 12;

}  // namespace polycampaign::inline v1::testing::conformance
