#include "wire/fields.hpp"

#include "wire/json.hpp"
#include "wire/xml.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::wire {
namespace {

// Of every kind, and of texts those that a quick reader might take for what it knows.
constexpr std::string_view values = R"({"v":[null, true, 0, 1, -1, 9223372036854775807, 9223372036854775808,
  99999999999, 100000000000, 1700000000, 1700000000000, 1.5, 2.0, [], {},
  "", " ", "word", " word ", "\tword", "5", " 5 ", "+5", "-0", "007", "5x", "999999999999999999",
  "1000000000000000000", "9223372036854775808", "18 digits and more", "null",
  "2021-04-27 19:44:06", "2021-04-27T19:44:06", " 2021-04-27 19:44:06", "2021-04-27 19:44:06Z",
  "2021-04-27 19:44:60", "2021-02-29 00:00:00", "2020-02-29 00:00:00", "2021-03-28 02:30:00",
  "2021-10-31 02:30:00", "1969-12-31 23:59:59", "1970-01-01 00:00:00", "9999-12-31 23:59:59",
  "2021-04-27 24:00:00", "2021-04-27 19:60:00", "2021-13-01 00:00:00", "2021-00-01 00:00:00",
  "2021-01-00 00:00:00", "2021-01-32 00:00:00", "2021-04-27_19:44:06", "2021/04/27 19:44:06"]})";

constexpr std::array<StatusWord, 2> words{
    {{"word", StatusCode::completed}, {"in word", StatusCode::sending}}};

class FieldsTest : public testing::Test {
 protected:
  // `f(value, quick notes, notes)` for each of the values
  template <class F>
  void for_each_value(F&& f) {
    auto const document = JsonDocument::parse(std::string{values});
    ASSERT_TRUE(document) << document.error().message;
    std::size_t count = 0;
    document->root()["v"].for_each_item([&](JsonValue value) {
      std::vector<std::string> quick_sentences;
      std::vector<std::string> sentences;
      Notes quick_notes{quick_sentences};
      Notes notes{sentences};
      SCOPED_TRACE("value " + std::to_string(count++));
      f(value, quick_notes, notes);
      EXPECT_EQ(quick_sentences, sentences);
    });
    EXPECT_GT(count, 50U);
  }
};

TEST_F(FieldsTest, TextsAreThoseOfTheScalar) {
  for_each_value([](JsonValue value, Notes& quick, Notes& notes) {
    std::optional<std::string> text{"old"};
    read_text(value, "f", quick, text);
    EXPECT_EQ(text, read_text(value.scalar(), "f", notes));
  });
}

TEST_F(FieldsTest, WordsAreThoseOfTheScalarOrTheOldOne) {
  for_each_value([](JsonValue value, Notes& quick, Notes& notes) {
    std::string word = "old";
    bool const found = read_word(value, "f", quick, word);
    auto const expected = read_word(value.scalar(), "f", notes);
    EXPECT_EQ(found, expected.has_value());
    EXPECT_EQ(word, expected.value_or("old"));
  });
}

TEST_F(FieldsTest, CountsAreThoseOfTheScalar) {
  for_each_value([](JsonValue value, Notes& quick, Notes& notes) {
    Count count = 77;
    read_count(value, "f", quick, count);
    EXPECT_EQ(count, read_count(value.scalar(), "f", notes));
  });
}

TEST_F(FieldsTest, TimesAreThoseOfTheScalar) {
  auto const paris = Zone::find("Europe/Paris");
  ASSERT_TRUE(paris);
  for (auto const& rule : {ClockRule{}, ClockRule{*paris, ZoneBasis::configured}})
    for_each_value([&](JsonValue value, Notes& quick, Notes& notes) {
      CompactOptional<Timestamp> time{Timestamp{}};
      read_time(value, rule, "f", quick, time);
      EXPECT_EQ(time, read_time(value.scalar(), rule, "f", notes));
    });
}

TEST_F(FieldsTest, UnixTimesAreThoseOfTheScalar) {
  for_each_value([](JsonValue value, Notes& quick, Notes& notes) {
    CompactOptional<Timestamp> time{Timestamp{}};
    read_unix_time(value, "f", quick, time);
    EXPECT_EQ(time, read_unix_time(value.scalar(), "f", notes));
  });
}

TEST_F(FieldsTest, StatusWordsAreKeptAsTheyAreAndNothingOfAnOldOne) {
  auto const status_of = [](std::string_view json) {
    auto const document = JsonDocument::parse(std::string{json});
    std::vector<std::string> sentences;
    Notes notes{sentences};
    CampaignStatus status{StatusCode::paused, "old"};
    read_status(document->root(), words, "status", notes, status);
    EXPECT_EQ(sentences.size(), json == "[]" ? 1U : 0U);
    return status;
  };
  EXPECT_EQ(status_of(R"("word")"), (CampaignStatus{StatusCode::completed, "word"}));
  EXPECT_EQ(status_of(R"(" In_Word ")"), (CampaignStatus{StatusCode::sending, " In_Word "}));
  EXPECT_EQ(status_of(R"("else")"), (CampaignStatus{StatusCode::unknown, "else"}));
  EXPECT_EQ(status_of("5"), (CampaignStatus{StatusCode::unknown, "5"}));
  for (auto const* none : {R"("")", R"(" ")", "null", "[]"})
    EXPECT_EQ(status_of(none), CampaignStatus{}) << none;
}

TEST_F(FieldsTest, NothingIsNeitherTextNorInteger) {
  std::string_view text = "old";
  std::int64_t integer = 7;
  EXPECT_FALSE(JsonValue{}.is_text(text));
  EXPECT_FALSE(JsonValue{}.is_integer(integer));
  EXPECT_FALSE(XmlNode{}.is_text(text));
  EXPECT_EQ(text, "old");
  EXPECT_EQ(integer, 7);
}

}  // namespace
}  // namespace polycampaign::wire
