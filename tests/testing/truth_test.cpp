#include "testing/conformance/truth.hpp"

#include "polycampaign/capabilities.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace polycampaign::inline v1::testing::conformance {
namespace {

Campaign full() {
  Campaign campaign{.id = "1", .provider = "acme"};
  campaign.name = "name";
  campaign.sender = "sender";
  campaign.text = "text";
  campaign.channel = Channel::sms;
  campaign.status = {.code = StatusCode::completed, .vendor_word = "done"};
  Timestamp const time{.time = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}}};
  campaign.created_at = campaign.scheduled_at = campaign.started_at = time;
  campaign.finished_at = campaign.updated_at = time;
  campaign.cost = Cost{.amount = *Decimal::parse("1.50"), .unit = "EUR"};
  campaign.recipient_lists.push_back({.id = "7"});
  for (auto const& [field, counter] : all_counters()) campaign.statistics.*counter = 5;
  return campaign;
}

// A field that the suite does not look at could be invented by an adapter without being found.
TEST(Truth, LooksAtEveryField) {
  auto const all = reported(full());
  for (auto const field : all_fields()) {
    EXPECT_TRUE(reported(full(), field)) << to_string(field);
    EXPECT_FALSE(reported(Campaign{}, field)) << to_string(field);
    EXPECT_TRUE(all.contains(std::string{to_string(field)})) << to_string(field);
  }
}

TEST(Truth, KnowsTheCounters) {
  EXPECT_TRUE(is_counter(Field::recipients));
  EXPECT_TRUE(is_counter(Field::clicks));
  EXPECT_FALSE(is_counter(Field::recipient_lists));
  EXPECT_FALSE(is_counter(Field::cost));
}

}  // namespace
}  // namespace polycampaign::inline v1::testing::conformance
