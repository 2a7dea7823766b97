#include "polycampaign/capabilities.hpp"

#include "polycampaign/operations.hpp"

#include <gtest/gtest.h>

#include <set>
#include <span>
#include <string_view>

namespace polycampaign {
namespace {

constexpr OperationSupport operations[] = {{ListCampaigns::operation, Support::native, "page 3"}};
constexpr FilterSupport filters[] = {{Filter::since, Support::emulated, {}},
                                     {Filter::search, Support::unverified, {}}};
constexpr FieldSupport fields[] = {{Field::text, Support::unsupported, Support::native, {}},
                                   {Field::cost, Support::native, Support::unverified, {}}};
constexpr Capabilities capabilities{
    .provider = "x", .display_name = "X", .operations = operations, .filters = filters, .fields = fields};

TEST(Capabilities, AnswersFromTheTables) {
  EXPECT_EQ(capabilities.support(ListCampaigns::operation), Support::native);
  EXPECT_EQ(capabilities.support(Filter::since), Support::emulated);
  EXPECT_EQ(capabilities.support(Filter::search), Support::unverified);
  EXPECT_EQ(capabilities.in_list(Field::text), Support::unsupported);
  EXPECT_EQ(capabilities.in_detail(Field::text), Support::native);
  EXPECT_EQ(capabilities.in_list(Field::cost), Support::native);
  EXPECT_EQ(capabilities.in_detail(Field::cost), Support::unverified);
}

TEST(Capabilities, WhatIsNotInTheTablesIsUnsupported) {
  EXPECT_EQ(capabilities.support(GetCampaign::operation), Support::unsupported);
  EXPECT_EQ(capabilities.support(Filter::sort), Support::unsupported);
  EXPECT_EQ(capabilities.in_list(Field::clicks), Support::unsupported);
  EXPECT_EQ(capabilities.in_detail(Field::clicks), Support::unsupported);
}

template <class Enum>
std::set<std::string_view> names(std::span<Enum const> values) {
  std::set<std::string_view> all;
  for (auto const value : values) all.insert(to_string(value));
  return all;
}

/// The compiler refuses a `to_string` that leaves out an enumerator; here, that the lists stop at none.
TEST(Capabilities, ListsHaveEveryValueWithAnOwnName) {
  EXPECT_EQ(names(all_filters()).size(), all_filters().size());
  EXPECT_EQ(names(all_fields()).size(), all_fields().size());
  EXPECT_EQ(to_string(static_cast<Filter>(all_filters().size())), "unknown");
  EXPECT_EQ(to_string(static_cast<Field>(all_fields().size())), "unknown");
  EXPECT_EQ(all_filters().back(), Filter::sort);
  EXPECT_EQ(all_fields().back(), Field::clicks);
  EXPECT_EQ(to_string(Field::opt_outs), "opt_outs");
  EXPECT_EQ(to_string(Filter::planned_since), "planned_since");
  EXPECT_EQ(to_string(Support::emulated), "emulated");
}

TEST(Counters, AreTheFieldsBehindThoseOfACampaignEachOnce) {
  Statistics statistics;
  std::int64_t value = 0;
  for (auto const& [field, counter] : all_counters()) {
    EXPECT_FALSE(statistics.*counter) << to_string(field) << " stands there twice";
    statistics.*counter = ++value;
  }
  EXPECT_EQ(static_cast<std::size_t>(value),
            all_fields().size() - static_cast<std::size_t>(Field::recipients));
  EXPECT_EQ(all_counters().front().field, Field::recipients);
  EXPECT_EQ(statistics.recipients, 1);
  EXPECT_EQ(statistics.submitted, 4);
  EXPECT_EQ(statistics.clicks, value);
}

TEST(Capabilities, OperationsHaveDistinctNames) {
  std::set<std::string_view> names;
  for (auto const operation : all_operations()) names.insert(operation.name);
  EXPECT_EQ(names.size(), all_operations().size());
  EXPECT_TRUE(names.contains("log_in"));
}

TEST(Capabilities, UnsupportedNamesTheOperationAndTheReason) {
  static constexpr OperationSupport rows[] = {
      {GetCampaign::operation, Support::unsupported, "no page of the vendor shows one campaign"}};
  Capabilities const none{.provider = "x", .display_name = "X", .operations = rows};
  auto const error = unsupported(none, GetCampaign::operation);
  EXPECT_EQ(error.code, ErrorCode::unsupported);
  EXPECT_EQ(error.provider, "x");
  EXPECT_EQ(error.message, "X does not support `get`: no page of the vendor shows one campaign");
  EXPECT_EQ(unsupported(none, ListCampaigns::operation).message, "X does not support `list`");
}

}  // namespace
}  // namespace polycampaign
