#include "display.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::command {
namespace {

TEST(Display, WidthIsInTerminalColumns) {
  struct {
    std::string_view text;
    std::size_t expected;
  } const cases[] = {
      {"", 0},
      {"abc", 3},
      {"Rentrée", 7},
      {"e\xCC\x81", 1},
      {"新年优惠", 8},
      {"한국어", 6},
      {"夏のセール", 10},
      {"🎉", 2},
      {"❤\xEF\xB8\x8F", 2},
      {"עברית", 5},
      {"ลดราคา", 6},
      {"ｆｕｌｌ", 8},
      {"a\xE2\x80\x8D"
       "b",
       2},
      {"ᄒ\xE1\x85\xA1\xE1\x86\xAB", 2},
      {"\xC2\xAD", 1},
      {"विशेष", 4},
  };
  for (auto const& [text, expected] : cases) EXPECT_EQ(display_width(text), expected) << text;
}

TEST(Display, ControlCharactersBecomePictures) {
  EXPECT_EQ(printable("a\nb\tc\rd"), "a␊b␉c␍d");
  EXPECT_EQ(printable("\x1b[31mred\x1b[0m"), "␛[31mred␛[0m");
  EXPECT_EQ(printable(std::string_view{"\0\x7f", 2}), "␀␡");
}

TEST(Display, WhatCouldCommandATerminalIsReplaced) {
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "\uFFFD31m");  // C1: another spelling of ESC [
  EXPECT_EQ(printable("a\u202Eb\u2066c\u2028d"), "a\uFFFDb\uFFFDc\uFFFDd");
}

TEST(Display, InvalidUtf8IsReplacedByteByByte) {
  EXPECT_EQ(printable("a\xFF"
                      "b"),
            "a\uFFFDb");
  EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(printable("\xE0\x80\xAF"), "\uFFFD\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
  EXPECT_EQ(printable("\xE6\x96"), "\uFFFD\uFFFD");                      // cut
  EXPECT_EQ(printable("\xF5\x80\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Display, GoodTextStaysAsItIs) {
  for (auto const* text : {"Zürich Marathon 🏃‍♀️🏅", "Розсилка «Весна»", "مرحبا", "🇨🇭", "plain"})
    EXPECT_EQ(printable(text), text);
}

TEST(Display, LongTextIsCutWithAnEllipsis) {
  EXPECT_EQ(fit("campaign", 8), "campaign");
  EXPECT_EQ(fit("campaign", 7), "campai…");
  EXPECT_EQ(fit("campaign", 1), "…");
  EXPECT_EQ(fit("campaign", 0), "");
  EXPECT_EQ(fit("新年优惠", 6), "新年…");
  EXPECT_EQ(fit("新年优惠", 5), "新年…");
  EXPECT_EQ(fit("新年优惠", 4), "新…");
  EXPECT_EQ(fit("e\xCC\x81"
                "e\xCC\x81"
                "e\xCC\x81",
                2),
            "e\xCC\x81…");
}

TEST(Display, TheCutTextIsNeverWider) {
  for (std::string_view const text :
       {"Zürich Marathon 🏃‍♀️🏅", "ลดราคาพิเศษ", "❤️❤️❤️❤️", "新年优惠 🎉"})
    for (std::size_t width = 0; width < 20; ++width)
      EXPECT_LE(display_width(fit(text, width)), width) << text;
}

TEST(Display, PaddingCountsColumns) {
  EXPECT_EQ(pad_right("新", 4), "新  ");
  EXPECT_EQ(pad_left("新", 4), "  新");
  EXPECT_EQ(pad_left("long", 2), "long");
}

}  // namespace
}  // namespace polycampaign::inline v1::command
