#include "testing/wall_time.hpp"

#include "polycampaign/testing/http_message.hpp"

namespace polycampaign::inline v1::testing {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

sys_seconds turn(std::chrono::year year, std::chrono::month month) noexcept {
  return sys_days{year / month / std::chrono::Sunday[std::chrono::last]} + hours{1};
}

void append_digits(std::string& text, std::int64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    auto digit = value;
    for (int k = 0; k < i; ++k) digit /= 10;
    text += static_cast<char>('0' + digit % 10);
  }
}

}  // namespace

local_seconds utc_wall(sys_seconds time) noexcept {
  return local_seconds{time.time_since_epoch()};
}

local_seconds paris_wall(sys_seconds time) noexcept {
  auto const year = std::chrono::year_month_day{std::chrono::floor<days>(time)}.year();
  bool const summer = time >= turn(year, std::chrono::March) && time < turn(year, std::chrono::October);
  return utc_wall(time + hours{summer ? 2 : 1});
}

std::optional<std::chrono::sys_seconds> paris_time(std::chrono::local_seconds wall) noexcept {
  for (auto const offset : {std::chrono::hours{2}, std::chrono::hours{1}}) {
    auto const time = std::chrono::sys_seconds{wall.time_since_epoch()} - offset;
    if (paris_wall(time) == wall) return time;
  }
  return std::nullopt;
}

std::string wall_text(local_seconds wall) {
  auto const day = std::chrono::floor<days>(wall);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{wall - day};
  std::string text;
  append_digits(text, static_cast<int>(date.year()), 4);
  append_digits(text += '-', static_cast<unsigned>(date.month()), 2);
  append_digits(text += '-', static_cast<unsigned>(date.day()), 2);
  append_digits(text += ' ', clock.hours().count(), 2);
  append_digits(text += ':', clock.minutes().count(), 2);
  append_digits(text += ':', clock.seconds().count(), 2);
  return text;
}

std::optional<local_seconds> read_wall(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00 00:00:00";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    bool const digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return std::nullopt;
  }
  auto const part = [&](std::size_t from, std::size_t length) {
    return static_cast<int>(whole_number(text.substr(from, length)).value_or(0));
  };
  std::chrono::year_month_day const date{std::chrono::year{part(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  if (!date.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) return std::nullopt;
  return local_days{date} + hours{part(11, 2)} + minutes{part(14, 2)} + seconds{part(17, 2)};
}

}  // namespace polycampaign::inline v1::testing
