#include "polycampaign/plan.hpp"

#include "integration/simulated_vendor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

/// Creating campaigns at every vendor, through the public interface, against the simulators.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

class Create : public ::testing::TestWithParam<VendorCase> {
 protected:
  [[nodiscard]] static std::string_view provider() { return GetParam().provider; }
  [[nodiscard]] static bool is(std::string_view name) { return provider() == name; }
};
INSTANTIATE_TEST_SUITE_P(Vendors, Create, ::testing::ValuesIn(vendor_cases),
                         [](auto const& tested) { return name_of(tested.param); });

TEST_P(Create, ReachesEveryNumberOnce) {
  SimulatedClient client{GetParam()};
  auto const submission = client->create(new_campaign(provider()));
  ASSERT_TRUE(submission) << to_string(submission.error());
  EXPECT_EQ(submission->provider, provider());
  ASSERT_TRUE(submission->id);
  EXPECT_EQ(submission->recipients, 3);
  EXPECT_FALSE(submission->scheduled_at) << "it starts at once";
  EXPECT_NE(submission->status.code, StatusCode::completed);
  EXPECT_NE(submission->status.code, StatusCode::unknown);

  auto const read = client->get(*submission->id);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->id, *submission->id);
  EXPECT_EQ(client.reached_at_last(), three_numbers);
  for (auto const& each : client.simulator().reached()) {
    EXPECT_EQ(each.text, new_campaign(provider()).text);
    EXPECT_EQ(each.campaign, *submission->id);
    auto const line = client.simulator().requests().at(static_cast<std::size_t>(each.request) - 1);
    EXPECT_NE(line.find("POST"), std::string::npos) << line;
  }
}

TEST_P(Create, StartsWhenItIsAsked) {
  SimulatedClient client{GetParam()};
  auto campaign = new_campaign(provider());
  campaign.start_at = noon_in_two_days(client.now());
  auto const submission = client->create(campaign);
  ASSERT_TRUE(submission) << to_string(submission.error());
  EXPECT_EQ(submission->status.code, StatusCode::scheduled);
  ASSERT_TRUE(submission->scheduled_at);
  EXPECT_EQ(submission->scheduled_at->time, *campaign.start_at);
  auto const read = client->get(*submission->id);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_TRUE(read->scheduled_at);
  EXPECT_EQ(read->scheduled_at->time, *campaign.start_at) << "what the vendor understood";
  client.advance(*campaign.start_at - client.now() - 60s);
  EXPECT_TRUE(client.reached().empty());
  EXPECT_EQ(client.reached_at_last(), three_numbers);
}

TEST_P(Create, SendsToTheVendorsLists) {
  SimulatedClient client{GetParam()};
  auto const list = some_list(client.simulator());
  auto campaign = new_campaign(provider());
  campaign.recipients.clear();
  campaign.lists = {list.id};
  auto const submission = client->create(campaign);
  ASSERT_TRUE(submission) << to_string(submission.error());
  auto numbers = client.reached_at_last();
  ASSERT_EQ(numbers.size(), list.members.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], list.members[i].number);
  if (is("smsup")) {
    EXPECT_EQ(submission->recipients, static_cast<std::int64_t>(list.members.size()));
  } else {
    EXPECT_FALSE(submission->recipients) << "nobody counted them";
  }
}

TEST_P(Create, SendsWhatPeopleRead) {
  auto const text = "Žluťoučký kůň & <b>\"žlutý\"</b> ]]> 🌷\nline {2}";
  SimulatedClient client{GetParam()};
  auto campaign = new_campaign(provider());
  campaign.text = text;
  auto const submission = client->create(campaign);
  ASSERT_TRUE(submission) << to_string(submission.error());
  client.advance(std::chrono::days{1});
  ASSERT_EQ(client.simulator().reached().size(), 3U);
  for (auto const& each : client.simulator().reached()) EXPECT_EQ(each.text, text);
}

