#include "polycampaign/protocol/zone.hpp"

#include "wire/time.hpp"
#include "wire/zone_rows.hpp"
#include "wire/zone_table.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace polycampaign::wire {
using protocol::format_wall;

namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

sys_seconds at(std::string_view wall) {
  return parse_date_time(wall)->wall;
}

bool database_is_there() {
  return Zone::find("America/New_York").has_value();
}

TEST(Zone, IsUtcByDefault) {
  for (auto const& zone : {Zone{}, *Zone::find("UTC"), *Zone::find("Etc/UTC")}) {
    EXPECT_EQ(zone.to_utc(at("2021-07-01 12:00:00")).time, at("2021-07-01 12:00:00"));
    EXPECT_TRUE(zone.to_utc(at("2021-03-28 02:30:00")).exact);
    EXPECT_EQ(zone.to_wall(at("2021-07-01 12:00:00")), at("2021-07-01 12:00:00"));
  }
}

TEST(Zone, AgreesWithPythonAtEveryKindOfTransition) {
  if (!database_is_there()) GTEST_SKIP() << "no complete time zone data on this system";
  for (auto const& row : zone_rows) {
    auto const zone = Zone::find(row.zone);
    ASSERT_TRUE(zone) << row.zone;
    auto const instant = zone->to_utc(at(row.wall));
    EXPECT_EQ(format_wall(instant.time), row.utc) << row.zone << ' ' << row.wall;
    EXPECT_EQ(instant.exact, row.exact) << row.zone << ' ' << row.wall;
    if (row.exact) {
      EXPECT_EQ(format_wall(zone->to_wall(instant.time)), row.wall) << row.zone << ' ' << row.utc;
    }
  }
}

TEST(Zone, IsConfigurationWhenUnknown) {
  for (std::string_view const name : {"Europe/Atlantis", "", " ", "../../etc/passwd", "Europe/Paris ",
                                      "+02:00", "europe/paris\n", "/etc/localtime", "Europe/"}) {
    auto const zone = Zone::find(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_EQ(zone.error().code, ErrorCode::configuration) << name;
    EXPECT_EQ(zone.error().attempts, 0);
  }
  EXPECT_FALSE(Zone::find(std::string(100'000, 'a')));
}

TEST(Zone, IsFoundByManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      for (auto const* name : {"Europe/Paris", "UTC", "Europe/Paris"})
        EXPECT_EQ(Zone::find(name)->to_wall(at("2021-01-01 00:00:00")) >= at("2021-01-01 00:00:00"), true);
    });
  for (auto& thread : threads) thread.join();
}

TEST(Zone, SurvivesTheClocksEnds) {
  auto const zone = Zone::find("Europe/Paris");
  ASSERT_TRUE(zone);
  for (auto const end : {sys_seconds::min(), sys_seconds::max()}) {
    EXPECT_EQ(zone->to_utc(end).time, end);
    EXPECT_EQ(zone->to_wall(end), end);
  }
}

// The last Sunday of a month, counted from its end.
sys_days last_sunday(year y, std::chrono::month month) {
  sys_days day{y / month / std::chrono::last};
  while (std::chrono::weekday{day} != std::chrono::Sunday) day -= std::chrono::days{1};
  return day;
}

TEST(CentralEuropeanTable, FollowsTheRuleInEveryYearFrom1996) {
  auto const table = central_european_table();
  for (auto y = year{1996}; y <= year{2500}; ++y) {
    sys_seconds const spring = last_sunday(y, std::chrono::March) + hours{1};
    sys_seconds const autumn = last_sunday(y, std::chrono::October) + hours{1};
    auto const expect = [&](sys_seconds wall, sys_seconds utc, bool exact) {
      auto const instant = table.to_utc(wall);
      EXPECT_EQ(instant.time, utc) << format_wall(wall);
      EXPECT_EQ(instant.exact, exact) << format_wall(wall);
    };
    expect(spring + hours{1} - seconds{1}, spring - seconds{1}, true);
    expect(spring + hours{1}, spring, false);  // skipped: the transition
    expect(spring + hours{2} - seconds{1}, spring, false);
    expect(spring + hours{2}, spring, true);
    expect(autumn + hours{1} - seconds{1}, autumn - hours{1} - seconds{1}, true);
    expect(autumn + hours{1}, autumn - hours{1}, false);  // repeated: the first
    expect(autumn + hours{2} - seconds{1}, autumn - seconds{1}, false);
    expect(autumn + hours{2}, autumn + hours{1}, true);
    expect(sys_days{y / 1 / 1}, sys_days{y / 1 / 1} - hours{1}, true);
    expect(sys_days{y / 12 / 31}, sys_days{y / 12 / 31} - hours{1}, true);
    EXPECT_EQ(table.to_wall(spring), spring + hours{2});
    EXPECT_EQ(table.to_wall(spring - seconds{1}), spring + hours{1} - seconds{1});
    EXPECT_EQ(table.to_wall(autumn), autumn + hours{1});
    EXPECT_EQ(table.to_wall(autumn - seconds{1}), autumn + hours{2} - seconds{1});
  }
}

TEST(CentralEuropeanTable, AgreesWithPythonOnParis) {
  auto const table = central_european_table();
  for (auto const& row : zone_rows) {
    if (std::string_view{row.zone} != "Europe/Paris" || at(row.wall) < at("1996-01-01 00:00:00")) continue;
    auto const instant = table.to_utc(at(row.wall));
    EXPECT_EQ(format_wall(instant.time), row.utc) << row.wall;
    EXPECT_EQ(instant.exact, row.exact) << row.wall;
  }
}

TEST(ZoneTable, GoesOnInTheRhythmOfItsLastYears) {
  auto const table = database_table("Europe/Paris");
  if (!table || !knows_summer_time(*table)) GTEST_SKIP() << "no complete time zone data on this system";
  auto const rule = central_european_table();
  for (auto y = year{2030}; y < year{2110}; ++y)
    for (auto const month : {1U, 3U, 7U, 10U, 12U}) {
      sys_seconds const day = sys_days{y / std::chrono::month{month} / 28};
      EXPECT_EQ(table->to_utc(day).time, rule.to_utc(day).time) << format_wall(day);
    }
}

ZoneTable winter_only() {
  ZoneTable table;
  table.name = "Europe/Paris";
  table.add(sys_days{year{1970} / 1 / 1}, hours{1});
  return table;
}

TEST(TrustedTable, TakesTheDataBaseOnlyWhenParisHasASummer) {
  auto const summer = central_european_table();
  EXPECT_TRUE(knows_summer_time(summer));
  EXPECT_FALSE(knows_summer_time(winter_only()));

  auto kyiv = winter_only();
  kyiv.name = "Europe/Kyiv";
  auto const trusted = trusted_table("Europe/Kyiv", kyiv, summer);
  ASSERT_TRUE(trusted);
  EXPECT_EQ(trusted->name, "Europe/Kyiv");

  for (auto const& paris : {std::optional<ZoneTable>{}, std::optional{winter_only()}}) {
    auto const refused = trusted_table("Europe/Kyiv", kyiv, paris);
    ASSERT_FALSE(refused) << "a zone of a data base that cannot be read in full";
    EXPECT_EQ(refused.error().code, ErrorCode::configuration);
    auto const served = trusted_table("Europe/Paris", paris, paris);
    ASSERT_TRUE(served);
    EXPECT_EQ(served->to_wall(at("2021-07-01 10:00:00")), at("2021-07-01 12:00:00"));
  }
  EXPECT_FALSE(trusted_table("Europe/Atlantis", std::nullopt, summer));
}

}  // namespace
}  // namespace polycampaign::wire
