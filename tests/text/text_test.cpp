#include "text/ascii.hpp"
#include "text/base64.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace polycampaign::inline v1::text {
namespace {

TEST(Ascii, LowersLettersOfAsciiAndNothingElse) {
  for (int i = 0; i < 256; ++i) {
    auto const c = static_cast<char>(static_cast<unsigned char>(i));
    EXPECT_EQ(lower(c), i >= 'A' && i <= 'Z' ? static_cast<char>(i + 32) : c) << i;
  }
  EXPECT_EQ(lower(std::string_view{"Ab-\xC3\x84Z"}), "ab-\xC3\x84z");
}

TEST(Ascii, ComparesWithoutCase) {
  EXPECT_TRUE(equal_ignoring_case("Content-TYPE", "content-type"));
  EXPECT_FALSE(equal_ignoring_case("content", "content-type"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));  // 32 apart, as letters are
  EXPECT_TRUE(contains_ignoring_case("Spring SALE", "sale"));
  EXPECT_TRUE(contains_ignoring_case("any", ""));
  EXPECT_FALSE(contains_ignoring_case("sal", "sale"));
}

TEST(Ascii, KnowsDigits) {
  EXPECT_TRUE(is_digits("0123456789"));
  for (auto const* text : {"", "-1", "1 ", "1.0", "\xD9\xA1"}) EXPECT_FALSE(is_digits(text)) << text;
  EXPECT_EQ(hex_value('f'), 15);
  EXPECT_EQ(hex_value('A'), 10);
  EXPECT_EQ(hex_value('g'), -1);
}

TEST(WholeNumber, IsTheWholeText) {
  EXPECT_EQ(whole_number("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(whole_number("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(whole_number<int>("007"), 7);
  for (auto const* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "9223372036854775808"})
    EXPECT_EQ(whole_number(text), std::nullopt) << text;
  EXPECT_EQ(whole_number<std::uint8_t>("256"), std::nullopt);
  EXPECT_EQ(whole_number<unsigned>("-1"), std::nullopt);
}

// RFC 4648, section 10
TEST(Base64, IsThatOfTheStandard) {
  for (auto const& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"fooba", "Zm9vYmE="},
                                    {"foobar", "Zm9vYmFy"},
                                    {"\xFB\xFF\xFE", "+//+"}}) {
    EXPECT_EQ(to_base64(bytes, Base64::standard), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, ForUrlsHasOtherLettersAndNoPadding) {
  for (auto const& [bytes, text] :
       {std::pair{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foob", "Zm9vYg"}, {"\xFB\xFF\xFE", "-__-"}}) {
    EXPECT_EQ(to_base64(bytes, Base64::url), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, GivesEveryTextBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(i)));
    for (auto const alphabet : {Base64::standard, Base64::url})
      EXPECT_EQ(from_base64(to_base64(bytes, alphabet)), bytes) << i;
  }
}

TEST(Base64, OfOtherLettersIsNone) {
  for (auto const* text : {"Zg=f", "Z g", "Zg\n", "\xC3\x84"})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

// the boundaries of table 3-7 of the Unicode standard, "Well-Formed UTF-8 Byte Sequences"
TEST(Utf8, ReadsWhatIsWellFormed) {
  for (auto const& [text, value] : {std::pair{"\x7F", 0x7FU},
                                    {"\xC2\x80", 0x80U},
                                    {"\xDF\xBF", 0x7FFU},
                                    {"\xE0\xA0\x80", 0x800U},
                                    {"\xED\x9F\xBF", 0xD7FFU},
                                    {"\xEE\x80\x80", 0xE000U},
                                    {"\xEF\xBF\xBF", 0xFFFFU},
                                    {"\xF0\x90\x80\x80", 0x10000U},
                                    {"\xF4\x8F\xBF\xBF", 0x10FFFFU}}) {
    auto const found = first_code_point(std::string{text} + "x");
    EXPECT_EQ(found.value, value);
    EXPECT_EQ(found.bytes, std::string{text}.size());
  }
}

TEST(Utf8, RefusesTheRest) {
  for (auto const* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2x", "\xE0\x9F\xBF", "\xE0\xA0", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    EXPECT_EQ(first_code_point(text).bytes, 0U) << text;
}

}  // namespace
}  // namespace polycampaign::inline v1::text
