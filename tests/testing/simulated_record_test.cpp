#include "polycampaign/testing/simulated_record.hpp"

#include "polycampaign/operations.hpp"
#include "polycampaign/testing/simulator.hpp"
#include "polycampaign/testing/vendor_simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// The messages, replies and opt-outs that the counters of simulated campaigns stand for.
namespace polycampaign::inline v1::testing {
namespace {

std::unique_ptr<Simulator> record_keeper(std::string provider) {
  auto const now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{10};
  return Simulator::create({.provider = std::move(provider), .campaigns = 40, .clock = [now] { return now; }})
      .value();
}

std::int64_t with_status(std::vector<SimulatedRecord> const& records, MessageStatusCode code) {
  return std::ranges::count(records, code, &SimulatedRecord::status);
}

TEST(SimulatedRecords, AddUpToTheCounters) {
  for (auto const& vendor : simulated_vendors())
    for (auto const& campaign : record_keeper(std::string{vendor.name})->campaigns()) {
      SCOPED_TRACE(std::string{vendor.name} + ' ' + campaign.id);
      auto const& n = campaign.counters;
      auto const messages = simulated_messages(campaign);
      EXPECT_EQ(std::ssize(messages), n.messages);
      EXPECT_EQ(with_status(messages, MessageStatusCode::queued), n.pending);
      EXPECT_EQ(with_status(messages, MessageStatusCode::submitted), n.in_flight);
      EXPECT_EQ(with_status(messages, MessageStatusCode::delivered) +
                    with_status(messages, MessageStatusCode::read),
                n.delivered);
      EXPECT_EQ(with_status(messages, MessageStatusCode::read), n.read);
      EXPECT_EQ(with_status(messages, MessageStatusCode::failed), n.failed);
      EXPECT_EQ(with_status(messages, MessageStatusCode::expired), n.expired);
      EXPECT_EQ(with_status(messages, MessageStatusCode::undelivered), n.undelivered);
      EXPECT_EQ(with_status(messages, MessageStatusCode::unreported), n.unreported);
      EXPECT_EQ(with_status(messages, MessageStatusCode::unknown), 0);
      EXPECT_EQ(std::ssize(simulated_replies(campaign)), n.replies);
      EXPECT_EQ(std::ssize(simulated_opt_outs(campaign)), n.opt_outs);
      EXPECT_EQ(simulated_messages(campaign), messages) << "always the same";
    }
}

TEST(SimulatedRecords, AreOfPeopleWhomAMessageReached) {
  for (auto const& campaign : record_keeper("smsup")->campaigns()) {
    std::multiset<std::string> reached;
    for (auto const& message : simulated_messages(campaign))
      if (message.status == MessageStatusCode::delivered) reached.insert(message.number);
    for (auto const& list : {simulated_replies(campaign), simulated_opt_outs(campaign)})
      for (auto const& record : list) {
        EXPECT_TRUE(reached.contains(record.number));
        EXPECT_FALSE(record.text.empty());
        EXPECT_TRUE(!record.at || *record.at > campaign.started.value());
        EXPECT_EQ(record.status, MessageStatusCode::received);
      }
  }
}

TEST(SimulatedRecords, FollowWhatHappenedToEachRecipient) {
  SimulatedCampaign campaign{.text = "Hello"};
  campaign.addressed = {{.number = "+331", .reference = "a"},
                        {.number = "+332", .text = "You"},
                        {.number = "+333"},
                        {.number = "+334"}};
  campaign.outcomes = "frwe";
  campaign.counters = {
      .recipients = 4, .messages = 4, .pending = 1, .delivered = 1, .expired = 1, .failed = 1};
  auto const messages = simulated_messages(campaign);
  ASSERT_EQ(messages.size(), 4U);
  EXPECT_EQ(messages[0].status, MessageStatusCode::failed);
  EXPECT_EQ(messages[0].reference, "a");
  EXPECT_EQ(messages[0].text, "Hello");
  EXPECT_EQ(messages[1].status, MessageStatusCode::delivered);
  EXPECT_EQ(messages[1].text, "You");
  EXPECT_EQ(messages[2].status, MessageStatusCode::queued);
  EXPECT_EQ(messages[3].status, MessageStatusCode::expired);
  EXPECT_EQ(messages[3].number, "+334");
}

TEST(SimulatedRecords, AreUnknownForAVendorThatNamesNone) {
  class Silent final : public VendorSimulator {
   public:
    explicit Silent(SimulatorOptions options) : VendorSimulator{std::move(options), {}, {}} {}
    HttpResponse answer(HttpRequest const&, RequestTarget const&) override { return {}; }
    std::map<std::string, std::string> credentials() const override { return {}; }
  };
  Silent const silent{{.provider = "silent", .campaigns = 1}};
  EXPECT_FALSE(silent.records(ListMessages::operation, silent.campaigns().front().id));
}

TEST(SimulatedLists, NeverUseAnIdAgain) {
  auto account = record_keeper("bsg")->account();
  auto const now = std::chrono::sys_seconds{};
  auto const first = account.add_list("one", {}, now).id;
  EXPECT_TRUE(account.remove_list(first));
  EXPECT_FALSE(account.remove_list(first));
  EXPECT_EQ(account.find_list(first), nullptr);
  EXPECT_NE(account.add_list("two", {}, now).id, first);
}

}  // namespace
}  // namespace polycampaign::inline v1::testing
