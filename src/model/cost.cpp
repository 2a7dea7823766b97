#include "polycampaign/cost.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

constexpr int largest_exponent = 64;

std::string_view take_digits(std::string_view& text) noexcept {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  auto const digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

bool take(std::string_view& text, std::string_view any_of) noexcept {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Moves the point; zeros that only the move puts in front are not the vendor's and go.
std::string expand(std::string_view whole, std::string_view fraction, int exponent) {
  std::string digits;
  digits.reserve(whole.size() + fraction.size() + largest_exponent + 2);
  auto point = static_cast<std::ptrdiff_t>(whole.size()) + exponent;
  if (point < 1) {
    digits.append(static_cast<std::size_t>(1 - point), '0');
    point = 1;
  }
  digits.append(whole).append(fraction);
  auto const length = static_cast<std::ptrdiff_t>(digits.size());
  if (point > length) digits.append(static_cast<std::size_t>(point - length), '0');
  auto const wanted = static_cast<std::size_t>(point);
  if (wanted < digits.size()) digits.insert(wanted, 1, '.');
  auto const leading = std::min(digits.find_first_not_of('0'), wanted - 1);
  return digits.substr(leading);
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(blanks) - first + 1);

  bool const negative = take(text, "-");
  auto const whole = take_digits(text);
  if (whole.empty()) return std::nullopt;
  std::string_view fraction;
  if (take(text, ".,")) {
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }

  std::string number{negative ? "-" : ""};
  if (take(text, "eE")) {
    bool const down = take(text, "-");
    if (!down) take(text, "+");
    auto const digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    int exponent = 0;
    for (char const c : digits) {
      exponent = exponent * 10 + (c - '0');
      if (exponent > largest_exponent) return std::nullopt;
    }
    number += expand(whole, fraction, down ? -exponent : exponent);
  } else {
    number.reserve(number.size() + whole.size() + 1 + fraction.size());
    number.append(whole);
    if (!fraction.empty()) number.append(".").append(fraction);
  }
  if (!text.empty()) return std::nullopt;
  return Decimal{std::move(number)};
}

bool Decimal::is_zero() const noexcept {
  return text_.find_first_not_of("-0.") == std::string::npos;
}

std::string_view to_string(CostKind kind) noexcept {
  return kind == CostKind::estimate ? "estimate" : "billed";
}

}  // namespace polycampaign::inline v1
