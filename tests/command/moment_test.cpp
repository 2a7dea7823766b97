#include "moment.hpp"

#include "polycampaign/timestamp.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::command {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'750'000'000s};

TEST(Moment, DurationsHaveAUnit) {
  EXPECT_EQ(parse_duration("500ms").value(), 500ms);
  EXPECT_EQ(parse_duration("30s").value(), 30s);
  EXPECT_EQ(parse_duration("2m").value(), 2min);
  EXPECT_EQ(parse_duration("24h").value(), 24h);
  EXPECT_EQ(parse_duration("010s").value(), 10s) << "decimal";
  EXPECT_EQ(parse_duration("08s").value(), 8s);
}

TEST(Moment, OtherDurationsAreRefusedByName) {
  for (auto const* text : {"", "30", "s", "0s", "-1s", "+1s", " 1s", "1s ", "0x10s", "1e3s", "1.5s", "1S",
                           "25h", "1d", "1000001ms", "99999999999999999999s", "1s1s"}) {
    auto const duration = parse_duration(text);
    ASSERT_FALSE(duration) << text;
    EXPECT_EQ(duration.error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(duration.error().message.starts_with("\"" + std::string{text} + "\""))
        << duration.error().message;
  }
}

TEST(Moment, TimesAgoCountFromNow) {
  EXPECT_EQ(parse_moment("90m", now).value(), now - 90min);
  EXPECT_EQ(parse_moment("12h", now).value(), now - 12h);
  EXPECT_EQ(parse_moment("30d", now).value(), now - 30 * 24h);
  EXPECT_EQ(parse_moment("2w", now).value(), now - 14 * 24h);
  EXPECT_EQ(parse_moment("0d", now).value(), now);
  EXPECT_EQ(parse_moment("010m", now).value(), now - 10min) << "decimal";
}

TEST(Moment, DatesAndRfc3339AreRead) {
  EXPECT_EQ(to_rfc3339(parse_moment("2026-01-31", now).value()), "2026-01-31T00:00:00Z");
  EXPECT_EQ(to_rfc3339(parse_moment("2026-01-31T12:30:00Z", now).value()), "2026-01-31T12:30:00Z");
  EXPECT_EQ(to_rfc3339(parse_moment("2026-01-31T12:30:00+02:00", now).value()), "2026-01-31T10:30:00Z");
  for (auto const* text : {"2026-03-01T10:00:00z", "2026-03-01 10:00Z", "2026-03-01T11:00:00+01"})
    EXPECT_EQ(to_rfc3339(parse_moment(text, now).value()), "2026-03-01T10:00:00Z") << text;
}

TEST(Moment, OtherTimesAreRefused) {
  for (auto const* text : {"", "d", "30", "30x", "-30d", "30d ago", "yesterday", "2026-02-30", "2026-13-01",
                           "1000000w", "2026-01-31T25:00:00Z"})
    EXPECT_FALSE(parse_moment(text, now)) << text;
}

}  // namespace
}  // namespace polycampaign::inline v1::command
