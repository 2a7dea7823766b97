#include "campaign_view.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::command {
namespace {

Campaign full() {
  return {.id = "53651994",
          .provider = "bsg",
          .name = "Summer\nsale",
          .sender = "Shop",
          .text = "Hello\x1b[2J",
          .channel = Channel::sms,
          .status = {StatusCode::completed, "done"},
          .created_at =
              Timestamp{std::chrono::sys_seconds{std::chrono::seconds{1'619'552'646}}, ZoneBasis::assumed},
          .scheduled_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{1'619'552'700}}},
          .statistics = {.messages = 10,
                         .delivered = 7,
                         .failed = 0,
                         .vendor_counters = {{"npai", 3}},
                         .reported_rates = {{"response_rate", "3 %"}}},
          .cost = Cost{*Decimal::parse("0.160"), "USD", CostKind::estimate},
          .recipient_lists = {{"5a03", {}}, {{}, "VIP"}},
          .notes = {"price is odd"}};
}

TEST(CampaignView, ALineTellsWhatIsKnownAndOnlyThat) {
  EXPECT_EQ(
      campaign_table({{"promo", full()}}, {.width = 200}),
      "ACCOUNT  ID        NAME         STATUS     TIME (UTC)         RECIPIENTS  MESSAGES  DELIVERED  FAILED"
      "                  COST\n"
      "promo    53651994  Summer␊sale  completed  2021-04-27 19:44~           -        10          7       0"
      "  0.160 USD (estimate)\n");
}

TEST(CampaignView, AnEmptyCampaignIsAllDashes) {
  Campaign campaign;
  campaign.id = "1";
  EXPECT_EQ(campaign_table({{"a", campaign}}, {.width = 200}),
            "ACCOUNT  ID  NAME  STATUS   TIME (UTC)  RECIPIENTS  MESSAGES  DELIVERED  FAILED  COST\n"
            "a        1   -     unknown  -                    -         -          -       -     -\n");
}

TEST(CampaignView, AnUnknownStatusShowsTheVendorsWord) {
  Campaign campaign;
  campaign.status.vendor_word = "frozen\x1b[m";
  EXPECT_NE(campaign_table({{"a", campaign}}, {.width = 200}).find("unknown: frozen␛[m"), std::string::npos);
}

TEST(CampaignView, StatusesAreColouredOnlyWhenAsked) {
  EXPECT_NE(
      campaign_table({{"a", full()}}, {.width = 200, .coloured = true}).find("\x1b[32mcompleted\x1b[0m"),
      std::string::npos);
  EXPECT_EQ(campaign_table({{"a", full()}}, {.width = 200}).find('\x1b'), std::string::npos);
}

TEST(CampaignView, ACardHasEverything) {
  EXPECT_EQ(campaign_card({"promo", full()}, {}),
            "Summer␊sale\n"
            "  account         promo\n"
            "  provider        bsg\n"
            "  id              53651994\n"
            "  name            Summer␊sale\n"
            "  status          completed\n"
            "  vendor status   done\n"
            "  channel         sms\n"
            "  sender          Shop\n"
            "  text            Hello␛[2J\n"
            "  cost            0.160 USD (estimate)\n"
            "  recipient list  5a03\n"
            "  recipient list  VIP\n"
            "\nTimes\n"
            "  created         2021-04-27T19:44:06Z (time zone assumed)\n"
            "  scheduled       2021-04-27T19:45:00Z\n"
            "  started         -\n"
            "  finished        -\n"
            "  updated         -\n"
            "\nStatistics\n"
            "  recipients      -\n"
            "  filtered        -\n"
            "  messages        10\n"
            "  submitted       -\n"
            "  pending         -\n"
            "  in flight       -\n"
            "  delivered       7 (70.0 % of messages)\n"
            "  undelivered     -\n"
            "  expired         -\n"
            "  failed          0 (0.0 % of messages)\n"
            "  unreported      -\n"
            "  read            -\n"
            "  replies         -\n"
            "  opt-outs        -\n"
            "  clicks          -\n"
            "\nVendor-specific\n"
            "  npai            3\n"
            "  response_rate   3 %\n"
            "\nNotes\n"
            "  price is odd\n");
}

TEST(CampaignView, ACardOfAnEmptyCampaignIsHeadedByItsId) {
  Campaign campaign;
  campaign.id = "77";
  auto const card = campaign_card({"a", campaign}, {});
  EXPECT_TRUE(card.starts_with("77\n")) << card;
  EXPECT_EQ(card.find("Notes"), std::string::npos);
  EXPECT_EQ(card.find(" 0"), std::string::npos);
}

}  // namespace
}  // namespace polycampaign::inline v1::command
