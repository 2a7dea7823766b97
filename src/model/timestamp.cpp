#include "polycampaign/timestamp.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>

namespace polycampaign::inline v1 {

std::string_view to_string(ZoneBasis basis) noexcept {
  switch (basis) {
    case ZoneBasis::documented: return "documented";
    case ZoneBasis::configured: return "configured";
    case ZoneBasis::assumed: return "assumed";
  }
  return "unknown";
}

std::string to_string(Timestamp const& timestamp) {
  return to_rfc3339(timestamp.time);
}

std::string to_rfc3339(std::chrono::sys_seconds time) {
  // std::chrono::year ends at 32767 and would wrap silently; 64-bit seconds reach further.
  constexpr std::int64_t day = 86'400;
  std::int64_t const seconds = time.time_since_epoch().count();
  std::int64_t days = seconds / day;
  std::int64_t rest = seconds % day;
  if (rest < 0) {
    rest += day;
    --days;
  }
  // civil date from days, in eras of 400 years that begin on the 1st of March
  days += 719'468;
  std::int64_t const era = (days >= 0 ? days : days - 146'096) / 146'097;
  std::int64_t const day_of_era = days - era * 146'097;
  std::int64_t const year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t const shifted_month = (5 * day_of_year + 2) / 153;
  std::int64_t const day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  std::int64_t const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  std::int64_t const year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

  std::string text;
  text.reserve(20);
  if (year >= 0 && year <= 9'999) {
    for (std::int64_t const unit : {1'000, 100, 10, 1})
      text.push_back(static_cast<char>('0' + year / unit % 10));
  } else {
    // outside RFC 3339: the expanded form of ISO 8601, a sign and all digits
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, year < 0 ? -year : year).ptr;
    text.push_back(year < 0 ? '-' : '+');
    auto const length = static_cast<std::size_t>(end - digits);
    if (length < 4) text.append(4 - length, '0');
    text.append(digits, length);
  }
  auto const two = [&text](char before, std::int64_t value) {
    text.push_back(before);
    text.push_back(static_cast<char>('0' + value / 10));
    text.push_back(static_cast<char>('0' + value % 10));
  };
  two('-', month);
  two('-', day_of_month);
  two('T', rest / 3'600);
  two(':', rest / 60 % 60);
  two(':', rest % 60);
  text.push_back('Z');
  return text;
}

}  // namespace polycampaign::inline v1
