#include "wire/zone_table.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <version>

#ifdef POLYCAMPAIGN_WITH_DATE
#include <date/tz.h>
// A date without the system's data base fetches one from the network while the program runs.
#if !USE_OS_TZDB
#error \
    "the date library must be built with the system's time zone database: USE_SYSTEM_TZ_DB=ON, or in Conan date/*:tz_db=system"
#endif
namespace zone_library = date;
#else
#if !defined(__cpp_lib_chrono) || __cpp_lib_chrono < 201907L
#error "this standard library does not support time zones: configure with POLYCAMPAIGN_WITH_DATE=ON"
#endif
namespace zone_library = std::chrono;
#endif

namespace polycampaign::inline v1::wire {

namespace {

using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr sys_seconds table_end = sys_days{year{ZoneTable::last_year + 1} / 1 / 1};
constexpr int guess_bits = 24;
static_assert(table_end.time_since_epoch().count() >> guess_bits < 128);

// What to take off a time behind the table so that it falls on the same date, weekday and kind of year within
// it: zero within the table.
seconds beyond_table(sys_seconds time) noexcept {
  if (time < table_end) return seconds::zero();
  // sys_days of std::chrono end with the year 32767; the calendar repeats every 400 years
  constexpr seconds four_centuries = std::chrono::days{146'097};
  auto const cycles = (time - table_end) / four_centuries;
  auto const shift = cycles * four_centuries;
  time -= shift;
  std::chrono::year_month_day const date{std::chrono::floor<std::chrono::days>(time)};
  sys_days const january{date.year() / 1 / 1};
  for (auto twin = year{ZoneTable::last_year}; twin > year{ZoneTable::last_year - 28}; --twin) {
    sys_days const twin_january{twin / 1 / 1};
    if (twin.is_leap() == date.year().is_leap() &&
        std::chrono::weekday{twin_january} == std::chrono::weekday{january})
      return shift + (january - twin_january);
  }
  return shift;  // not reached: 28 years hold all 14 kinds of year
}

}  // namespace

void ZoneTable::add(sys_seconds begin, seconds offset) {
  auto const before = periods.empty() ? offset : periods.back().offset;
  periods.push_back({.begin = begin,
                     .offset = offset,
                     .earliest_wall = begin + std::min(before, offset),
                     .latest_wall = begin + std::max(before, offset)});
  for (std::size_t i = 0; i < first_guess.size(); ++i)
    if (sys_seconds{seconds{static_cast<std::int64_t>(i) << guess_bits}} >= periods.back().earliest_wall)
      first_guess[i] = static_cast<std::uint16_t>(periods.size() - 1);
}

Zone::Instant ZoneTable::to_utc(sys_seconds wall) const noexcept {
  auto const shift = beyond_table(wall);
  wall -= shift;
  auto const since_1970 = wall.time_since_epoch().count();
  std::size_t at = since_1970 < 0 ? 0 : first_guess[static_cast<std::size_t>(since_1970 >> guess_bits)];
  while (at + 1 < periods.size() && periods[at + 1].earliest_wall <= wall) ++at;
  auto const& period = periods[at];
  if (wall >= period.latest_wall || at == 0) return {.time = wall - period.offset + shift, .exact = true};
  auto const before = periods[at - 1].offset;
  // between the two walls: skipped when the clock went forward, shown twice when it went back
  if (period.offset > before) return {.time = period.begin + shift, .exact = false};
  return {.time = wall - before + shift, .exact = false};
}

sys_seconds ZoneTable::to_wall(sys_seconds time) const noexcept {
  auto const shift = beyond_table(time);
  auto const behind = std::ranges::upper_bound(periods, time - shift, {}, &Period::begin);
  return time + (behind == periods.begin() ? behind : std::prev(behind))->offset;
}

ZoneTable central_european_table() {
  using std::chrono::hours;
  using std::chrono::Sunday;
  ZoneTable table;
  table.name = "Europe/Paris";
  table.add(sys_days{year{1970} / 1 / 1}, hours{1});
  for (auto y = year{1996}; y <= year{ZoneTable::last_year}; ++y) {
    table.add(sys_days{y / std::chrono::March / Sunday[std::chrono::last]} + hours{1}, hours{2});
    table.add(sys_days{y / std::chrono::October / Sunday[std::chrono::last]} + hours{1}, hours{1});
  }
  return table;
}

std::optional<ZoneTable> database_table(std::string const& name) noexcept try {
  auto const* const zone = zone_library::locate_zone(name);
  ZoneTable table;
  table.name = name;
  // a day early, since the wall clock of 1970 begins before or after its UTC
  for (sys_seconds time = sys_days{year{1969} / 12 / 31}; time < table_end;) {
    auto const info = zone->get_info(time);
    if (table.periods.empty() || table.periods.back().offset != info.offset)
      table.add(std::max(time, info.begin), info.offset);
    if (info.end <= time) return std::nullopt;
    time = info.end;
  }
  return table;
} catch (...) {
  // The libraries throw several types for an unknown name and for missing or damaged files.
  return std::nullopt;
}

bool knows_summer_time(ZoneTable const& paris) noexcept {
  auto const noon = [](auto date) { return sys_days{date} + std::chrono::hours{12}; };
  constexpr year far{ZoneTable::last_year};
  return paris.to_wall(noon(far / 1 / 15)) - noon(far / 1 / 15) !=
         paris.to_wall(noon(far / 7 / 15)) - noon(far / 7 / 15);
}

Result<ZoneTable> trusted_table(std::string_view name, std::optional<ZoneTable> found,
                                std::optional<ZoneTable> const& paris) {
  bool const trusted = paris && knows_summer_time(*paris);
  if (trusted && found) return *std::move(found);
  if (!trusted && name == "Europe/Paris") return central_european_table();
  return Error{.code = ErrorCode::configuration,
               .message = trusted ? "the system's time zone database has no zone with that name"
                                  : "the system's time zone database is missing or incomplete; only UTC and "
                                    "Europe/Paris are available"};
}

}  // namespace polycampaign::inline v1::wire
