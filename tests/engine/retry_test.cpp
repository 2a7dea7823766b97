#include "engine/retry.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using engine::decide_retry;
using engine::RetryBudget;

constexpr Action actions[] = {Action::read, Action::idempotent_write, Action::write, Action::sends};

bool repeatable(Action action) {
  return action == Action::read || action == Action::idempotent_write;
}

std::vector<ErrorCode> all_codes() {
  std::vector<ErrorCode> codes;
  for (int i = 0; i <= static_cast<int>(ErrorCode::configuration); ++i)
    codes.push_back(static_cast<ErrorCode>(i));
  return codes;
}

TEST(Retry, OnlyWhatMayPassAndCannotDoHarmGoesAgain) {
  for (auto const action : actions)
    for (auto const code : all_codes())
      for (auto const effect : {Effect::none, Effect::unknown})
        for (auto const transient : {false, true}) {
          Error const error{.code = code, .effect = effect, .transient = transient};
          auto const decision = decide_retry({}, {.action = action, .error = error});
          auto const passing = code == ErrorCode::network || code == ErrorCode::unavailable ||
                               code == ErrorCode::rate_limited ||
                               (code == ErrorCode::deadline_exceeded && transient);
          auto const harmless = repeatable(action) || effect == Effect::none;
          EXPECT_EQ(decision.wait.has_value(), passing && harmless)
              << static_cast<int>(action) << ' ' << to_string(code) << ' ' << to_string(effect);
          EXPECT_EQ(decision.reason.empty(), decision.wait.has_value());
        }
}

struct Row {
  char const* what;
  RetryPolicy policy{};
  int attempt = 1;
  double random = 1.0;
  std::optional<std::chrono::milliseconds> retry_after{};
  std::optional<std::chrono::nanoseconds> remaining{};
  int budget = RetryBudget::full;
  std::optional<std::chrono::nanoseconds> wait{};

  friend void PrintTo(Row const& row, std::ostream* out) { *out << row.what; }
};

class RetryTable : public ::testing::TestWithParam<Row> {};

TEST_P(RetryTable, Decides) {
  auto const& row = GetParam();
  Error const error{.code = ErrorCode::unavailable, .retry_after = row.retry_after};
  auto const decision = decide_retry(row.policy, {.action = Action::read,
                                                  .error = error,
                                                  .attempt = row.attempt,
                                                  .random = row.random,
                                                  .remaining = row.remaining,
                                                  .budget = {.tokens = row.budget}});
  EXPECT_EQ(decision.wait, row.wait) << decision.reason;
}

constexpr RetryPolicy many{.max_attempts = 100};

