#include "polycampaign/cost.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace polycampaign {
namespace {

struct DecimalRow {
  std::string_view given;
  std::string_view expected;  // empty: refused
};

class DecimalTest : public testing::TestWithParam<DecimalRow> {};

TEST_P(DecimalTest, ReadsExactlyOrNotAtAll) {
  auto const decimal = Decimal::parse(GetParam().given);
  ASSERT_EQ(decimal.has_value(), !GetParam().expected.empty()) << GetParam().given;
  if (decimal) {
    EXPECT_EQ(decimal->text(), GetParam().expected) << GetParam().given;
  }
}

INSTANTIATE_TEST_SUITE_P(AsWritten, DecimalTest,
                         testing::Values(DecimalRow{"0", "0"}, DecimalRow{"0.16", "0.16"},
                                         DecimalRow{"0.3000000", "0.3000000"},
                                         DecimalRow{"35,0987645", "35.0987645"}, DecimalRow{"-3", "-3"},
                                         DecimalRow{"-0", "-0"}, DecimalRow{"-0.00", "-0.00"},
                                         DecimalRow{"007.50", "007.50"}, DecimalRow{"1,234", "1.234"},
                                         DecimalRow{" \t12.5\r\n", "12.5"},
                                         DecimalRow{"99999999999999999999999999999.000000000000000000001",
                                                    "99999999999999999999999999999.000000000000000000001"}));

INSTANTIATE_TEST_SUITE_P(
    Exponents, DecimalTest,
    testing::Values(DecimalRow{"1.5e-3", "0.0015"}, DecimalRow{"1e3", "1000"}, DecimalRow{"1E+3", "1000"},
                    DecimalRow{"1.50e1", "15.0"}, DecimalRow{"1.5e1", "15"}, DecimalRow{"1.5e0", "1.5"},
                    DecimalRow{"1.25e1", "12.5"}, DecimalRow{"15e-1", "1.5"}, DecimalRow{"15e-2", "0.15"},
                    DecimalRow{"-15e-3", "-0.015"}, DecimalRow{"0e3", "0"}, DecimalRow{"0.0e1", "0"},
                    DecimalRow{"0.10e2", "10"}, DecimalRow{"0.001e2", "0.1"}, DecimalRow{"0e-2", "0.00"},
                    DecimalRow{"1,5e3", "1500"}, DecimalRow{"1e0000000000000000000003", "1000"},
                    DecimalRow{"1e64",
                               "1"
                               "0000000000000000000000000000000000000000000000000000000000000000"},
                    DecimalRow{"1e-64",
                               "0."
                               "000000000000000000000000000000000000000000000000000000000"
                               "0000001"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, DecimalTest,
    testing::Values(DecimalRow{"", ""}, DecimalRow{"   ", ""}, DecimalRow{"-", ""}, DecimalRow{"+3", ""},
                    DecimalRow{".5", ""}, DecimalRow{"5.", ""}, DecimalRow{"5,", ""}, DecimalRow{",5", ""},
                    DecimalRow{".", ""}, DecimalRow{"1,234.56", ""}, DecimalRow{"1.234,56", ""},
                    DecimalRow{"1.2.3", ""}, DecimalRow{"1,2,3", ""}, DecimalRow{"1 000", ""},
                    DecimalRow{"1'000", ""}, DecimalRow{"--1", ""}, DecimalRow{"1e", ""},
                    DecimalRow{"1e+", ""}, DecimalRow{"1e-+2", ""}, DecimalRow{"1e+-2", ""},
                    DecimalRow{"1e65", ""}, DecimalRow{"1e-65", ""}, DecimalRow{"1e99999999999999999999", ""},
                    DecimalRow{"1e1.5", ""}, DecimalRow{"e5", ""}, DecimalRow{"0x10", ""},
                    DecimalRow{"NaN", ""}, DecimalRow{"inf", ""}, DecimalRow{"12 EUR", ""},
                    DecimalRow{"$5", ""}, DecimalRow{"1-", ""}, DecimalRow{std::string_view{"1\0", 2}, ""}));

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
