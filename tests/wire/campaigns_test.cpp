#include "wire/campaigns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace polycampaign::wire {
namespace {

// `c`: a campaign; `n`: one without an id; `-`: none
Campaigns read(std::string const& records, int largest_page = 100) {
  Campaigns campaigns{records.size(), largest_page};
  for (char const record : records)
    campaigns.add([record](Campaign& campaign) {
      if (record == 'c') campaign.id = "1";
      return record != '-';
    });
  return campaigns;
}

TEST(Campaigns, AreListsOnlyWhereTheyHoldACampaignWithAnId) {
  for (auto const* good : {"", "c", "cn", "nc", "-c", "c-"}) {
    EXPECT_EQ(read(good).fault(true), "") << good;
    EXPECT_EQ(read(good).fault(false), "") << good;
  }
  for (auto const* bad : {"-", "--"}) {
    EXPECT_NE(read(bad).fault(true), "") << bad;
    EXPECT_NE(read(bad).fault(false), "") << bad;
  }
  // the campaign that was asked for by its id may lack it
  for (auto const* nameless : {"n", "nn", "n-"}) {
    EXPECT_NE(read(nameless).fault(true), "") << nameless;
    EXPECT_EQ(read(nameless).fault(false), "") << nameless;
  }
}

TEST(Campaigns, SayWhatWasLeftOutAndCountIt) {
  auto campaigns = read("-c-n-");
  EXPECT_EQ(campaigns.sent(), 5);
  auto const taken = campaigns.take();
  ASSERT_EQ(taken.size(), 2U);
  ASSERT_EQ(taken[0].notes.size(), 1U);
  EXPECT_EQ(taken[0].notes[0],
            "the response also contained 3 elements that are not campaigns; they were left out");
  EXPECT_TRUE(taken[1].notes.empty());
  EXPECT_EQ(read("c-").take()[0].notes[0],
            "the response also contained 1 element that is not a campaign; it was left out");
  EXPECT_TRUE(read("cc").take()[0].notes.empty());
}

TEST(Campaigns, AreTenPagesAtMost) {
  EXPECT_EQ(read(std::string(100, 'c'), 10).fault(true), "");
  auto campaigns = read(std::string(101, 'c'), 10);
  EXPECT_NE(campaigns.fault(true), "");
  EXPECT_NE(campaigns.fault(false), "");
  EXPECT_TRUE(campaigns.take().empty());
}

}  // namespace
}  // namespace polycampaign::wire
