#include "polycampaign/protocol/json_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace polycampaign::protocol {
namespace {

using Texts = std::vector<std::string>;

TEST(JsonRecords, AreByteForByteWhatWasSent) {
  EXPECT_EQ(json_records(R"({"n":1,"items":[ {"b":1.50, "a":"\u00e9"} ,{}]})", "items"),
            (Texts{R"({"b":1.50, "a":"\u00e9"})", "{}"}));
  EXPECT_EQ(json_records(R"({"item": {"a" : 1} })", "item"), Texts{R"({"a" : 1})"});
  EXPECT_EQ(json_records("[1,[2]]", ""), (Texts{"1", "[2]"}));
  EXPECT_EQ(json_records(R"({"items":[]})", "items"), Texts{});
  EXPECT_EQ(json_records(R"({"items":{}})", "items"), Texts{});
  EXPECT_EQ(json_records(R"({"items":null})", "items"), Texts{});
  EXPECT_EQ(json_records(R"({"items":[)", "items"), Texts{}) << "no valid JSON";
}

TEST(JsonRecords, TellTheDigitsOfANumber) {
  EXPECT_EQ(json_member(R"({"price":1.50,"unit":"EUR"})", "price"), "1.50");
  EXPECT_EQ(json_member(R"({"price":1.50})", "cost"), "");
}

TEST(JsonRecords, AreThoseOfAnObjectKeyedByNumbersInTheirOrder) {
  EXPECT_EQ(json_records(R"({"items":{"10":{"id":3},"\u0032":{"id":1} ,"3":{ "id":2 }}})", "items"),
            (Texts{R"({"id":1})", R"({ "id":2 })", R"({"id":3})"}));
  EXPECT_EQ(json_records(R"({"7":1.50,"7":2.50})", ""), Texts{"2.50"}) << "of several the last one";
  EXPECT_EQ(json_records(R"({"1":1,"one":2})", ""), Texts{R"({"1":1,"one":2})"}) << "one object";
}

TEST(JsonRecords, OfSeveralMembersOfOneNameTheLastOneCounts) {
  EXPECT_EQ(json_records(R"({"items":[1],"items":[2,3]})", "items"), (Texts{"2", "3"}));
  EXPECT_EQ(json_records(R"({"items":[1],"items":null})", "items"), Texts{});
  EXPECT_EQ(json_member(R"({"price":1.50,"price":2.50})", "price"), "2.50");
}

}  // namespace
}  // namespace polycampaign::protocol
