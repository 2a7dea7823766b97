#include "polycampaign/cost.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace polycampaign {
namespace {

struct Row {
  std::string_view given;
  std::string_view expected;  // empty: refused
};

class DecimalTest : public testing::TestWithParam<Row> {};

TEST_P(DecimalTest, ReadsExactlyOrNotAtAll) {
  auto const decimal = Decimal::parse(GetParam().given);
  ASSERT_EQ(decimal.has_value(), !GetParam().expected.empty()) << GetParam().given;
  if (decimal) {
    EXPECT_EQ(decimal->text(), GetParam().expected) << GetParam().given;
  }
}

INSTANTIATE_TEST_SUITE_P(AsWritten, DecimalTest,
                         testing::Values(Row{"0", "0"}, Row{"0.16", "0.16"}, Row{"0.3000000", "0.3000000"},
                                         Row{"35,0987645", "35.0987645"}, Row{"-3", "-3"}, Row{"-0", "-0"},
                                         Row{"-0.00", "-0.00"}, Row{"007.50", "007.50"},
                                         Row{"1,234", "1.234"}, Row{" \t12.5\r\n", "12.5"},
                                         Row{"99999999999999999999999999999.000000000000000000001",
                                             "99999999999999999999999999999.000000000000000000001"}));

INSTANTIATE_TEST_SUITE_P(
    Exponents, DecimalTest,
    testing::Values(Row{"1.5e-3", "0.0015"}, Row{"1e3", "1000"}, Row{"1E+3", "1000"}, Row{"1.50e1", "15.0"},
                    Row{"1.5e1", "15"}, Row{"1.5e0", "1.5"}, Row{"1.25e1", "12.5"}, Row{"15e-1", "1.5"},
                    Row{"15e-2", "0.15"}, Row{"-15e-3", "-0.015"}, Row{"0e3", "0"}, Row{"0.0e1", "0"},
                    Row{"0.10e2", "10"}, Row{"0.001e2", "0.1"}, Row{"0e-2", "0.00"}, Row{"1,5e3", "1500"},
                    Row{"1e0000000000000000000003", "1000"},
                    Row{"1e64",
                        "1"
                        "0000000000000000000000000000000000000000000000000000000000000000"},
                    Row{"1e-64",
                        "0."
                        "000000000000000000000000000000000000000000000000000000000"
                        "0000001"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, DecimalTest,
    testing::Values(Row{"", ""}, Row{"   ", ""}, Row{"-", ""}, Row{"+3", ""}, Row{".5", ""}, Row{"5.", ""},
                    Row{"5,", ""}, Row{",5", ""}, Row{".", ""}, Row{"1,234.56", ""}, Row{"1.234,56", ""},
                    Row{"1.2.3", ""}, Row{"1,2,3", ""}, Row{"1 000", ""}, Row{"1'000", ""}, Row{"--1", ""},
                    Row{"1e", ""}, Row{"1e+", ""}, Row{"1e-+2", ""}, Row{"1e+-2", ""}, Row{"1e65", ""},
                    Row{"1e-65", ""}, Row{"1e99999999999999999999", ""}, Row{"1e1.5", ""}, Row{"e5", ""},
                    Row{"0x10", ""}, Row{"NaN", ""}, Row{"inf", ""}, Row{"12 EUR", ""}, Row{"$5", ""},
                    Row{"1-", ""}, Row{std::string_view{"1\0", 2}, ""}));

TEST(Decimal, IsZeroOnlyWithoutAnyOtherDigit) {
  EXPECT_TRUE(Decimal{}.is_zero());
  for (auto const* text : {"0", "-0", "0.000", "0e10", "-0,0"})
    EXPECT_TRUE(Decimal::parse(text)->is_zero()) << text;
  for (auto const* text : {"1", "-1", "0.0001", "1e-64", "10"})
    EXPECT_FALSE(Decimal::parse(text)->is_zero()) << text;
}

TEST(Decimal, ComparesTheSpelling) {
  EXPECT_EQ(Decimal::parse("0,3"), Decimal::parse("0.3"));
  EXPECT_NE(Decimal::parse("0.3"), Decimal::parse("0.30"));
  EXPECT_EQ(Decimal{}.text(), "0");
}

TEST(CostKind, HasNames) {
  EXPECT_EQ(to_string(CostKind::estimate), "estimate");
  EXPECT_EQ(to_string(CostKind::billed), "billed");
}

}  // namespace
}  // namespace polycampaign