TEST_P(Create, WorksWithoutAThreadThatWaits) {
  SimulatedClient client{GetParam()};
  auto const promise = std::make_shared<std::promise<Result<Submission>>>();
  client->start(CreateCampaign{.campaign = new_campaign(provider())}, {},
                [promise](Result<Submission> done) { promise->set_value(std::move(done)); });
  auto const submission = promise->get_future().get();
  ASSERT_TRUE(submission) << to_string(submission.error());
  EXPECT_TRUE(submission->id);
  EXPECT_EQ(submission->recipients, 3);
  EXPECT_EQ(client.reached_at_last(), three_numbers);
}

TEST_P(Create, RefusesBeforeAnyRequest) {
  SimulatedClient client{GetParam()};
  auto wrong = new_campaign(provider());
  wrong.recipients[2].number = "0601020306";
  auto past = new_campaign(provider());
  past.start_at = client.now() - 1h;
  auto option = new_campaign(provider());
  option.options = {{"no_such", "1"}};
  auto own = new_campaign(provider());
  own.recipients[0].text = "For you alone";
  for (auto const& campaign : {wrong, past, option, own}) {
    auto const planned = client->plan(campaign);
    auto const created = client->create(campaign);
    ASSERT_EQ(planned.has_value(), created.has_value());
    if (created) {
      EXPECT_TRUE(is("bsg")) << "only BSG sends texts of recipients' own";
      continue;
    }
    EXPECT_EQ(created.error().message, planned.error().message) << "in the same words";
    EXPECT_EQ(created.error().effect, Effect::none);
    EXPECT_EQ(created.error().attempts, 0);
    EXPECT_EQ(created.error().provider, provider());
    auto const promise = std::make_shared<std::promise<Error>>();
    client->start(CreateCampaign{.campaign = campaign}, {},
                  [promise](Result<Submission> const& done) { promise->set_value(done.error()); });
    EXPECT_EQ(promise->get_future().get().message, planned.error().message);
  }
  if (!is("bsg")) {
    EXPECT_TRUE(client.simulator().requests().empty());
  }
}

TEST_P(Create, SendsToANumberOnceAlthoughItIsGivenTwice) {
  SimulatedClient client{GetParam()};
  auto campaign = new_campaign(provider());
  campaign.recipients.push_back({.number = "+33-601-020-304"});
  auto const submission = client->create(campaign);
  ASSERT_TRUE(submission) << to_string(submission.error());
  EXPECT_EQ(submission->recipients, 3);
  EXPECT_TRUE(std::ranges::any_of(submission->notes, [](std::string const& note) {
    return note.find("1 recipient has a number that an earlier one has") != std::string::npos;
  }));
  EXPECT_EQ(client.reached_at_last(), three_numbers);
}

TEST_P(Create, FindsTheSendersOfTheAccount) {
  SimulatedClient client{GetParam()};
  auto const senders = client->senders();
  ASSERT_TRUE(senders) << to_string(senders.error());
  ASSERT_GE(senders->size(), 3U);
  for (auto const& sender : *senders) {
    EXPECT_EQ(sender.provider, provider());
    EXPECT_FALSE(sender.text.empty());
    EXPECT_NE(sender.status.code, SenderStatusCode::unknown) << sender.text;
  }
  // each active one can be used
  auto campaign = new_campaign(provider());
  campaign.sender = senders->front().text;
  EXPECT_TRUE(client->create(campaign));
}

