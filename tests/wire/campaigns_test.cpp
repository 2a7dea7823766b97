#include "wire/campaigns.hpp"

#include "polycampaign/capabilities.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

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

Campaign with_everything(std::string const& word) {
  Campaign campaign{.id = word,
                    .provider = "acme",
                    .name = word,
                    .sender = word,
                    .text = word,
                    .channel = Channel::rcs,
                    .status = {StatusCode::failed, word},
                    .created_at = Timestamp{},
                    .scheduled_at = Timestamp{},
                    .started_at = Timestamp{},
                    .finished_at = Timestamp{},
                    .updated_at = Timestamp{},
                    .cost = Cost{.unit = word},
                    .recipient_lists = {{word, word}},
                    .notes = {word},
                    .raw_record = word};
  for (auto const& [field, counter] : all_counters()) campaign.statistics.*counter = 1;
  campaign.statistics.vendor_counters = {{word, 1}};
  campaign.statistics.reported_rates = {{word, word}};
  return campaign;
}

TEST(Prepare, LeavesACampaignThatNothingIsKnownOf) {
  for (std::size_t const length : {5U, 100U, 5000U}) {
    auto campaign = with_everything(std::string(length, 'x'));
    prepare(campaign);
    // what every reader sets or resets
    for (auto* const text : {&campaign.name, &campaign.sender, &campaign.text, &campaign.status.vendor_word})
      text->reset();
    EXPECT_EQ(campaign, Campaign{}) << length;
  }
}

TEST(Prepare, KeepsMemoryOfUsualSizeOnly) {
  auto campaign = with_everything(std::string(200, 'x'));
  auto const* const id = campaign.id.data();
  auto const* const text = campaign.text->data();
  auto const* const lists = campaign.recipient_lists.data();
  prepare(campaign);
  EXPECT_EQ(campaign.id.data(), id);
  EXPECT_EQ(campaign.text->data(), text);
  EXPECT_EQ(campaign.recipient_lists.data(), lists);

  campaign = with_everything(std::string(2000, 'x'));
  campaign.recipient_lists.resize(100);
  campaign.notes.resize(100);
  campaign.statistics.vendor_counters.resize(100);
  campaign.statistics.reported_rates.resize(100);
  prepare(campaign);
  EXPECT_LT(campaign.id.capacity(), 100U);
  EXPECT_FALSE(campaign.name);
  EXPECT_FALSE(campaign.sender);
  EXPECT_FALSE(campaign.text);
  EXPECT_FALSE(campaign.status.vendor_word);
  EXPECT_EQ(campaign.recipient_lists.capacity(), 0U);
  EXPECT_EQ(campaign.notes.capacity(), 0U);
  EXPECT_EQ(campaign.statistics.vendor_counters.capacity(), 0U);
  EXPECT_EQ(campaign.statistics.reported_rates.capacity(), 0U);
}

TEST(Campaigns, AreReadIntoASparePage) {
  protocol::SparePages<Campaign> spare;
  spare.give_back(std::vector<Campaign>(3, with_everything(std::string(200, 'x'))));
  Campaigns campaigns{2, 100, &spare};
  std::vector<Campaign const*> places;
  for (auto const* id : {"1", "2"})
    campaigns.add([&](Campaign& campaign) {
      EXPECT_TRUE(campaign.id.empty() && campaign.notes.empty());
      campaign.id = id;
      places.push_back(&campaign);
      return true;
    });
  EXPECT_EQ(campaigns.fault(true), "");
  auto const page = campaigns.take();
  ASSERT_EQ(page.size(), 2U) << "what is left of the spare page is no campaign of the answer";
  EXPECT_EQ(page[1].id, "2");
  EXPECT_EQ(places, (std::vector<Campaign const*>{&page[0], &page[1]}));
  EXPECT_TRUE(spare.take().empty()) << "the page was taken";
}

TEST(Campaigns, ThatAreNoneLeaveNothingOfASparePage) {
  protocol::SparePages<Campaign> spare;
  spare.give_back(std::vector<Campaign>(3, with_everything("x")));
  Campaigns campaigns{1, 100, &spare};
  campaigns.add([](Campaign&) { return false; });
  EXPECT_NE(campaigns.fault(true), "");
  EXPECT_TRUE(campaigns.take().empty());
}

TEST(SparePages, KeepAsManyAsCanBeOnTheirWay) {
  protocol::SparePages<int> spare;
  for (int i = 0; i < 100; ++i) spare.give_back({i});
  spare.give_back({});
  int kept = 0;
  while (!spare.take().empty()) ++kept;
  EXPECT_EQ(kept, 16);
}

}  // namespace
}  // namespace polycampaign::wire
