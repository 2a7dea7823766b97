#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"
#include "polycampaign/version.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <set>
#include <string>

namespace polycampaign {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(Version, IsTheOneOfTheHeaders) {
  EXPECT_EQ(version(), std::to_string(POLYCAMPAIGN_VERSION_MAJOR) + "." +
                           std::to_string(POLYCAMPAIGN_VERSION_MINOR) + "." +
                           std::to_string(POLYCAMPAIGN_VERSION_PATCH));
}

TEST(Channel, IsReadInAnyCaseAndTrimmed) {
  for (auto const channel : {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs})
    EXPECT_EQ(parse_channel(to_string(channel)), channel);
  EXPECT_EQ(parse_channel(" WhatsApp\n"), Channel::whatsapp);
  EXPECT_EQ(parse_channel("SMS"), Channel::sms);
  for (auto const* word : {"", " ", "telegram", "smss", "sm", "s ms", "unknown"})
    EXPECT_EQ(parse_channel(word), Channel::unknown) << word;
}

TEST(StatusCode, IsFoundByItsExactName) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(StatusCode::failed); ++i) {
    auto const code = static_cast<StatusCode>(i);
    names.insert(to_string(code));
    EXPECT_EQ(parse_status_code(to_string(code)), code);
  }
  EXPECT_EQ(names.size(), 13U);
  EXPECT_FALSE(parse_status_code("done"));
  EXPECT_FALSE(parse_status_code("Sending"));
  EXPECT_FALSE(parse_status_code(""));
}

TEST(CampaignStatus, KnowsWhichStatesEnd) {
  auto const ended = [](StatusCode code) { return CampaignStatus{.code = code}.ended(); };
  for (auto const code : {StatusCode::draft, StatusCode::moderation, StatusCode::scheduled,
                          StatusCode::queued, StatusCode::sending, StatusCode::retrying, StatusCode::paused})
    EXPECT_EQ(ended(code), false) << to_string(code);
  for (auto const code : {StatusCode::completed, StatusCode::canceled, StatusCode::interrupted,
                          StatusCode::rejected, StatusCode::failed})
    EXPECT_EQ(ended(code), true) << to_string(code);
  EXPECT_EQ(ended(StatusCode::unknown), std::nullopt);
}

TEST(Statistics, RatesAreAbsentUnlessBothCountersAreKnown) {
  Statistics s{.recipients = 8,
               .messages = 16,
               .submitted = 5,
               .delivered = 4,
               .failed = 2,
               .read = 1,
               .replies = 3,
               .opt_outs = 0,
               .clicks = 6};
  EXPECT_EQ(delivered_per_message(s), 0.25);
  EXPECT_EQ(delivered_per_submitted(s), 0.8);
  EXPECT_EQ(delivered_per_recipient(s), 0.5);
  EXPECT_EQ(failed_per_message(s), 0.125);
  EXPECT_EQ(read_per_delivered(s), 0.25);
  EXPECT_EQ(replies_per_delivered(s), 0.75);
  EXPECT_EQ(opt_outs_per_delivered(s), 0.0);
  EXPECT_EQ(clicks_per_delivered(s), 1.5) << "a rate above 1 is not hidden";
  s.delivered.reset();
  EXPECT_EQ(delivered_per_message(s), std::nullopt);
  EXPECT_EQ(read_per_delivered(s), std::nullopt);
  s.delivered = 0;
  EXPECT_EQ(delivered_per_message(s), 0.0);
  EXPECT_EQ(read_per_delivered(s), std::nullopt) << "nothing is divided by zero";
}

TEST(Statistics, PartitionSumNeedsEveryPart) {
  Statistics s{.pending = 1,
               .in_flight = 2,
               .delivered = 4,
               .undelivered = 8,
               .expired = 16,
               .failed = 32,
               .unreported = 64};
  EXPECT_EQ(partition_sum(s), 127);
  s.failed = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(partition_sum(s), std::nullopt) << "an overflow is not a sum";
  s.failed.reset();
  EXPECT_EQ(partition_sum(s), std::nullopt);
}

TEST(Timestamp, PrintsRfc3339) {
  struct Row {
    std::int64_t time;
    char const* text;
  };
  for (auto const& row :
       {Row{0, "1970-01-01T00:00:00Z"}, Row{1619552646, "2021-04-27T19:44:06Z"},
        Row{951782400, "2000-02-29T00:00:00Z"}, Row{4107542399, "2100-02-28T23:59:59Z"},
        Row{4107542400, "2100-03-01T00:00:00Z"}, Row{-1, "1969-12-31T23:59:59Z"},
        Row{253402300799, "9999-12-31T23:59:59Z"}, Row{253402300800, "+10000-01-01T00:00:00Z"},
        Row{-62167219200, "0000-01-01T00:00:00Z"}, Row{-62167219201, "-0001-12-31T23:59:59Z"},
        Row{std::numeric_limits<std::int64_t>::max(), "+292277026596-12-04T15:30:07Z"},
        Row{std::numeric_limits<std::int64_t>::min(), "-292277022657-01-27T08:29:52Z"}})
    EXPECT_EQ(to_rfc3339(sys_seconds{seconds{row.time}}), row.text);
  EXPECT_EQ(to_string(Timestamp{sys_seconds{seconds{60}}, ZoneBasis::assumed}), "1970-01-01T00:01:00Z");
}

TEST(Timestamp, NamesItsZoneBasis) {
  EXPECT_EQ(to_string(ZoneBasis::documented), "documented");
  EXPECT_EQ(to_string(ZoneBasis::configured), "configured");
  EXPECT_EQ(to_string(ZoneBasis::assumed), "assumed");
}

TEST(Campaign, TimeIsTheFirstThatIsKnown) {
  auto const at = [](int s) { return Timestamp{sys_seconds{seconds{s}}}; };
  Campaign campaign;
  EXPECT_EQ(campaign.time(), std::nullopt);
  campaign.finished_at = at(9);
  EXPECT_EQ(campaign.time(), std::nullopt);
  campaign.started_at = at(3);
  EXPECT_EQ(campaign.time(), at(3));
  campaign.scheduled_at = at(2);
  EXPECT_EQ(campaign.time(), at(2));
  campaign.created_at = at(1);
  EXPECT_EQ(campaign.time(), at(1));
}

}  // namespace
}  // namespace polycampaign
