#include "polycampaign/protocol/detail.hpp"

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/failure.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace polycampaign::protocol {
namespace {

Campaign campaign(std::string id) {
  Campaign made;
  made.id = std::move(id);
  return made;
}

TEST(NumericId, IsDigitsWithoutZerosInFront) {
  EXPECT_EQ(numeric_id("53651994").value_or(""), "53651994");
  EXPECT_EQ(numeric_id("007").value_or(""), "7");
  EXPECT_EQ(numeric_id("000").value_or(""), "0");
  EXPECT_EQ(numeric_id("9007199254740993123").value_or(""), "9007199254740993123");
  for (auto const* id : {"", "-1", "7 ", "7/detail", "7a", "\xD9\xA1"}) {
    auto const refused = numeric_id(id);
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(PathSegment, StaysOneSegment) {
  EXPECT_EQ(path_segment("6a1f").value_or(""), "6a1f");
  EXPECT_EQ(path_segment("a/b?c#d").value_or(""), "a%2Fb%3Fc%23d");
  EXPECT_EQ(path_segment("...").value_or(""), "...");
  for (auto const* id : {"", ".", ".."}) {
    auto const refused = path_segment(id);
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(Only, FindsTheCampaignThatWasAskedFor) {
  EXPECT_EQ(only({campaign("1"), campaign("2")}, "2", 200)->id, "2");
  EXPECT_EQ(only({campaign("")}, "7", 200)->id, "7");
  EXPECT_EQ(only({}, "7", 200).error().code, ErrorCode::not_found);
  auto const other = only({campaign("8")}, "7", 203);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::protocol);
  EXPECT_EQ(other.error().http_status, 203);
  EXPECT_FALSE(only({campaign(""), campaign("")}, "7", 200));
}

TEST(Merged, TheDetailHoldsAndTheListFillsWhatItLacks) {
  auto listed = campaign("1");
  listed.name = "listed";
  listed.text = "listed text";
  listed.status = {StatusCode::sending, "sending"};
  listed.statistics.delivered = 3;
  listed.statistics.failed = 1;
  listed.statistics.reported_rates = {{"rate", "30"}};
  listed.notes = {"a", "b"};
  listed.raw_record = "{list}";
  auto detail = campaign("1");
  detail.name = "detail";
  detail.statistics.delivered = 4;
  detail.statistics.clicks = 0;
  detail.notes = {"b", "c"};

  auto const both = merged(listed, detail);
  EXPECT_EQ(both.name, "detail");
  EXPECT_EQ(both.text, "listed text");
  EXPECT_EQ(both.status.vendor_word, "sending");
  EXPECT_EQ(both.statistics.delivered, 4);
  EXPECT_EQ(both.statistics.clicks, 0);
  EXPECT_EQ(both.statistics.failed, 1);
  EXPECT_EQ(both.statistics.pending, std::nullopt);
  EXPECT_EQ(both.statistics.reported_rates.size(), 1U);
  EXPECT_EQ(both.notes, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(both.raw(), "{list}");

  detail.status = {StatusCode::completed, "done"};
  detail.raw_record = "{detail}";
  EXPECT_EQ(merged(listed, detail).status.code, StatusCode::completed);
  EXPECT_EQ(merged(listed, detail).raw(), "{detail}");
}

TEST(Completed, KeepsACampaignThatIsGoneAndSaysSo) {
  auto const gone = completed(campaign("1"), failure(ErrorCode::not_found, "no"));
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->notes.size(), 1U);
  EXPECT_EQ(completed(campaign("1"), failure(ErrorCode::network, "no")).error().code, ErrorCode::network);
}

}  // namespace
}  // namespace polycampaign::protocol
