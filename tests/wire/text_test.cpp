#include "wire/text.hpp"

#include <gtest/gtest.h>

namespace polycampaign::wire {
namespace {

TEST(Trim, TakesAsciiBlanksOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\n\v\fa b \n"), "a b");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\xC2\xA0x"), "\xC2\xA0x");
}

TEST(SameWord, IgnoresCaseBlanksAroundAndTheKindOfDash) {
  EXPECT_TRUE(same_word("In progress", "in_progress"));
  EXPECT_TRUE(same_word(" IN-PROGRESS\n", "in_progress"));
  EXPECT_FALSE(same_word("in  progress", "in_progress"));
  EXPECT_FALSE(same_word("inprogress", "in_progress"));
  EXPECT_FALSE(same_word("", "x"));
  EXPECT_TRUE(same_word(" ", ""));
}

}  // namespace
}  // namespace polycampaign::wire