INSTANTIATE_TEST_SUITE_P(
    All, RetryTable,
    ::testing::Values(
        Row{.what = "first wait", .wait = 250ms}, Row{.what = "full jitter", .random = 0.5, .wait = 125ms},
        Row{.what = "no wait at all", .random = 0, .wait = 0ms},
        Row{.what = "second wait", .attempt = 2, .wait = 500ms},
        Row{.what = "no attempts left", .attempt = 3},
        Row{.what = "never again", .policy = RetryPolicy::none()},
        Row{.what = "sixth wait", .policy = many, .attempt = 6, .wait = 8s},
        Row{.what = "capped", .policy = many, .attempt = 60, .wait = 20s},
        Row{.what = "capped and jittered", .policy = many, .attempt = 60, .random = 0.25, .wait = 5s},
        Row{.what = "constant", .policy = {.max_attempts = 100, .factor = 1}, .attempt = 50, .wait = 250ms},
        Row{.what = "vendor's wait", .retry_after = 7s, .wait = 7s},
        Row{.what = "vendor's wait is shorter", .retry_after = 10ms, .wait = 250ms},
        Row{.what = "vendor names no wait", .random = 0, .retry_after = 0ms, .wait = 0ms},
        Row{.what = "longest vendor's wait", .retry_after = 60s, .wait = 60s},
        Row{.what = "too long a vendor's wait", .retry_after = 60'001ms},
        Row{.what = "deadline later", .remaining = 251ms, .wait = 250ms},
        Row{.what = "deadline at the same time", .remaining = 250ms},
        Row{.what = "deadline past", .random = 0, .remaining = -1ms},
        Row{.what = "deadline before the vendor's wait", .retry_after = 7s, .remaining = 5s},
        Row{.what = "last of the budget", .budget = RetryBudget::cost, .wait = 250ms},
        Row{.what = "budget spent", .budget = RetryBudget::cost - 1}),
    [](auto const& test) {
      std::string name = test.param.what;
      for (auto& c : name)
        if (c == ' ' || c == '\'') c = '_';
      return name;
    });

TEST(Retry, WhatIsRefusedForItsRateGoesAgainForATime) {
  struct Limited {
    char const* what;
    RetryPolicy policy{};
    std::optional<std::chrono::milliseconds> retry_after{};
    std::chrono::nanoseconds held{};
    std::chrono::nanoseconds limited_for{};
    std::optional<std::chrono::nanoseconds> remaining{};
    std::optional<std::chrono::nanoseconds> wait{};
  };
  for (auto const& row : {
           Limited{.what = "as long as the client is held", .held = 4s, .wait = 4s},
           Limited{.what = "nobody is held", .wait = 0s},
           Limited{.what = "the vendor's wait", .retry_after = 7s, .held = 4s, .wait = 7s},
           Limited{.what = "too long a wait", .retry_after = 61s},
           Limited{.what = "within its patience", .held = 60s, .limited_for = 60s, .wait = 60s},
           Limited{.what = "out of patience", .held = 60s, .limited_for = 61s},
           Limited{.what = "within the deadline", .held = 4s, .remaining = 5s, .wait = 4s},
           Limited{.what = "the deadline would pass", .held = 4s, .remaining = 4s},
           Limited{.what = "one request only", .policy = {.max_attempts = 1}},
           Limited{.what = "never again", .policy = RetryPolicy::none()},
       })
    for (auto const action : actions)
      for (auto const effect : {Effect::none, Effect::unknown}) {
        Error const error{.code = ErrorCode::rate_limited, .effect = effect, .retry_after = row.retry_after};
        auto const decision = decide_retry(row.policy, {.action = action,
                                                        .error = error,
                                                        .attempt = 50,
                                                        .random = 1,
                                                        .remaining = row.remaining,
                                                        .budget = {.tokens = 0},
                                                        .held = row.held,
                                                        .limited_for = row.limited_for});
        auto const harmless = repeatable(action) || effect == Effect::none;
        EXPECT_EQ(decision.wait, harmless ? row.wait : std::nullopt) << row.what;
        EXPECT_EQ(decision.limited, decision.wait.has_value());
        EXPECT_EQ(decision.reason.empty(), decision.wait.has_value());
      }
}

TEST(Retry, WithoutPatienceARefusalForTheRateIsAsAnyOther) {
  Error const error{.code = ErrorCode::rate_limited};
  RetryPolicy const policy{.rate_limit_patience = 0ms};
  EXPECT_EQ(decide_retry(policy, {.action = Action::read, .error = error, .random = 1}).wait, 250ms);
  EXPECT_FALSE(decide_retry(policy, {.action = Action::read, .error = error, .attempt = 3}).wait);
}

TEST(Retry, BudgetIsPaidBackBySuccessesUpToItsSize) {
  RetryBudget budget;
  budget.succeeded();
  EXPECT_EQ(budget.tokens, RetryBudget::full);
  while (budget.covers_retry()) budget.retried();
  EXPECT_GE(budget.tokens, 0);
  for (int i = 0; i < RetryBudget::cost; ++i) budget.succeeded();
  EXPECT_TRUE(budget.covers_retry());
}

}  // namespace
}  // namespace polycampaign::test
