#pragma once

#include "polycampaign/campaign.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The conversions that all peers but the one with strptime share.
namespace peers {

constexpr int days_before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/// Whole digits; nothing for anything else.
inline polycampaign::Count count_of(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (char const c : digits) {
    auto const digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return std::nullopt;
    value = value * 10 + static_cast<std::int64_t>(digit);
  }
  return value;
}

/// `YYYY-MM-DD hh:mm:ss` as if it were UTC; nothing for anything else.
inline std::optional<std::chrono::sys_seconds> wall_of(std::string_view text) noexcept {
  if (text.size() != 19 || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  bool good = true;
  auto const two = [&](std::size_t at) {
    auto const tens = static_cast<unsigned>(text[at] - '0');
    auto const ones = static_cast<unsigned>(text[at + 1] - '0');
    good = good && tens < 10 && ones < 10;
    return static_cast<int>(tens * 10 + ones);
  };
  int const year = two(0) * 100 + two(2);
  int const month = two(5);
  int const day = two(8);
  int const hour = two(11);
  int const minute = two(14);
  int const second = two(17);
  if (!good || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  auto const& before = days_before_month;
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > before[month] - before[month - 1] + (leap && month == 2)) return std::nullopt;
  int const last = year - 1;
  int const days =
      year * 365 + last / 4 - last / 100 + last / 400 + before[month - 1] + day + (leap && month > 2);
  constexpr int epoch = 719'528;  // 1970-01-01, counted in the same way
  return std::chrono::sys_seconds{
      std::chrono::seconds{std::int64_t{days - epoch} * 86'400 + hour * 3'600 + minute * 60 + second}};
}

/// SMSUP's clock. A repeated hour is the first, a skipped one the transition, as the library has it.
std::chrono::sys_seconds paris_to_utc(std::chrono::sys_seconds wall) noexcept;

}
