#include "wire/json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::wire {
namespace {

JsonDocument parsed(std::string body) {
  auto document = JsonDocument::parse(std::move(body));
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

using Texts = std::vector<std::string_view>;

TEST(Texts, AreTheItemsByteForByte) {
  auto const document = parsed(R"({"x":"[1,2]","list" :
   [ {"a" : 1.50, "b":"}]\"\\" } ,{ },[ 1 , [2] ], "s,]" , 0.30 ,null ] , "list":[9]})");
  EXPECT_EQ(document.texts({"list"}),
            (Texts{R"({"a" : 1.50, "b":"}]\"\\" })", "{ }", "[ 1 , [2] ]", R"("s,]")", "0.30", "null"}));
}

TEST(Texts, FollowAPathOfMembers) {
  auto const document =
      parsed(R"({"data":{"data":{"list":[1]},"list":[2]},"list":[3],"one":{"id":4},"n":5,"e":[ ]})");
  EXPECT_EQ(document.texts({"data", "data", "list"}), Texts{"1"});
  EXPECT_EQ(document.texts({"data", "list"}), Texts{"2"});
  EXPECT_EQ(document.texts({"list"}), Texts{"3"});
  EXPECT_EQ(document.texts({"one"}), Texts{R"({"id":4})"}) << "an object is one text";
  EXPECT_EQ(document.texts({}).size(), 1U) << "so is the root";
  for (auto const& none : {document.texts({"n"}), document.texts({"e"}), document.texts({"no"}),
                           document.texts({"list", "x"}), document.texts({"no", "list"})})
    EXPECT_TRUE(none.empty());
  EXPECT_EQ(parsed("\n[ 1,\t2 ]\n").texts({}), (Texts{"1", "2"}));
  EXPECT_EQ(parsed("{\t}").texts({}), Texts{"{\t}"});
}

TEST(Texts, KeepUpWithUnusualBlanksAndDepth) {
  std::string deep(900, '[');
  deep += std::string(900, ']');
  auto const document = parsed("\t{\r\n\"list\"\t:\n[\r" + deep + "\t,\n" + deep + "\r]\n}\n");
  EXPECT_EQ(document.texts({"list"}), (Texts{deep, deep}));
}

TEST(MemberText, IsTheValueAsWritten) {
  auto const document =
      parsed(R"({ "a":1 , "price" : 0.3000000, "big":123456789012345678, "t":"x\u00e9" ,"o":{"price":7},
    "l":[{"price":8}],"n":null,"price":9})");
  auto const record = document.texts({})[0];
  EXPECT_EQ(document.member_text(record, "price"), "0.3000000");
  EXPECT_EQ(document.member_text(record, "a"), "1");
  EXPECT_EQ(document.member_text(record, "big"), "123456789012345678");
  EXPECT_EQ(document.member_text(record, "t"), R"("x\u00e9")");
  EXPECT_EQ(document.member_text(record, "o"), R"({"price":7})");
  EXPECT_EQ(document.member_text(record, "n"), "null");
  EXPECT_EQ(document.member_text(record, "pric"), "");
  EXPECT_EQ(document.member_text(record, ""), "");
  EXPECT_EQ(document.member_text("[1]", "a"), "");
  EXPECT_EQ(document.member_text("", "a"), "");
}

TEST(MemberText, FindsTheNameHoweverItIsEscaped) {
  auto const document = parsed(
      R"({"x\"y":1,"p\u0072ice":2,"\u00E9t\u00e9":3,"\ud83d\ude00":4,"\u20ac":5,"a\/b\t":6,"\\":7,"":8})");
  auto const record = document.texts({})[0];
  auto const text = [&](std::string_view name) { return document.member_text(record, name); };
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

TEST(MemberText, ReadsStringsOfEveryLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    std::string const filler(length, 'x');
    for (std::string const end : {"", "\\\\", "\\\"", "\\\"x", "\\\\xxxxxxxxxx"}) {
      auto const document = parsed("{\"" + filler + end + "\":\"" + filler + end + "\",\"wanted\":1.0}");
      EXPECT_EQ(document.member_text(document.texts({})[0], "wanted"), "1.0") << length << end;
    }
  }
}

}  // namespace
}  // namespace polycampaign::wire
