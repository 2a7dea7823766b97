#include "wire/json_text.hpp"

#include "wire/json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::wire {
namespace {

using Texts = std::vector<std::string_view>;

TEST(JsonValues, AreTheItemsByteForByte) {
  EXPECT_EQ(json_values(R"( [ {"a" : 1.50, "b":"}]\"\\" } ,{ },[ 1 , [2] ], "s,]" , 0.30 ,null ] )"),
            (Texts{R"({"a" : 1.50, "b":"}]\"\\" })", "{ }", "[ 1 , [2] ]", R"("s,]")", "0.30", "null"}));
  EXPECT_EQ(json_values(R"({"2":{"id":1}, "x" : [2],"2": 0.50 })"), (Texts{R"({"id":1})", "[2]", "0.50"}));
  EXPECT_EQ(json_values("\n[ 1,\t2 ]\n"), (Texts{"1", "2"}));
  for (auto const* none : {"[]", "[ ]", "{}", "{\t}", "5", "\"[1]\"", "null", ""})
    EXPECT_TRUE(json_values(none).empty()) << none;
}

TEST(JsonValues, KeepUpWithUnusualBlanksAndDepth) {
  std::string deep(900, '[');
  deep += std::string(900, ']');
  std::string const body = "\t{\r\n\"list\"\t:\n[\r" + deep + "\t,\n" + deep + "\r]\n}\n";
  auto const list = json_member(body, "list");
  EXPECT_EQ(json_values(list).size(), 2U);
  for (auto const text : json_values(list)) EXPECT_EQ(text, deep);
}

TEST(JsonDocument, GivesTheTextOfAMemberOfTheRoot) {
  auto const document = JsonDocument::parse("\xEF\xBB\xBF { \"a\" : [1.50] , \"n\":null } \n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->text("a"), "[1.50]");
  EXPECT_EQ(document->text("n"), "null");
  EXPECT_EQ(document->text("b"), "");
  EXPECT_EQ(document->text(""), "{ \"a\" : [1.50] , \"n\":null }");
}

TEST(MemberText, IsTheValueAsWritten) {
  std::string_view const record =
      R"({ "a":1 , "price" : 0.3000000, "big":123456789012345678, "t":"x\u00e9" ,"o":{"price":7},
    "l":[{"price":8}],"n":null})";
  EXPECT_EQ(json_member(record, "price"), "0.3000000");
  EXPECT_EQ(json_member(record, "a"), "1");
  EXPECT_EQ(json_member(record, "big"), "123456789012345678");
  EXPECT_EQ(json_member(record, "t"), R"("x\u00e9")");
  EXPECT_EQ(json_member(record, "o"), R"({"price":7})");
  EXPECT_EQ(json_member(record, "n"), "null");
  EXPECT_EQ(json_member(record, "pric"), "");
  EXPECT_EQ(json_member(record, ""), "");
  EXPECT_EQ(json_member("[1]", "a"), "");
  EXPECT_EQ(json_member("", "a"), "");
}

TEST(MemberText, IsTheLastOfSeveralLikeTheValue) {
  std::string const text = R"({"price":1,"p\u0072ice":{"price":9},"price":2.50,"other":3})";
  EXPECT_EQ(json_member(text, "price"), "2.50");
  auto const document = JsonDocument::parse(text);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root()["price"].scalar().real, 2.5);
  EXPECT_EQ(document->text("price"), "2.50");
  EXPECT_FALSE(document->root()["pric"]);
}

TEST(MemberText, FindsTheNameHoweverItIsEscaped) {
  std::string_view const record =
      R"({"x\"y":1,"p\u0072ice":2,"\u00E9t\u00e9":3,"\ud83d\ude00":4,"\u20ac":5,"a\/b\t":6,"\\":7,"":8})";
  auto const text = [&](std::string_view name) { return json_member(record, name); };
  EXPECT_EQ(text("x\"y"), "1");
  EXPECT_EQ(text("price"), "2");
  EXPECT_EQ(text("\xC3\xA9t\xC3\xA9"), "3");
  EXPECT_EQ(text("\xF0\x9F\x98\x80"), "4");
  EXPECT_EQ(text("\xE2\x82\xAC"), "5");
  EXPECT_EQ(text("a/b\t"), "6");
  EXPECT_EQ(text("\\"), "7");
  EXPECT_EQ(text(""), "8");
  EXPECT_EQ(text("p"), "");
  EXPECT_EQ(text("pricey"), "");
}

TEST(MemberText, FindsANameWithHalfASurrogatePairAsTheValueHasIt) {
  for (auto const* half : {R"(\udc00)", R"(\uD83D)", R"(\uD83D\u0041)", R"(\uD83D\uD83D)", R"(\ud83dx)"}) {
    auto const document = JsonDocument::parse(std::string{R"({"a":1,")"} + half + R"(":[2]})");
    ASSERT_TRUE(document) << half;
    std::string name;
    document->root().for_each_member([&](std::string_view key, JsonValue) { name = key; });
    EXPECT_EQ(document->text(name), "[2]") << half;
  }
}

TEST(MemberText, ReadsStringsOfEveryLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    std::string const filler(length, 'x');
    for (std::string const end : {"", "\\\\", "\\\"", "\\\"x", "\\\\xxxxxxxxxx"}) {
      EXPECT_EQ(json_member("{\"" + filler + end + "\":\"" + filler + end + "\",\"wanted\":1.0}", "wanted"),
                "1.0")
          << length << end;
    }
  }
}

}  // namespace
}  // namespace polycampaign::wire
