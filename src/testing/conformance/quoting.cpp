#include "testing/conformance/quoting.hpp"

#include <cstddef>

namespace polycampaign::inline v1::testing::conformance {

std::string quoted(std::string_view report, std::string_view text) {
  for (std::size_t at = 0; at + telling_passage <= text.size(); ++at)
    if (report.find(text.substr(at, telling_passage)) != std::string_view::npos)
      return std::string{text.substr(at, telling_passage)};
  return {};
}

std::string only_digits(std::string_view text) {
  std::string digits;
  for (char const c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

bool quotes_number(std::string_view report, std::string_view number) {
  constexpr std::size_t telling_digits = 9;
  auto const wanted = only_digits(number);
  return wanted.size() >= telling_digits && only_digits(report).find(wanted) != std::string::npos;
}

std::string words_about_number(std::string_view number) {
  auto const digits = only_digits(number);
  auto words = "for " + std::string{number} + " (" + digits + ") ";
  if (digits.size() > 6)
    words += '+' + digits.substr(0, 2) + ' ' + digits.substr(2, 3) + ' ' + digits.substr(5) + ' ';
  return words;
}

}  // namespace polycampaign::inline v1::testing::conformance