TEST_P(Create, EstimatesWithoutCreating) {
  SimulatedClient client{GetParam()};
  auto const before = client.simulator().campaigns().size();
  auto campaign = new_campaign(provider());
  campaign.text = std::string(200, 'a');
  auto const estimate = client->estimate(campaign);
  ASSERT_TRUE(estimate) << to_string(estimate.error());
  EXPECT_EQ(estimate->provider, provider());
  EXPECT_EQ(estimate->recipients, 3);
  EXPECT_EQ(estimate->messages, 3);
  EXPECT_EQ(estimate->parts, 2);
  bool const priced = is("bsg") || is("smsup");
  EXPECT_EQ(estimate->counted_by, priced ? CountedBy::vendor : CountedBy::library);
  ASSERT_EQ(estimate->cost.has_value(), priced);
  if (is("bsg")) {
    EXPECT_EQ(*estimate->cost, (Cost{*Decimal::parse("0.3162528"), "USD", CostKind::estimate}));
    EXPECT_FALSE(estimate->filtered);
  }
  if (is("smsup")) {
    EXPECT_EQ(*estimate->cost, (Cost{*Decimal::parse("6"), "credits", CostKind::estimate}));
    EXPECT_EQ(estimate->filtered, 0);
  }
  EXPECT_EQ(client.simulator().campaigns().size(), before);
  EXPECT_TRUE(client.reached_at_last().empty());
}

TEST_P(Create, TellsTheBalanceWhereThereIsOne) {
  SimulatedClient client{GetParam()};
  auto const balance = client->balance();
  if (is("bsg")) {
    ASSERT_TRUE(balance) << to_string(balance.error());
    EXPECT_EQ(balance->amount.text(), "100000.0");
    EXPECT_EQ(balance->unit, "EUR");
    EXPECT_EQ(balance->credit_limit->text(), "125");
  } else if (is("smsup")) {
    ASSERT_TRUE(balance) << to_string(balance.error());
    EXPECT_EQ(balance->amount.text(), "100000");
    EXPECT_EQ(balance->unit, "credits");
    EXPECT_FALSE(balance->credit_limit);
  } else {
    ASSERT_FALSE(balance);
    EXPECT_EQ(balance.error().code, ErrorCode::unsupported);
    EXPECT_NE(balance.error().message.find("no page documents a balance"), std::string::npos);
    EXPECT_TRUE(client.simulator().requests().empty());
  }
}

TEST_P(Create, SaysWhatItCannotSay) {
  SimulatedClient client{GetParam()};
  auto campaign = new_campaign(provider());
  campaign.sender = is("yeastar") ? "+41799999999" : "Nobody";
  if (is("bsg")) {
    EXPECT_TRUE(client.simulator().set_switch("senders", "own"));
  }
  if (is("smsup")) return;  // takes any sender
  auto const submission = client->create(campaign);
  ASSERT_FALSE(submission);
  EXPECT_EQ(submission.error().code, ErrorCode::invalid_argument) << to_string(submission.error());
  EXPECT_EQ(submission.error().effect, Effect::none);
  EXPECT_EQ(submission.error().message.find("799999999"), std::string::npos);
  EXPECT_TRUE(client.reached_at_last().empty());
}

TEST_P(Create, PlansWithTheVendorsClock) {
  SimulatedClient client{GetParam()};
  auto campaign = new_campaign(provider());
  campaign.start_at = std::chrono::sys_days{std::chrono::year{2199} / 7 / 1} + 10h;
  if (is("bsg"))
    campaign.start_at = std::chrono::floor<std::chrono::days>(client.now()) + std::chrono::days{5};
  auto const plan = client->plan(campaign);
  ASSERT_TRUE(plan) << to_string(plan.error());
  EXPECT_EQ(plan->recipients, 3);
  EXPECT_TRUE(client.simulator().requests().empty());
  if (is("yeastar")) {
    EXPECT_EQ(plan->vendor_start, "") << "Unix times need no zone";
  }
  if (is("dexatel")) {
    EXPECT_EQ(plan->vendor_start, "2199-07-01 10:00:00");
  }
  if (is("smsup")) {
    EXPECT_EQ(plan->vendor_start, "2199-07-01 12:00:00") << "Paris";
  }
}

}  // namespace
}  // namespace polycampaign::test
