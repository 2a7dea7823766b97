#include "client/preparation.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/yeastar.hpp"

#include "engine/fake_clock.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <tuple>

/// What happens to an operation before its first request, and to its answer.
namespace polycampaign::client {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<Adapter const> bsg() {
  return bsg::make_adapter({.api_key = Secret{"live_k"}}).value();
}
std::shared_ptr<Adapter const> dexatel() {
  return dexatel::make_adapter({.api_key = Secret{"key"}}).value();
}

NewCampaign campaign() {
  return {.sender = "ACME",
          .text = "Hello",
          .recipients = {{.number = "+33 601 020 304"}, {.number = "+33601020304"}}};
}

template <class Op>
Result<Preparation> prepare(Op operation, Adapter const& adapter) {
  runtime::Clock clock;
  return Preparation::of(AnyOperation{std::move(operation)}, adapter, clock);
}

TEST(Preparation, NormalizesACampaignAndChoosesAToken) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    auto const prepared = prepare(CreateCampaign{.campaign = campaign()}, *bsg());
    ASSERT_TRUE(prepared) << prepared.error().message;
    auto const* const create = prepared->operation().as<CreateCampaign>();
    ASSERT_EQ(create->campaign.recipients.size(), 1U);
    EXPECT_EQ(create->campaign.recipients[0].number, "+33601020304");
    EXPECT_EQ(create->token.size(), 12U);
    EXPECT_EQ(create->token.find_first_not_of("abcdefghjkmnpqrstuvwxyz23456789"), std::string::npos);
    tokens.insert(create->token);
  }
  EXPECT_EQ(tokens.size(), 100U);
  EXPECT_EQ(prepare(CreateCampaign{.campaign = campaign(), .token = "mine"}, *bsg())
                ->operation()
                .as<CreateCampaign>()
                ->token,
            "mine");
  for (auto const& bad : {std::string{"a b"}, std::string{"a/b"}, std::string(25, 'a')})
    EXPECT_EQ(prepare(CreateCampaign{.campaign = campaign(), .token = bad}, *bsg()).error().code,
              ErrorCode::invalid_argument);
}

TEST(Preparation, RefusesMoreThanOneCampaign) {
  auto of = campaign();
  of.recipients.clear();
  for (int i = 0; i < 10'001; ++i)
    of.recipients.push_back({.number = "+33601" + std::to_string(100'000 + i)});
  auto const prepared = prepare(CreateCampaign{.campaign = of}, *bsg());
  ASSERT_FALSE(prepared);
  EXPECT_NE(prepared.error().message.find("takes 2 campaigns"), std::string::npos)
      << prepared.error().message;
  EXPECT_EQ(plan_for(*bsg(), of, {})->campaigns, 2);
}

TEST(Preparation, AsksTheAdapterToo) {
  auto of = campaign();
  of.recipients[0].reference = "not-allowed";
  EXPECT_NE(prepare(CreateCampaign{.campaign = of}, *bsg()).error().message.find("only letters and digits"),
            std::string::npos);
  EXPECT_FALSE(prepare(EstimateCampaign{of}, *bsg()));
}

TEST(Preparation, LeavesOtherOperationsAlone) {
  EXPECT_TRUE(prepare(GetCampaign{"7"}, *bsg()));
  EXPECT_TRUE(prepare(UpdateCampaign{.id = "7"}, *bsg())) << "unsupported: the adapter says so";
  EXPECT_FALSE(prepare(UpdateCampaign{.id = "7"}, *dexatel()));
}

TEST(Preparation, CompletesTheAnswer) {
  auto of = campaign();
  of.start_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 48h;
  auto const prepared = prepare(CreateCampaign{.campaign = of}, *dexatel());
  ASSERT_TRUE(prepared) << prepared.error().message;
  auto const answer = std::make_shared<Submission>();
  prepared->complete(answer);
  EXPECT_EQ(answer->recipients, 1);
  ASSERT_TRUE(answer->scheduled_at);
  EXPECT_EQ(answer->scheduled_at->time, *of.start_at);
  EXPECT_EQ(answer->scheduled_at->zone, ZoneBasis::assumed);
  EXPECT_EQ(answer->notes.size(), 2U) << "a duplicate, and a zone that is assumed";
  auto const counted = std::make_shared<Submission>();
  counted->recipients = 5;
  prepared->complete(counted);
  EXPECT_EQ(counted->recipients, 5) << "the vendor's own count stays";
}

TEST(Preparation, CountsTheDuplicatesThatItLeftOut) {
  auto const prepared =
      prepare(AddRecipients{.list = "7", .numbers = {"+33601020304", "+33601020304"}}, *bsg());
  ASSERT_TRUE(prepared) << prepared.error().message;
  for (auto const& [reported, duplicates, notes] :
       {std::tuple{Count{2}, Count{3}, 1U},
        {Count{}, Count{}, 1U},
        {Count{std::numeric_limits<std::int64_t>::max()}, Count{}, 2U}}) {
    auto const answer = std::make_shared<ListAddition>();
    answer->duplicates = reported;
    prepared->complete(answer);
    EXPECT_EQ(answer->duplicates, duplicates);
    EXPECT_EQ(answer->notes.size(), notes);
  }
}

}  // namespace
}  // namespace polycampaign::client
