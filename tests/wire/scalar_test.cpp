#include "wire/scalar.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::wire {
namespace {

using Kind = Scalar::Kind;

constexpr Scalar text(std::string_view value) {
  return {.kind = Kind::text, .text = value};
}
constexpr Scalar integer(std::int64_t value) {
  return {.kind = Kind::integer, .integer = value};
}
constexpr Scalar big(std::uint64_t value) {
  return {.kind = Kind::big_unsigned, .big_unsigned = value};
}
constexpr Scalar real(double value) {
  return {.kind = Kind::real, .real = value};
}
constexpr Scalar boolean(bool value) {
  return {.kind = Kind::boolean, .boolean = value};
}
constexpr Scalar absent{};
constexpr Scalar null{.kind = Kind::null};
constexpr Scalar composite{.kind = Kind::composite};

// Runs a reader on a field named `f` and keeps its notes.
class ScalarTest : public testing::Test {
 protected:
  std::vector<std::string> sentences;
  Notes notes{sentences};

  // The one note since the last call; empty when there was none.
  std::string note() {
    EXPECT_LE(sentences.size(), 1U);
    auto const found = sentences.empty() ? std::string{} : sentences.front();
    sentences.clear();
    return found;
  }
};

TEST_F(ScalarTest, EveryReaderTakesAbsentAndNullForNothing) {
  for (auto const& value : {absent, null}) {
    EXPECT_TRUE(value.empty());
    EXPECT_EQ(read_text(value, "f", notes), std::nullopt);
    EXPECT_EQ(read_word(value, "f", notes), std::nullopt);
    EXPECT_EQ(read_count(value, "f", notes), std::nullopt);
    EXPECT_EQ(read_decimal(value, "", "f", notes), std::nullopt);
    EXPECT_EQ(read_time(value, {}, "f", notes), std::nullopt);
    EXPECT_EQ(read_unix_time(value, "f", notes), std::nullopt);
  }
  EXPECT_FALSE(text("").empty());
  EXPECT_EQ(note(), "");
}

TEST_F(ScalarTest, EveryReaderNotesAStructure) {
  EXPECT_EQ(read_text(composite, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not text");
  EXPECT_EQ(read_word(composite, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not text");
  EXPECT_EQ(read_count(composite, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not a count");
  EXPECT_EQ(read_decimal(composite, "", "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not a decimal number");
  EXPECT_EQ(read_time(composite, {}, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not a date and time");
  EXPECT_EQ(read_unix_time(composite, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: an object or array is not a Unix time");
}

TEST_F(ScalarTest, NotesAreNotMoreThanAPersonReads) {
  for (int i = 0; i < 32; ++i) notes.unexpected("f", composite, "text");
  EXPECT_EQ(sentences.size(), 32U);
  notes.add("one more");
  ASSERT_EQ(sentences.size(), 33U);
  EXPECT_EQ(sentences.back(), "1 more note was left out");
  for (int i = 0; i < 999; ++i) notes.add({"many", " more"});
  ASSERT_EQ(sentences.size(), 33U);
  EXPECT_EQ(sentences.back(), "1000 more notes were left out");
}

TEST_F(ScalarTest, TimesBehindTheYear9999AreOdd) {
  EXPECT_NE(read_time(text("9999-12-31 23:59:59"), {}, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "");
  EXPECT_EQ(read_time(text("9999-12-31 23:59:59-01:00"), {}, "f", notes), std::nullopt);
  EXPECT_NE(note(), "");
}

TEST_F(ScalarTest, TextStaysAsItIs) {
  EXPECT_EQ(read_text(text(" a \n"), "f", notes), " a \n");
  EXPECT_EQ(read_text(text(""), "f", notes), "");
  EXPECT_EQ(read_text(integer(-12), "f", notes), "-12");
  EXPECT_EQ(read_text(big(18'446'744'073'709'551'615U), "f", notes), "18446744073709551615");
  EXPECT_EQ(note(), "");
  EXPECT_EQ(read_text(boolean(true), "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: true is not text");
  EXPECT_EQ(read_text(real(0.5), "f", notes), std::nullopt);
  EXPECT_NE(note(), "");
}

TEST_F(ScalarTest, WordsAreTrimmedAndNeverEmpty) {
  EXPECT_EQ(read_word(text(" a b \n"), "f", notes), "a b");
  EXPECT_EQ(read_word(text(""), "f", notes), std::nullopt);
  EXPECT_EQ(read_word(text(" \t"), "f", notes), std::nullopt);
  EXPECT_EQ(read_word(integer(7), "f", notes), "7");
  EXPECT_EQ(note(), "");
}

TEST_F(ScalarTest, CountsAreWholeAndNotNegative) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(read_count(integer(0), "f", notes), 0);
  EXPECT_EQ(read_count(integer(most), "f", notes), most);
  EXPECT_EQ(read_count(real(12.0), "f", notes), 12);
  EXPECT_EQ(read_count(text(" 12 "), "f", notes), 12);
  EXPECT_EQ(read_count(text("007"), "f", notes), 7);
  EXPECT_EQ(read_count(text("9223372036854775807"), "f", notes), most);
  EXPECT_EQ(read_count(text(""), "f", notes), std::nullopt);
  EXPECT_EQ(read_count(text("  "), "f", notes), std::nullopt);
  EXPECT_EQ(note(), "");
  for (auto const& odd :
       {integer(-1), big(9'223'372'036'854'775'808U), real(1.5), real(-1.0), real(1e18),
        real(9007199254740992.0), real(std::numeric_limits<double>::quiet_NaN()),
        real(std::numeric_limits<double>::infinity()), boolean(true), text("-1"), text("-0"), text("+1"),
        text("1.0"), text("1 000"), text("0x1"), text("12abc"), text("9223372036854775808"), text("no")}) {
    EXPECT_EQ(read_count(odd, "f", notes), std::nullopt) << odd.text;
    EXPECT_TRUE(note().ends_with(" is not a count")) << odd.text;
  }
  EXPECT_EQ(read_count(integer(-3), "delivered", notes), std::nullopt);
  EXPECT_EQ(note(), "delivered: -3 is not a count");
  EXPECT_EQ(read_count(text("-3"), "delivered", notes), std::nullopt);
  EXPECT_EQ(note(), "delivered: \"-3\" is not a count");
}

TEST_F(ScalarTest, DecimalsAreExact) {
  auto const read = [&](Scalar const& value, std::string_view exact = {}) {
    auto const decimal = read_decimal(value, exact, "f", notes);
    return decimal ? decimal->text() : "none";
  };
  EXPECT_EQ(read(integer(-3)), "-3");
  EXPECT_EQ(read(big(18'446'744'073'709'551'615U)), "18446744073709551615");
  EXPECT_EQ(read(text(" 35,0987645 ")), "35.0987645");
  EXPECT_EQ(read(text("")), "none");
  EXPECT_EQ(read(real(0.3), "0.3000000"), "0.3000000");
  EXPECT_EQ(read(real(1000), "1e3"), "1000");
  EXPECT_EQ(note(), "");
  EXPECT_EQ(read(real(0.3)), "none") << "without its text a real is not exact";
  EXPECT_NE(note(), "");
  EXPECT_EQ(read(text("1.2.3")), "none");
  EXPECT_EQ(note(), "f: \"1.2.3\" is not a decimal number");
  EXPECT_EQ(read(boolean(false)), "none");
  EXPECT_EQ(note(), "f: false is not a decimal number");
}

TEST_F(ScalarTest, TimesFollowTheRuleUnlessTheyHaveAnOffset) {
  auto const paris = Zone::find("Europe/Paris");
  ASSERT_TRUE(paris);
  auto const read = [&](std::string_view value, ZoneBasis basis) {
    return read_time(text(value), {.zone = *paris, .basis = basis}, "f", notes);
  };
  auto const stamp = [](std::string_view rfc3339, ZoneBasis basis) {
    return Timestamp{*parse_time(rfc3339), basis};
  };
  EXPECT_EQ(read(" 2021-07-01 12:00:00 ", ZoneBasis::configured),
            stamp("2021-07-01T10:00:00Z", ZoneBasis::configured));
  EXPECT_EQ(read("2021-01-01 12:00:00", ZoneBasis::documented),
            stamp("2021-01-01T11:00:00Z", ZoneBasis::documented));
  EXPECT_EQ(read("2021-07-01T12:00:00Z", ZoneBasis::assumed),
            stamp("2021-07-01T12:00:00Z", ZoneBasis::documented));
  EXPECT_EQ(read("2021-07-01T12:00:00-05:00", ZoneBasis::assumed),
            stamp("2021-07-01T17:00:00Z", ZoneBasis::documented));
  EXPECT_EQ(read("2021-10-31 02:30:00", ZoneBasis::documented),
            stamp("2021-10-31T00:30:00Z", ZoneBasis::assumed))
      << "a repeated hour is its first";
  EXPECT_EQ(read("2021-03-28 02:30:00", ZoneBasis::configured),
            stamp("2021-03-28T01:00:00Z", ZoneBasis::assumed))
      << "a skipped hour is the transition";
  EXPECT_EQ(read("", ZoneBasis::documented), std::nullopt);
  EXPECT_EQ(read(" ", ZoneBasis::documented), std::nullopt);
  EXPECT_EQ(note(), "");
  EXPECT_EQ(read("0000-00-00 00:00:00", ZoneBasis::documented), std::nullopt);
  EXPECT_EQ(note(), "f: \"0000-00-00 00:00:00\" is not a date and time");
  EXPECT_EQ(read_time(integer(1'619'552'646), {}, "f", notes), std::nullopt);
  EXPECT_EQ(note(), "f: 1619552646 is not a date and time");
}

TEST_F(ScalarTest, UnixTimesAreSecondsOrMilliseconds) {
  auto const seconds = [&](Scalar const& value) {
    auto const time = read_unix_time(value, "f", notes);
    EXPECT_TRUE(!time || time->zone == ZoneBasis::documented);
    return time ? time->time.time_since_epoch().count() : -1;
  };
  EXPECT_EQ(seconds(integer(1'619'552'646)), 1'619'552'646);
  EXPECT_EQ(seconds(text(" 1619552646 ")), 1'619'552'646);
  EXPECT_EQ(seconds(integer(1'619'552'646'999)), 1'619'552'646);
  EXPECT_EQ(seconds(text("1619552646999")), 1'619'552'646);
  EXPECT_EQ(seconds(real(1619552646.0)), 1'619'552'646);
  EXPECT_EQ(seconds(integer(253'402'300'799)), 253'402'300'799);
  for (auto const& none : {integer(0), text("0"), text("000"), text(""), text(" ")})
    EXPECT_EQ(seconds(none), -1);
  EXPECT_EQ(note(), "");
  for (auto const& odd :
       {integer(-1), integer(253'402'300'800), integer(16'195'526'469'990), real(1.5), boolean(true),
        big(9'223'372'036'854'775'808U), text("soon"), text("-5"), text("2021-04-27 19:44:06")}) {
    EXPECT_EQ(seconds(odd), -1);
    EXPECT_TRUE(note().ends_with(" is not a Unix time"));
  }
}

TEST_F(ScalarTest, NotesCutLongValuesBetweenCharacters) {
  std::string const long_text(1'000, 'a');
  notes.unexpected("f", text(long_text), "x");
  EXPECT_LT(note().size(), 80U);
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xE2\x82\xAC";
  for (auto const* before : {"", "a", "aa"}) {
    auto const value = before + accents;
    notes.unexpected("f", text(value), "x");
    auto const sentence = note();
    EXPECT_LT(sentence.size(), 80U);
    auto const end = sentence.find("...\" is not x");
    ASSERT_NE(end, std::string::npos) << sentence;
    EXPECT_EQ((end - 4 - std::string_view{before}.size()) % 3, 0U) << sentence;
  }
}

}  // namespace
}  // namespace polycampaign::wire
