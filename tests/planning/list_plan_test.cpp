#include "polycampaign/plan.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Numbers and names of recipient lists, before any request.
namespace polycampaign {
namespace {

constexpr OperationSupport list_operations[] = {{CreateRecipientList::operation, Support::native, "Lists"},
                                                {AddRecipients::operation, Support::native, "Lists"}};

Capabilities vendor_with(RecipientListRules rules) {
  Capabilities c{.provider = "vendor", .operations = list_operations};
  c.lists = rules;
  return c;
}

template <class Op>
void expect_refusal(Capabilities const& capabilities, Op operation, std::string_view words) {
  auto const result = normalized(capabilities, std::move(operation));
  ASSERT_FALSE(result) << words;
  EXPECT_EQ(result.error().code, ErrorCode::invalid_argument) << words;
  EXPECT_EQ(result.error().effect, Effect::none);
  EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
}

TEST(ListPlan, WritesNumbersInE164EachOnce) {
  auto const add =
      normalized(vendor_with({}), AddRecipients{"7", {"+33 601-020-304", "+33601020305", "+33601020304"}});
  ASSERT_TRUE(add) << add.error().message;
  EXPECT_EQ(add->numbers, (std::vector<std::string>{"+33601020304", "+33601020305"}));
  EXPECT_EQ(add->list, "7");
  auto const create = normalized(vendor_with({}), CreateRecipientList{"Friends", {"+33 601 020 304"}});
  ASSERT_TRUE(create);
  EXPECT_EQ(create->numbers, std::vector<std::string>{"+33601020304"});
  EXPECT_EQ(create->name, "Friends");
}

TEST(ListPlan, NamesTheIndexAndNeverTheNumber) {
  auto const result =
      normalized(vendor_with({}), AddRecipients{"7", {"+33601020304", "+33601020304", "0601020305"}});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("numbers[2]"), std::string::npos) << "of what the caller gave";
  EXPECT_EQ(result.error().message.find("601020305"), std::string::npos);
}

TEST(ListPlan, RefusesWhatHasNothingToAdd) {
  expect_refusal(vendor_with({}), AddRecipients{"", {"+33601020304"}}, "list:");
  expect_refusal(vendor_with({}), AddRecipients{"7", {}}, "nothing to add");
  expect_refusal(vendor_with({.needs_numbers = true}), CreateRecipientList{"Friends", {}},
                 "with a first number");
  EXPECT_TRUE(normalized(vendor_with({}), CreateRecipientList{"Friends", {}})) << "an empty list";
}

TEST(ListPlan, CountsDifferentNumbers) {
  auto const two = vendor_with({.numbers = {.most = 2, .evidence = "Lists"}});
  EXPECT_TRUE(normalized(two, AddRecipients{"7", {"+33601020304", "+33601020305", "+33601020304"}}));
  expect_refusal(two, AddRecipients{"7", {"+33601020304", "+33601020305", "+33601020306"}},
                 "RecipientUpload");
  expect_refusal(two, CreateRecipientList{"F", {"+33601020304", "+33601020305", "+33601020306"}}, "takes 2");
}

TEST(ListPlan, ChecksNames) {
  expect_refusal(vendor_with({}), CreateRecipientList{"", {}}, "at least 1 character");
  expect_refusal(vendor_with({.least_name = 3}), CreateRecipientList{"ab", {}}, "at least 3 characters");
  auto const short_name = vendor_with({.name = {.most = 3, .evidence = "Lists"}});
  EXPECT_TRUE(normalized(short_name, CreateRecipientList{"\xC3\xA9\xC3\xA9\xC3\xA9", {}}))
      << "characters, not bytes";
  expect_refusal(short_name, CreateRecipientList{"abcd", {}}, "at most 3");
  auto const plain = vendor_with({.plain_name = true});
  EXPECT_TRUE(normalized(plain, CreateRecipientList{"Friends-7_b", {}}));
  for (auto const* const odd : {"a b", "caf\xC3\xA9", "a.b"})
    expect_refusal(plain, CreateRecipientList{odd, {}}, "only letters, digits");
}

TEST(ListPlan, IsUnsupportedWithoutTheOperation) {
  Capabilities const none{.provider = "vendor"};
  EXPECT_EQ(normalized(none, CreateRecipientList{"Friends", {}}).error().code, ErrorCode::unsupported);
  EXPECT_EQ(normalized(none, AddRecipients{"7", {"bad"}}).error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace polycampaign
