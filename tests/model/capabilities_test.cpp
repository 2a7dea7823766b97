#include "polycampaign/capabilities.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace polycampaign {
namespace {

constexpr OperationSupport operations[] = {{Operation::list, Support::native, "page 3"}};
constexpr FilterSupport filters[] = {{Filter::since, Support::emulated, {}},
                                     {Filter::search, Support::unverified, {}}};
constexpr FieldSupport fields[] = {{Field::text, Support::unsupported, Support::native, {}},
                                   {Field::cost, Support::native, Support::unverified, {}}};
constexpr Capabilities capabilities{
    .provider = "x", .display_name = "X", .operations = operations, .filters = filters, .fields = fields};

TEST(Capabilities, AnswersFromTheTables) {
  EXPECT_EQ(capabilities.support(Operation::list), Support::native);
  EXPECT_EQ(capabilities.support(Filter::since), Support::emulated);
  EXPECT_EQ(capabilities.support(Filter::search), Support::unverified);
  EXPECT_EQ(capabilities.in_list(Field::text), Support::unsupported);
  EXPECT_EQ(capabilities.in_detail(Field::text), Support::native);
  EXPECT_EQ(capabilities.in_list(Field::cost), Support::native);
  EXPECT_EQ(capabilities.in_detail(Field::cost), Support::unverified);
}

TEST(Capabilities, WhatIsNotInTheTablesIsUnsupported) {
  EXPECT_EQ(capabilities.support(Operation::get), Support::unsupported);
  EXPECT_EQ(capabilities.support(Filter::sort), Support::unsupported);
  EXPECT_EQ(capabilities.in_list(Field::clicks), Support::unsupported);
  EXPECT_EQ(capabilities.in_detail(Field::clicks), Support::unsupported);
}

template <class Enum>
std::set<std::string_view> names(Enum last) {
  std::set<std::string_view> all;
  for (int i = 0; i <= static_cast<int>(last); ++i) all.insert(to_string(static_cast<Enum>(i)));
  return all;
}

TEST(Capabilities, NamesAreDistinct) {
  EXPECT_EQ(names(Support::unverified).size(), 4U);
  EXPECT_EQ(names(Operation::revoke).size(), 5U);
  EXPECT_EQ(names(Filter::sort).size(), 11U);
  EXPECT_EQ(names(Field::clicks).size(), 27U);
  EXPECT_FALSE(names(Field::clicks).contains("unknown"));
  EXPECT_EQ(to_string(Field::opt_outs), "opt_outs");
  EXPECT_EQ(to_string(Filter::planned_since), "planned_since");
  EXPECT_EQ(to_string(Operation::log_in), "log_in");
  EXPECT_EQ(to_string(Support::emulated), "emulated");
}

}  // namespace
}  // namespace polycampaign
