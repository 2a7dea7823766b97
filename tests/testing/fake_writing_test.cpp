#include "polycampaign/testing/fake_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Creating and changing campaigns with the client in memory.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::FakeCampaignClient;

NewCampaign campaign() {
  return {.name = "Sale",
          .sender = "ACME",
          .text = "Hello",
          .recipients = {{.number = "+33 601 020 304"}, {.number = "+33601020304"}}};
}

TEST(FakeWriting, CreatesWhatItWasGiven) {
  FakeCampaignClient fake;
  auto const submission = fake.create(campaign());
  ASSERT_TRUE(submission) << submission.error().message;
  EXPECT_EQ(submission->id, "created-1");
  EXPECT_EQ(submission->status.code, StatusCode::queued);
  EXPECT_EQ(submission->recipients, 1);
  EXPECT_EQ(submission->notes.size(), 1U) << "a number was given twice";
  ASSERT_EQ(fake.created().size(), 1U);
  EXPECT_EQ(fake.created()[0].recipients, (std::vector<Recipient>{{.number = "+33601020304"}}));
  auto const read = fake.get("created-1");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Sale");
  EXPECT_EQ(read->text, "Hello");
  EXPECT_EQ(read->statistics.recipients, 1);
  EXPECT_FALSE(read->statistics.delivered) << "nothing was sent";
  EXPECT_EQ(fake.calls(), (std::vector<std::string>{"create", "get created-1"}));
}

TEST(FakeWriting, RefusesWhatAPlanRefuses) {
  FakeCampaignClient fake;
  auto wrong = campaign();
  wrong.recipients[0].number = "0601020304";
  EXPECT_EQ(fake.create(wrong).error().message, fake.plan(wrong).error().message);
  EXPECT_EQ(fake.estimate(wrong).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(fake.created().empty());
}

TEST(FakeWriting, SchedulesChangesAndDeletes) {
  FakeCampaignClient fake;
  auto of = campaign();
  of.draft = true;
  auto const id = *fake.create(of)->id;
  EXPECT_EQ(fake.get(id)->status.code, StatusCode::draft);
  auto const start = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 48h;
  auto const changed = fake.update({.id = id, .name = "New", .text = "Bye", .start_at = start});
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed->status.code, StatusCode::scheduled);
  EXPECT_EQ(changed->name, "New");
  EXPECT_EQ(changed->text, "Bye");
  EXPECT_EQ(changed->scheduled_at->time, start);
  EXPECT_EQ(fake.update({.id = id}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fake.calls().back(), "update " + id);
  EXPECT_EQ(fake.cancel(id)->status.code, StatusCode::canceled);
  EXPECT_EQ(fake.cancel(id).error().code, ErrorCode::conflict);
  EXPECT_EQ(fake.update({.id = id, .name = "x"}).error().code, ErrorCode::conflict);
  EXPECT_EQ(fake.retry(id)->status.code, StatusCode::retrying);
  EXPECT_EQ(fake.retry(id).error().code, ErrorCode::conflict);
  EXPECT_TRUE(fake.remove(id));
  EXPECT_EQ(fake.remove(id).error().code, ErrorCode::not_found);
  EXPECT_EQ(fake.cancel(id).error().code, ErrorCode::not_found);
}

TEST(FakeWriting, KnowsWhatTheTestSays) {
  FakeCampaignClient fake;
  EXPECT_EQ(fake.balance().error().code, ErrorCode::unsupported);
  fake.set_balance({.amount = *Decimal::parse("-1.50"), .unit = "EUR"});
  EXPECT_EQ(fake.balance()->amount.text(), "-1.50");
  EXPECT_TRUE(fake.senders()->empty());
  fake.set_senders({{.text = "ACME"}});
  EXPECT_EQ(fake.senders()->at(0).text, "ACME");
  EXPECT_EQ(fake.estimate(campaign())->messages, 1);
  fake.fail_next({.code = ErrorCode::network, .effect = Effect::unknown});
  EXPECT_EQ(fake.create(campaign()).error().effect, Effect::unknown);
  EXPECT_TRUE(fake.created().empty());
}

TEST(FakeWriting, HandlersAnswerInsteadOfIt) {
  FakeCampaignClient fake;
  fake.on<CreateCampaign>([](CreateCampaign const& create) -> Result<Submission> {
    return Submission{.id = "by handler: " + create.campaign.name};
  });
  EXPECT_EQ(fake.create(campaign())->id, "by handler: Sale");
  EXPECT_TRUE(fake.created().empty());
}

}  // namespace
}  // namespace polycampaign::test
