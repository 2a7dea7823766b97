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
  EXPECT_EQ(json_records(R"({"items":[)", "items"), Texts{}) << "no valid JSON";
}

TEST(JsonRecords, TellTheDigitsOfANumber) {
  EXPECT_EQ(json_member(R"({"price":1.50,"unit":"EUR"})", "price"), "1.50");
  EXPECT_EQ(json_member(R"({"price":1.50})", "cost"), "");
}

}  // namespace
}  // namespace polycampaign::protocol
