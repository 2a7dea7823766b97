#include "polycampaign/audit.hpp"

#include "vendors/bsg/desk.hpp"

#include <unordered_set>
#include <vector>

/// Lists of messages of campaigns at BSG: the client against the simulator.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// What was read of a list of messages.
struct Read {
  std::unordered_set<std::string> ids{};
  std::int64_t repeated = 0;
  MessageSummary summary{};
  std::optional<Error> error{};
  ListReport report{};
};

Read read(CampaignClient& client, std::string_view campaign, ListOptions const& options = {}) {
  Read read;
  auto pager = client.messages(campaign, options);
  for (auto const& message : pager) {
    if (!message) {
      read.error = message.error();
      break;
    }
    if (!read.ids.insert(message->id).second) ++read.repeated;
    read.summary.add(*message);
    EXPECT_EQ(message->campaign, campaign);
  }
  read.report = pager.report();
  return read;
}

void expect_equal_counters(BsgDesk& desk, std::string_view id) {
  auto const campaign = desk->get(id);
  ASSERT_TRUE(campaign) << to_string(campaign.error());
  auto const all = read(desk.client(), id);
  ASSERT_FALSE(all.error) << to_string(*all.error);
  EXPECT_TRUE(all.report.missed.empty()) << all.report.missed.front();
  auto const differences = audit(*campaign, all.summary.statistics());
  for (auto const& difference : differences)
    ADD_FAILURE() << id << ' ' << to_string(difference.field) << ' ' << *difference.campaign << ' '
                  << *difference.messages;
  EXPECT_EQ(all.summary.statistics().messages, campaign->statistics.messages);
  EXPECT_EQ(all.summary.statistics().submitted, campaign->statistics.submitted);
  EXPECT_EQ(all.summary.statistics().in_flight, campaign->statistics.in_flight);
}

TEST(BsgReadMessages, ReadsAHundredThousandMessagesOnce) {
  BsgDesk desk{{{"messages", "100000"}}};
  auto const campaign = desk.ended();
  auto const all = read(desk.client(), campaign.id);
  ASSERT_FALSE(all.error) << to_string(*all.error);
  EXPECT_EQ(all.ids.size(), 100'000U);
  EXPECT_EQ(all.repeated, 0);
  EXPECT_TRUE(all.report.complete);
  EXPECT_TRUE(all.report.missed.empty()) << all.report.missed.front();
  EXPECT_EQ(all.summary.statistics().messages, 100'000);
}

TEST(BsgReadMessages, ReadsEveryMessageThatStaysWhileOthersComeAndGo) {
  for (auto const& [deleted, added] : {std::pair{"40", "0"}, {"0", "40"}, {"40", "15"}}) {
    BsgDesk desk{{{"messages", "20000"}, {"messages_deleted", deleted}, {"messages_added", added}}};
    auto const campaign = desk.ended();
    // What stays is what the list shows at the end.
    auto const all = read(desk.client(), campaign.id, {.prefetch = 1});
    ASSERT_FALSE(all.error) << to_string(*all.error);
    EXPECT_EQ(all.repeated, 0);
    EXPECT_TRUE(all.report.total_moved);
    ASSERT_TRUE(desk.simulator().set_switch("messages_deleted", "0"));
    ASSERT_TRUE(desk.simulator().set_switch("messages_added", "0"));
    std::size_t lost = 0;
    auto const after = read(desk.client(), campaign.id);
    for (auto const& id : after.ids)
      if (!all.ids.contains(id)) ++lost;
    // Those that came behind the last page are not in the list that ended before.
    EXPECT_LE(lost, std::stoul(added)) << deleted << ' ' << added;
  }
}

TEST(BsgReadMessages, ResumesAListOfMessages) {
  BsgDesk desk{{{"messages", "3000"}}};
  auto const campaign = desk.ended();
  std::unordered_set<std::string> ids;
  std::string token;
  for (int part = 0; part < 50; ++part) {
    auto pager = desk->messages(campaign.id, {.resume_token = token});
    int count = 0;
    for (auto const& message : pager) {
      ASSERT_TRUE(message) << to_string(message.error());
      EXPECT_TRUE(ids.insert(message->id).second);
      if (++count == 700) break;
    }
    token = pager.resume_token();
    if (count < 700) break;
  }
  EXPECT_EQ(ids.size(), 3000U);
}

TEST(BsgReadMessages, MessagesAddUpToTheCampaignAtEveryMoment) {
  for (auto const* const reports : {"at_once", "later"}) {
    BsgDesk desk{{{"reports", reports}}};
    NewCampaign campaign{.sender = "ACME", .text = "Hello"};
    for (int i = 0; i < 90; ++i)
      campaign.recipients.push_back(
          {.number = "+4178000" + std::to_string(1000 + i), .reference = i == 7 ? "seven" : ""});
    auto const made = desk->create(campaign);
    ASSERT_TRUE(made) << to_string(made.error());
    for (int minute = 0; minute < 40; minute += 2, desk.advance(2min)) expect_equal_counters(desk, *made->id);
    std::int64_t referenced = 0;
    for (auto const& message : desk->messages(*made->id)) {
      ASSERT_TRUE(message);
      if (message->reference == "seven") ++referenced;
    }
    EXPECT_EQ(referenced, 1);
  }
}

TEST(BsgReadMessages, MessagesOfGeneratedCampaignsAddUpInEveryForm) {
  for (Switches const& switches :
       {Switches{},
        {{"profile", "web"}},
        {{"profile", "support"}, {"total_at", "top"}},
        {{"message_word", "upper"}, {"report_key", "time_dlr"}, {"page_cap", "30"}},
        {{"dates", "t"}, {"empty_list", "object"}, {"limit_outside", "refuse"}}}) {
    BsgDesk desk{switches};
    for (auto const& id : desk.simulator().campaign_ids()) {
      auto const campaigns = desk.simulator().campaigns();
      auto const truth = std::ranges::find(campaigns, id, &testing::SimulatedCampaign::id);
      if (truth->counters.messages < 1500) expect_equal_counters(desk, id);
    }
  }
}

TEST(BsgReadMessages, FiltersMessagesByStatus) {
  BsgDesk desk;
  auto const campaign = desk.ended();
  std::int64_t delivered = 0;
  for (auto const& message : desk->list(ListMessages{campaign.id, {MessageStatusCode::delivered}})) {
    ASSERT_TRUE(message);
    EXPECT_EQ(message->status.code, MessageStatusCode::delivered);
    ++delivered;
  }
  EXPECT_EQ(delivered, campaign.counters.delivered);
}

TEST(BsgReadMessages, ShowsUnknownWordsAndMissingMessages) {
  BsgDesk desk{{{"message_word", "unknown"}}};
  auto const all = read(desk.client(), desk.ended().id);
  EXPECT_FALSE(all.error);
  EXPECT_EQ(all.summary.statistics().vendor_counters.size(), 1U);

  auto const gone = read(desk.client(), "5");
  ASSERT_TRUE(gone.error);
  EXPECT_EQ(gone.error->code, ErrorCode::not_found);
}

TEST(BsgReadMessages, WorksOverHttp) {
  BsgDesk desk{{{"messages", "2000"}}, true};
  auto const made = desk->call(CreateRecipientList{"Summer", {"+380501234567", "+380501234568"}});
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->added, 2);
  EXPECT_TRUE(desk->call(DeleteRecipientList{*made->list.id})) << "an answer without a body";
  auto const all = read(desk.client(), desk.ended().id);
  EXPECT_FALSE(all.error);
  EXPECT_EQ(all.ids.size(), 2000U);
}

}  // namespace
}  // namespace polycampaign::test
