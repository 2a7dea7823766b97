#include "testing/wall_time.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace polycampaign::test {
namespace {

TEST(WallTime, ParisFollowsTheRuleOfTheEu) {
  struct Row {
    char const* utc;
    char const* paris;
  };
  for (auto const& [utc, paris] :
       {Row{"2024-03-31 00:59:59", "2024-03-31 01:59:59"}, Row{"2024-03-31 01:00:00", "2024-03-31 03:00:00"},
        Row{"2024-07-01 22:00:00", "2024-07-02 00:00:00"}, Row{"2024-10-27 00:59:59", "2024-10-27 02:59:59"},
        Row{"2024-10-27 01:00:00", "2024-10-27 02:00:00"}, Row{"2024-12-31 23:30:00", "2025-01-01 00:30:00"},
        Row{"2025-03-30 01:00:00", "2025-03-30 03:00:00"},
        Row{"2025-10-26 01:00:00", "2025-10-26 02:00:00"}}) {
    auto const read = testing::read_wall(utc);
    ASSERT_TRUE(read) << utc;
    std::chrono::sys_seconds const time{read->time_since_epoch()};
    EXPECT_EQ(testing::wall_text(testing::paris_wall(time)), paris) << utc;
    EXPECT_EQ(testing::wall_text(testing::utc_wall(time)), utc);
  }
}

TEST(WallTime, WallTimesAreReadStrictly) {
  for (auto const* text : {"2023-09-31 00:00:00", "2024-02-30 00:00:00", "2024-13-01 00:00:00",
                           "2024-01-01 24:00:00", "2024-01-01 00:60:00", "2024-01-01 00:00:60", "2024-01-01",
                           "2024-01-01T00:00:00", "2024-01-01 0a:00:00", ""})
    EXPECT_FALSE(testing::read_wall(text)) << text;
  EXPECT_TRUE(testing::read_wall("2024-02-29 23:59:59"));
}

}  // namespace
}  // namespace polycampaign::test
