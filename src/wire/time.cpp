#include "wire/time.hpp"

#include "polycampaign/timestamp.hpp"

#include "text/ascii.hpp"
#include "wire/text.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace polycampaign::inline v1::wire {

namespace {

// The two digits at `at`; far below zero when one of them is none, so that sums of several stay below zero.
constexpr int two(std::string_view text, std::size_t at) noexcept {
  auto const tens = static_cast<unsigned>(text[at] - '0');
  auto const ones = static_cast<unsigned>(text[at + 1] - '0');
  return tens > 9 || ones > 9 ? -100'000 : static_cast<int>(tens * 10 + ones);
}

// Pairs of digits in eight bytes of a text.
struct Pairs {
  std::uint64_t values = 0;
  bool good = false;
  // the pair that begins there
  [[nodiscard]] constexpr int at(unsigned byte) const noexcept {
    return static_cast<int>(values >> 8 * byte & 0xFF);
  }
};

// Eight bytes with digits where the pattern has a zero, and the pattern's own characters elsewhere.
Pairs read_pairs(char const* text, char const (&pattern)[9]) noexcept {
  std::uint64_t bytes = 0;
  std::uint64_t expected = 0;
  std::uint64_t overflow = 0;  // added to a byte that is too large, it sets the highest bit
  std::memcpy(&bytes, text, sizeof bytes);
  std::memcpy(&expected, pattern, sizeof expected);
  for (unsigned i = 0; i < 8; ++i) {
    std::uint64_t const highest = pattern[i] == '0' ? 9 : 0;
    overflow |= (0x7F - highest) << 8 * i;
  }
  auto const differences = bytes ^ expected;  // digits become their values, other characters zero
  bool const good = (((differences + overflow) | differences) & 0x8080'8080'8080'8080U) == 0;
  return {.values = differences * 10 + (differences >> 8), .good = good};
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

constexpr int last_day(int year, int month) noexcept {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr bool exists(Date const& date) noexcept {
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  return date.day <= 28 || date.day <= last_day(date.year, date.month);
}

// Of an existing date. Years begin with March, so that the leap day is the last: then whole years, centuries
// and months are linear but for rounding (C. Neri, L. Schneider: Euclidean affine functions, 2022).
constexpr std::chrono::sys_days day_of(Date const& date) noexcept {
  constexpr int shift_years = 400;  // keeps the numbers positive in the year 0
  constexpr int epoch = 719'468 + 146'097;
  bool const before_march = date.month < 3;
  auto const year = static_cast<unsigned>(date.year + shift_years - (before_march ? 1 : 0));
  auto const month = static_cast<unsigned>(before_march ? date.month + 12 : date.month);
  auto const century = year / 100;
  auto const days = 1'461 * year / 4 - century + century / 4 + (979 * month - 2'919) / 32;
  return std::chrono::sys_days{std::chrono::days{static_cast<int>(days) + date.day - 1 - epoch}};
}

constexpr std::optional<std::chrono::sys_days> existing_day(Date const& date) noexcept {
  if (!exists(date)) return std::nullopt;
  return day_of(date);
}

// `Z`, `+02:00`, `+0200`, `+02`; nothing for other text.
constexpr std::optional<std::chrono::seconds> read_offset(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return std::chrono::seconds::zero();
  bool const colon = text.size() == 6 && text[3] == ':';
  bool const whole_hours = text.size() == 3;
  if ((text.size() != 5 && !colon && !whole_hours) || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int const hours = two(text, 1);
  int const minutes = whole_hours ? 0 : two(text, colon ? 4 : 3);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  std::chrono::seconds const offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return text[0] == '-' ? -offset : offset;
}

constexpr std::optional<DateTime> read_date_time(std::string_view text, int earliest_year) noexcept {
  auto const date = read_date(text);
  if (!date || date->year < earliest_year) return std::nullopt;
  text.remove_prefix(date->length);
  // " hh:mm", perhaps ":ss"
  if (text.size() < 6 || (text[0] != ' ' && text[0] != 'T' && text[0] != 't') || text[3] != ':')
    return std::nullopt;
  int const hour = two(text, 1);
  int const minute = two(text, 4);
  text.remove_prefix(6);
  bool const has_seconds = text.size() >= 3 && text[0] == ':';
  int second = has_seconds ? two(text, 1) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  if (second == 60) second = 59;  // a leap second has no Unix time of its own
  if (has_seconds) text.remove_prefix(3);
  if (has_seconds && !text.empty() && text[0] == '.') {
    std::size_t digits = 1;
    while (digits < text.size() && text::is_digit(text[digits])) ++digits;
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

bool parse_plain_wall(std::string_view text, std::chrono::sys_seconds& wall) noexcept {
  if constexpr (std::endian::native != std::endian::little) return false;
  if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return false;
  auto const date = read_pairs(text.data(), "0000-00-");
  auto const time = read_pairs(text.data() + 11, "00:00:00");
  int const day = two(text, 8);
  if (!date.good || !time.good || day < 0) return false;
  Date const read{.year = date.at(0) * 100 + date.at(2), .month = date.at(5), .day = day};
  int const hour = time.at(0);
  int const minute = time.at(3);
  int const second = time.at(6);
  if (read.year < 1'970 || read.year > 9'998 || hour > 23 || minute > 59 || second > 59 || !exists(read))
    return false;
  wall = day_of(read) + std::chrono::seconds{hour * 3'600 + minute * 60 + second};
  return true;
}

bool is_writable(std::chrono::sys_seconds time) noexcept {
  using std::chrono::sys_days;
  using std::chrono::year;
  return time >= sys_days{year{0} / 1 / 1} && time < sys_days{year{10'000} / 1 / 1};
}

std::optional<DateTime> parse_date_time(std::string_view text) noexcept {
  return read_date_time(trim(text), 1'970);
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
    auto const time = read->wall - *read->offset;
    if (wire::is_writable(time)) return time;
  }
  return Error{
      .code = ErrorCode::invalid_argument,
      .message = "a time must have the form 2021-04-27T19:44:06Z, 2021-04-27T19:44:06+02:00 or 2021-04-27"};
}

}  // namespace polycampaign::inline v1
