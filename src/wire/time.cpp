#include "wire/time.hpp"

#include "polycampaign/timestamp.hpp"

#include "wire/text.hpp"

#include <cstddef>

namespace polycampaign::inline v1::wire {

namespace {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// The two digits at `at`; far below zero when one of them is none, so that sums of several stay below zero.
constexpr int two(std::string_view text, std::size_t at) noexcept {
  auto const tens = static_cast<unsigned>(text[at] - '0');
  auto const ones = static_cast<unsigned>(text[at + 1] - '0');
  return tens > 9 || ones > 9 ? -100'000 : static_cast<int>(tens * 10 + ones);
}

struct Date {
  int year = -1;
  int month = -1;
  int day = -1;
  std::size_t length = 0;  // bytes of the text that it took
};

// `YYYY-MM-DD`, `YYYYMM-DD`, `YYYY-MMDD`.
constexpr std::optional<Date> read_date(std::string_view text) noexcept {
  if (text.size() < 9) return std::nullopt;
  std::size_t const month = text[4] == '-' ? 5 : 4;
  std::size_t const day = text[month + 2] == '-' ? month + 3 : month + 2;
  if (day == 6 || text.size() < day + 2) return std::nullopt;
  Date const date{.year = two(text, 0) * 100 + two(text, 2),
                  .month = two(text, month),
                  .day = two(text, day),
                  .length = day + 2};
  if (date.year < 0 || date.month < 0 || date.day < 0) return std::nullopt;
  return date;
}

constexpr std::optional<std::chrono::sys_days> existing_day(Date const& date) noexcept {
  constexpr int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  if (date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
  bool const leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  int const in_month =
      before_month[date.month] - before_month[date.month - 1] + (leap && date.month == 2 ? 1 : 0);
  if (date.day > in_month) return std::nullopt;
  // leap days of the years before, counted from the year 0, which is one
  int const last = date.year - 1;
  int const leap_days = date.year == 0 ? 0 : last / 4 - last / 100 + last / 400 + 1;
  int const day_of_year = before_month[date.month - 1] + date.day - 1 + (leap && date.month > 2 ? 1 : 0);
  constexpr int epoch = 719'528;  // 1970-01-01
  return std::chrono::sys_days{std::chrono::days{date.year * 365 + leap_days + day_of_year - epoch}};
}

// `Z`, `+02:00`, `+0200`; nothing for other text.
constexpr std::optional<std::chrono::seconds> read_offset(std::string_view text) noexcept {
  if (text == "Z") return std::chrono::seconds::zero();
  bool const colon = text.size() == 6 && text[3] == ':';
  if ((text.size() != 5 && !colon) || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int const hours = two(text, 1);
  int const minutes = two(text, colon ? 4 : 3);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  std::chrono::seconds const offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return text[0] == '-' ? -offset : offset;
}

constexpr std::optional<DateTime> read_date_time(std::string_view text, int earliest_year) noexcept {
  auto const date = read_date(text);
  if (!date || date->year < earliest_year) return std::nullopt;
  text.remove_prefix(date->length);
  // " hh:mm:ss"
  if (text.size() < 9 || (text[0] != ' ' && text[0] != 'T') || text[3] != ':' || text[6] != ':')
    return std::nullopt;
  int const hour = two(text, 1);
  int const minute = two(text, 4);
  int second = two(text, 7);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  if (second == 60) second = 59;  // a leap second has no Unix time of its own
  text.remove_prefix(9);
  if (!text.empty() && text[0] == '.') {
    std::size_t digits = 1;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 1) return std::nullopt;
    text.remove_prefix(digits);
  }
  auto const day = existing_day(*date);
  if (!day) return std::nullopt;
  DateTime result{.wall = *day + std::chrono::seconds{hour * 3'600 + minute * 60 + second}};
  if (!text.empty()) {
    result.offset = read_offset(text);
    if (!result.offset) return std::nullopt;
  }
  return result;
}

}  // namespace

std::optional<DateTime> parse_date_time(std::string_view text) noexcept {
  return read_date_time(trim(text), 1'970);
}

std::string format_wall(std::chrono::sys_seconds wall) {
  auto text = to_rfc3339(wall);
  text.pop_back();
  text[text.find('T')] = ' ';
  return text;
}

}  // namespace polycampaign::inline v1::wire

namespace polycampaign::inline v1 {

Result<std::chrono::sys_seconds> parse_time(std::string_view text) {
  text = wire::trim(text);
  if (text.size() == 10) {
    auto const date = wire::read_date(text);
    auto const day = date ? wire::existing_day(*date) : std::nullopt;
    if (day && date->length == text.size()) return std::chrono::sys_seconds{*day};
  } else if (auto const read = wire::read_date_time(text, 0); read && read->offset) {
    return read->wall - *read->offset;
  }
  return Error{.code = ErrorCode::invalid_argument,
               .message = "a time is written 2021-04-27T19:44:06Z, 2021-04-27T19:44:06+02:00 or 2021-04-27"};
}

}  // namespace polycampaign::inline v1
