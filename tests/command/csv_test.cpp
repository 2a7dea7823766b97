#include "csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace polycampaign::inline v1::command {
namespace {

TEST(Csv, TheHeaderHasTheMembersOfTheJsonForm) {
  EXPECT_EQ(
      csv_header(),
      "account,provider,id,name,sender,text,channel,status,vendor_status,created_at,scheduled_at,started_at,"
      "finished_at,updated_at,recipients,filtered,messages,submitted,pending,in_flight,delivered,undelivered,"
      "expired,failed,unreported,read,replies,opt_outs,clicks,vendor_counters,reported_rates,cost_amount,"
      "cost_unit,cost_kind,recipient_lists,notes\r\n");
}

TEST(Csv, AbsentValuesAreEmptyFields) {
  Campaign campaign;
  campaign.id = "7";
  campaign.provider = "bsg";
  auto const line = csv_line(campaign, {}).take();
  EXPECT_EQ(line, ",bsg,7,,,,,unknown," + std::string(27, ',') + "\r\n");
  auto const header = csv_header();
  EXPECT_EQ(std::count(line.begin(), line.end(), ','), std::count(header.begin(), header.end(), ','));
}

TEST(Csv, EverythingIsWritten) {
  Campaign campaign{.id = "1",
                    .provider = "smsup",
                    .name = "n",
                    .sender = "s",
                    .text = "",
                    .channel = Channel::sms,
                    .status = {StatusCode::completed, "Sent"},
                    .created_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{0}}},
                    .scheduled_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{1}}},
                    .started_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{2}}},
                    .finished_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{3}}},
                    .updated_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{4}}},
                    .statistics = {.recipients = 1,
                                   .filtered = 2,
                                   .messages = 3,
                                   .submitted = 4,
                                   .pending = 5,
                                   .in_flight = 6,
                                   .delivered = 7,
                                   .undelivered = 8,
                                   .expired = 9,
                                   .failed = 0,
                                   .unreported = 11,
                                   .read = 12,
                                   .replies = 13,
                                   .opt_outs = 14,
                                   .clicks = 9'223'372'036'854'775'807,
                                   .vendor_counters = {{"npai", 3}, {"other", 4}},
                                   .reported_rates = {{"delivery_rate", "97,5 %"}}},
                    .cost = Cost{*Decimal::parse("35.0900"), "credits", CostKind::billed},
                    .recipient_lists = {{"a", {}}, {{}, "VIP"}, {"b", "Name"}},
                    .notes = {"first", "second"}};
  EXPECT_EQ(csv_line(campaign, "shop").take(),
            "shop,smsup,1,n,s,\"\",sms,completed,Sent,1970-01-01T00:00:00Z,1970-01-01T00:00:01Z,1970-01-"
            "01T00:00:02Z,"
            "1970-01-01T00:00:03Z,1970-01-01T00:00:04Z,1,2,3,4,5,6,7,8,9,0,11,12,13,14,9223372036854775807,"
            "npai=3;other=4,\"delivery_rate=97,5 %\",35.0900,credits,billed,a;VIP;b=Name,first;second\r\n");
}

TEST(Csv, SeparatorsQuotesAndLineEndsAreQuoted) {
  Campaign campaign;
  campaign.name = "a,b";
  campaign.sender = "say \"hi\"";
  campaign.text = "one\r\ntwo";
  EXPECT_TRUE(
      csv_line(campaign, "x").take().starts_with("x,\"\",\"\",\"a,b\",\"say \"\"hi\"\"\",\"one\r\ntwo\",,"));
}

TEST(Csv, FormulasAreNotAlteredUnlessRequested) {
  Campaign campaign;
  campaign.name = "=1+1";
  campaign.sender = "+33639980002";
  EXPECT_TRUE(csv_line(campaign, "x").take().starts_with("x,\"\",\"\",=1+1,+33639980002,"));
  EXPECT_TRUE(csv_line(campaign, "x", Formulas::mark).take().starts_with("x,\"\",\"\",'=1+1,+33639980002,"));
  auto const refused = csv_line(campaign, "x", Formulas::refuse);
  EXPECT_EQ(refused.refused(), 4U);
  EXPECT_EQ(csv_line(campaign, "x", Formulas::mark).refused(), 0U);
}

TEST(Csv, NumbersAreNoFormulas) {
  for (auto const* cell : {"+33639980002", "-50.25", "+.5", "5-3", "", "a", " =1", "'=1"})
    EXPECT_FALSE(is_formula(cell)) << cell;
  for (auto const* cell : {"=", "@x", "+", "-", "+.", "-1-1", "+1.2.3", "+33 6", "\t1", "\r1", "-x"})
    EXPECT_TRUE(is_formula(cell)) << cell;
}

}  // namespace
}  // namespace polycampaign::inline v1::command
