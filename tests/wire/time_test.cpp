#include "wire/time.hpp"

#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/timestamp.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace polycampaign::wire {
using protocol::format_wall;

namespace {

using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

// 2021-04-27 19:44:06 as if it were UTC
constexpr sys_seconds documented{seconds{1'619'552'646}};

TEST(ParseDateTime, ReadsEveryDocumentedShape) {
  struct Row {
    std::string_view text;
    std::optional<seconds> offset;
  };
  using std::chrono::minutes;
  for (auto const& [text, offset] : {Row{"2021-04-27 19:44:06", {}},
                                     Row{"2021-04-27T19:44:06", {}},
                                     Row{" 2021-04-27 19:44:06\n", {}},
                                     Row{"202104-27 19:44:06", {}},
                                     Row{"2021-0427 19:44:06", {}},
                                     Row{"202104-27T19:44:06Z", seconds{0}},
                                     Row{"2021-04-27 19:44:06.123456789", {}},
                                     Row{"2021-04-27T19:44:06Z", seconds{0}},
                                     Row{"2021-04-27T19:44:06.999Z", seconds{0}},
                                     Row{"2021-04-27T19:44:06+00:00", seconds{0}},
                                     Row{"2021-04-27T19:44:06+02:00", minutes{120}},
                                     Row{"2021-04-27 19:44:06+0200", minutes{120}},
                                     Row{"2021-04-27T19:44:06-03:30", minutes{-210}},
                                     Row{"2021-04-27T19:44:06.5-0330", minutes{-210}},
                                     Row{"2021-04-27T19:44:06+23:59", minutes{23 * 60 + 59}},
                                     Row{"2021-04-27T19:44:06z", seconds{0}},
                                     Row{"2021-04-27t19:44:06Z", seconds{0}},
                                     Row{"2021-04-27 19:44:06+00", seconds{0}},
                                     Row{"2021-04-27 19:44:06.5+02", minutes{120}},
                                     Row{"2021-04-27T19:44:06-03", minutes{-180}}}) {
    auto const read = parse_date_time(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->wall, documented) << text;
    EXPECT_EQ(read->offset, offset) << text;
  }
}

TEST(ParseDateTime, ReadsATimeWithoutSeconds) {
  for (std::string_view const text :
       {"2021-04-27 19:44", "2021-04-27T19:44Z", "2021-04-27 19:44z", "2021-04-27T19:44+02:00",
        "202104-27 19:44-0330", "2021-04-27 19:44+02"}) {
    auto const read = parse_date_time(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->wall, documented - seconds{6}) << text;
    EXPECT_EQ(read->offset.has_value(), text.find_first_of("Zz+", 11) != text.npos || text.ends_with("-0330"))
        << text;
  }
}

TEST(ParseDateTime, CountsALeapSecondAsTheOneBefore) {
  EXPECT_EQ(parse_date_time("2016-12-31 23:59:60")->wall, parse_date_time("2016-12-31 23:59:59")->wall);
}

TEST(ParseDateTime, RefusesEverythingElse) {
  for (std::string_view const text : {"",
                                      "2021",
                                      "2021-04-27",
                                      "2021-04-27 19",
                                      "2021-04-27 19:",
                                      "2021-04-27 19:4",
                                      "2021-04-27 19:44:",
                                      "2021-04-27 19:44:0",
                                      "2021-04-27 19:44.5",
                                      "2021-04-27 19:44Z:06",
                                      "20210427 19:44:06",
                                      "2021-4-27 19:44:06",
                                      "21-04-27 19:44:06",
                                      "2021/04/27 19:44:06",
                                      "27-04-2021 19:44:06",
                                      "2021-04-27  19:44:06",
                                      "2021-04-27 19:44:06 Z",
                                      "2021-04-27 19:44:06 +02:00",
                                      "2021-04-27 19:44:06+2",
                                      "2021-04-27 19:44:06+24",
                                      "2021-04-27 19:44:06+022",
                                      "2021-04-27 19:44:06+2:00",
                                      "2021-04-27 19:44:06+24:00",
                                      "2021-04-27 19:44:06+02:60",
                                      "2021-04-27 19:44:06+02-00",
                                      "2021-04-27 19:44:06*02:00",
                                      "2021-04-27 19:44:06.",
                                      "2021-04-27 19:44:06.Z",
                                      "2021-04-27 19:44:06,5",
                                      "2021-04-27 19:44:06 PM",
                                      "2021-04-27 24:00:00",
                                      "2021-04-27 19:60:00",
                                      "2021-04-27 19:44:61",
                                      "2021-00-27 19:44:06",
                                      "2021-13-27 19:44:06",
                                      "2021-04-00 19:44:06",
                                      "2021-04-31 19:44:06",
                                      "2023-09-31 00:00:00",
                                      "2021-02-29 00:00:00",
                                      "1900-02-29 00:00:00",
                                      "2100-02-29 00:00:00",
                                      "0000-00-00 00:00:00",
                                      "1969-12-31 23:59:59",
                                      "-2021-04-27 19:44:06",
                                      "2021-04-27 19-44-06",
                                      "2021-04-27 19:44:0x",
                                      "2021-04-27 1:44:06",
                                      "2021-+4-27 19:44:06",
                                      "2021-04-27 -1:44:06",
                                      "2021-04-2719:44:06",
                                      "202104-2 719:44:06",
                                      "1619552646",
                                      "2021-04-27T19:44:06ZZ"})
    EXPECT_FALSE(parse_date_time(text)) << text;
}

TEST(ParseDateTime, KnowsEveryDayOf140Years) {
  for (auto day = sys_days{std::chrono::year{1970} / 1 / 1}; day < sys_days{std::chrono::year{2110} / 1 / 1};
       day += std::chrono::days{1})
    ASSERT_EQ(parse_date_time(format_wall(day + seconds{1}))->wall, day + seconds{1}) << format_wall(day);
  EXPECT_EQ(parse_date_time("9999-12-31 23:59:59")->wall, sys_seconds{seconds{253'402'300'799}});
  EXPECT_EQ(parse_date_time("1970-01-01 00:00:00")->wall, sys_seconds{});
}

TEST(ParsePlainWall, KnowsEveryDayOf140Years) {
  for (auto day = sys_days{std::chrono::year{1970} / 1 / 1}; day < sys_days{std::chrono::year{2110} / 1 / 1};
       day += std::chrono::days{1}) {
    sys_seconds read;
    ASSERT_TRUE(parse_plain_wall(format_wall(day + seconds{86'399}), read)) << format_wall(day);
    ASSERT_EQ(read, day + seconds{86'399});
  }
}

TEST(ParsePlainWall, TakesNoTextThatIsNoTime) {
  for (std::string const time : {"2021-04-27 19:44:06", "2020-02-29 23:59:59", "1970-12-31T00:00:00"})
    for (std::size_t at = 0; at < time.size(); ++at)
      for (int byte = 0; byte < 256; ++byte) {
        auto text = time;
        text[at] = static_cast<char>(byte);
        sys_seconds read;
        auto const expected = parse_date_time(text);
        if (parse_plain_wall(text, read)) {
          ASSERT_TRUE(expected) << text;
          ASSERT_EQ(read, expected->wall) << text;
        } else {
          // the only times of this form that are left to the other reader
          ASSERT_TRUE(!expected || expected->offset || text.ends_with(":60") || text[10] == 't') << text;
        }
      }
  sys_seconds read;
  for (auto const* text : {"", "2021-04-27", "2021-04-27 19:44:0", "2021-04-27 19:44:06 "})
    EXPECT_FALSE(parse_plain_wall(text, read)) << text;
}

TEST(FormatWall, WritesDateAndTime) {
  EXPECT_EQ(format_wall(documented), "2021-04-27 19:44:06");
}

TEST(ParseTime, ReadsRfc3339AndDates) {
  EXPECT_EQ(*parse_time("2021-04-27T19:44:06Z"), documented);
  EXPECT_EQ(*parse_time("2021-04-27T21:44:06+02:00"), documented);
  EXPECT_EQ(*parse_time("2021-04-27 16:14:06.25-03:30"), documented);
  EXPECT_EQ(*parse_time("2021-04-27"), documented - std::chrono::hours{19} - seconds{44 * 60 + 6});
  EXPECT_EQ(*parse_time(" 2021-04-27 "), *parse_time("2021-04-27"));
  EXPECT_EQ(*parse_time("2000-02-29"), sys_seconds{seconds{951'782'400}});
  EXPECT_EQ(*parse_time("0000-01-01"), sys_seconds{seconds{-62'167'219'200}});
  EXPECT_EQ(*parse_time("0001-01-01T00:00:00Z"), sys_seconds{seconds{-62'135'596'800}});
  EXPECT_EQ(*parse_time("0400-03-01"), sys_seconds{sys_days{std::chrono::year{400} / 3 / 1}});
}

TEST(ParseTime, ReadsWhatPeopleAndProgramsShorten) {
  for (auto const* text : {"2021-04-27T19:44:06z", "2021-04-27t19:44:06z", "2021-04-27T21:44:06+02"})
    EXPECT_EQ(*parse_time(text), documented) << text;
  for (auto const* text : {"2021-04-27T19:44Z", "2021-04-27 19:44z", "2021-04-27T21:44+02:00"})
    EXPECT_EQ(*parse_time(text), documented - seconds{6}) << text;
}

TEST(ParseTime, GivesOnlyWhatCanBeWrittenAgain) {
  for (auto const* text : {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00-00:01", "0000-01-01",
                           "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+23:59", "9999-12-31"}) {
    auto const time = parse_time(text);
    ASSERT_TRUE(time) << text;
    auto const again = parse_time(to_rfc3339(*time));
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(*again, *time) << text;
  }
  // in UTC before the year 0 and behind the year 9999
  for (auto const* text : {"0000-01-01T00:00:00+00:01", "0000-01-01T23:58:59+23:59",
                           "9999-12-31T23:59:59-00:01", "9999-12-31T00:01:00-23:59"})
    EXPECT_FALSE(parse_time(text)) << text;
}

TEST(ParseTime, RefusesATimeWithoutAnOffsetAndOtherText) {
  for (std::string_view const text :
       {"2021-04-27T19:44:06", "2021-04-27 19:44:06", "", "now", "30d", "2021-02-29", "2021-04-2",
        "2021-0427", "202104-27 ", "2021-04-27T", "2021-04-27x", "2021-04-27T19:44", "0123456789",
        "2021-04-27T19:44:06+02:00x"}) {
    auto const time = parse_time(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace polycampaign::wire
