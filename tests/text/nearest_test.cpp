#include "text/nearest.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::text {
namespace {

TEST(Nearest, DistanceCountsInsertionsRemovalsReplacementsAndSwaps) {
  struct {
    std::string_view a, b;
    std::size_t expected;
  } const cases[] = {
      {"", "", 0},       {"", "abc", 3},           {"abc", "", 3},       {"abc", "abc", 0},
      {"abc", "abd", 1}, {"abc", "ab", 1},         {"abc", "xabc", 1},   {"api_kye", "api_key", 1},
      {"ab", "ba", 1},   {"kitten", "sitting", 3}, {"Token", "tOKEN", 0}};
  for (auto const& [a, b, expected] : cases) EXPECT_EQ(distance(a, b), expected) << a << " " << b;
}

TEST(Nearest, TheClosestKnownWordIsFound) {
  std::vector<std::string_view> const known{"base_url", "api_key", "time_zone", "timeout"};
  EXPECT_EQ(nearest("api_kye", known), "api_key");
  EXPECT_EQ(nearest("timezone", known), "time_zone");
  EXPECT_EQ(nearest("url", known), "base_url");
  EXPECT_EQ(nearest("time-out", known), "timeout");
  EXPECT_EQ(nearest("x", {}), "");
}

TEST(Nearest, TheSentenceNamesBothWords) {
  EXPECT_EQ(unknown_word("key", "tokn", {"format", "token"}),
            "unknown key \"tokn\"; did you mean \"token\"?");
  EXPECT_EQ(unknown_word("key", "tokn", {}), "unknown key \"tokn\"");
}

}  // namespace
}  // namespace polycampaign::inline v1::text
