#include "wire/json_repair.hpp"

#include "wire/json.hpp"
#include "wire/json_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::wire {
namespace {

std::string const number_sentence = "a number that does not fit into 64 bits was kept as a string";
std::string const surrogate_sentence = "half of a surrogate pair was replaced with U+FFFD";
using Sentences = std::vector<std::string>;

// What is noted for that part of the body.
Sentences repairs(JsonDocument const& document, std::string_view part) {
  Sentences sentences;
  Notes notes{sentences};
  document.note_repairs(part, notes);
  return sentences;
}

struct RepairRow {
  std::string_view token;
  std::string_view text;  // what the value reads as
};
class JsonRepairTest : public testing::TestWithParam<RepairRow> {};

TEST_P(JsonRepairTest, ReplacesTheTokenOnly) {
  auto const [token, text] = GetParam();
  auto const document =
      JsonDocument::parse("{\"before\":1.50, \"odd\" : " + std::string{token} + " ,\"after\":[ 2 ]}");
  ASSERT_TRUE(document) << document.error().message;
  auto const odd = document->root()["odd"].scalar();
  EXPECT_EQ(odd.kind, Scalar::Kind::text);
  EXPECT_EQ(odd.text, text);
  EXPECT_EQ(document->root()["before"].scalar().real, 1.5);
  EXPECT_EQ(document->root()["after"].size(), 1U);
  EXPECT_TRUE(document->repaired());
  EXPECT_EQ(repairs(*document, document->text("odd")).size(), 1U);
  EXPECT_TRUE(repairs(*document, document->text("before")).empty());
  EXPECT_TRUE(repairs(*document, document->text("after")).empty());
}

INSTANTIATE_TEST_SUITE_P(Numbers, JsonRepairTest,
                         testing::Values(RepairRow{"18446744073709551616", "18446744073709551616"},
                                         RepairRow{"-9223372036854775809", "-9223372036854775809"},
                                         RepairRow{"1e400", "1e400"}, RepairRow{"-1.5E+400", "-1.5E+400"},
                                         RepairRow{"1e99999999999999999999999", "1e99999999999999999999999"},
                                         RepairRow{"123456789012345678901234567890",
                                                   "123456789012345678901234567890"}));

INSTANTIATE_TEST_SUITE_P(Surrogates, JsonRepairTest,
                         testing::Values(RepairRow{R"("a\uD800b")",
                                                   "a\xEF\xBF\xBD"
                                                   "b"},
                                         RepairRow{R"("\udc00")", "\xEF\xBF\xBD"},
                                         RepairRow{R"("\uDC00\uD800")", "\xEF\xBF\xBD\xEF\xBF\xBD"},
                                         RepairRow{R"("\uD800\u0041")",
                                                   "\xEF\xBF\xBD"
                                                   "A"},
                                         RepairRow{R"("\uD800\n")", "\xEF\xBF\xBD\n"},
                                         RepairRow{R"("\uD800\uD83D\uDE00")", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
                                         RepairRow{R"("\uD83D\uDE00\uDE00")", "\xF0\x9F\x98\x80\xEF\xBF\xBD"},
                                         RepairRow{R"("\\uD800 \uDFFF")", "\\uD800 \xEF\xBF\xBD"}));

TEST(JsonDocument, NotesEachKindOfRepairOnceAtItsRecord) {
  auto const document = JsonDocument::parse(
      "\xEF\xBB\xBF"
      R"({"total":1e999,"list":[{"a":1},{"b":[0,[1e999]],"c":"\uD800"},{"d":"\uDC00"},{"e":1e999,"f":1e999}]})");
  ASSERT_TRUE(document) << document.error().message;
  auto const texts = json_values(document->text("list"));
  ASSERT_EQ(texts.size(), 4U);
  EXPECT_EQ(repairs(*document, texts[0]), Sentences{});
  EXPECT_EQ(repairs(*document, texts[1]), (Sentences{number_sentence, surrogate_sentence}));
  EXPECT_EQ(repairs(*document, texts[2]), Sentences{surrogate_sentence});
  EXPECT_EQ(repairs(*document, texts[3]), Sentences{number_sentence});
  EXPECT_EQ(repairs(*document, {}), Sentences{});
  EXPECT_FALSE(JsonDocument::parse("{}")->repaired());
}

TEST(JsonDocument, GivesTheTextAsReceivedAfterARepair) {
  auto const document = JsonDocument::parse(
      "\xEF\xBB\xBF"
      R"({"list":[{"a":1e999},{"b":"\uD800"}]})");
  ASSERT_TRUE(document) << document.error().message;
  auto const texts = json_values(document->text("list"));
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0], R"({"a":1e999})");
  EXPECT_EQ(texts[1], R"({"b":"\uD800"})");
  EXPECT_EQ(json_member(texts[0], "a"), "1e999");
}

TEST(JsonDocument, RepairsAKey) {
  auto const document = JsonDocument::parse(R"({"\uD800":1})");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->root()["\xEF\xBF\xBD"].scalar().integer, 1);
}

TEST(JsonDocument, LeavesNumbersAloneThatOnlyLoseTheirSmallness) {
  EXPECT_TRUE(JsonDocument::parse("[1e-400]"));
  auto const repairs = repair_json(R"([1e-400, 0.0000001e-9999, 0e999, 1e308, "\uD800"])");
  EXPECT_EQ(repairs.fault, "");
  ASSERT_EQ(repairs.made.size(), 1U);
  EXPECT_EQ(repairs.made[0].position, 41U);
  EXPECT_EQ(repairs.made[0].kind, JsonRepair::Kind::surrogate);
  EXPECT_EQ(repairs.text, R"([1e-400, 0.0000001e-9999, 0e999, 1e308, "\uFFFD"])");
}

TEST(RepairJson, KnowsLargeNumbersInEverySpelling) {
  std::string const zeros(400, '0');
  for (auto const& number :
       {"1" + zeros + ".0", std::string{"0.0001e320"}, "0." + zeros + "1e800", "1" + zeros + "e1"})
    EXPECT_EQ(repair_json(number).made.size(), 1U) << number;
  for (auto const& number : {"0." + zeros + "1", "1" + zeros + "e-400", "0." + zeros + "1e400"})
    EXPECT_EQ(repair_json(number).made.size(), 0U) << number;
}

TEST(RepairJson, AcceptsValidJsonUnchanged) {
  for (std::string_view const text :
       {"1", " \"a\" ", "[]", "{}", "[[],{},[[]]]",
        R"({"a":{"b":[true,false,null,-0,0.5,1E5,"\"\\\/\b\f\n\r\té\u00e9"]}})"}) {
    auto const repairs = repair_json(text);
    EXPECT_EQ(repairs.fault, "") << text;
    EXPECT_EQ(repairs.text, text);
    EXPECT_TRUE(repairs.made.empty());
  }
}

}  // namespace
}  // namespace polycampaign::wire
