#include "polycampaign/phone_number.hpp"

#include <gtest/gtest.h>

#include <string>

namespace polycampaign {
namespace {

TEST(PhoneNumber, RemovesWhatPeoplePutBetweenDigits) {
  for (std::string const text :
       {"+33601020304", "+33 6 01 02 03 04", "+33-601-020-304", "+33.601.020.304", " +33 (601) 020304 ",
        "+33/601/020304", "+33\u00A0601\u202F020\u2011304", "+33 6\u201301\u201302\u20130304"}) {
    auto const number = to_e164(text);
    ASSERT_TRUE(number) << text << ": " << number.error().message;
    EXPECT_EQ(*number, "+33601020304") << text;
  }
  EXPECT_EQ(to_e164("+2907123").value(), "+2907123");
  EXPECT_EQ(to_e164("+123456789012345").value(), "+123456789012345");
}

TEST(PhoneNumber, RefusesWhatItWouldHaveToGuess) {
  struct {
    std::string number;
    std::string why;
  } const cases[] = {
      {"", "empty"},
      {"  ", "empty"},
      {"33601020304", "must begin with +"},
      {"0033601020304", "must begin with +"},
      {"+41 (0) 781234567", "(0)"},
      {"+41 (0)781234567", "(0)"},
      {"+0123456789", "begins with 0"},
      {"+336o1020304", "no digit"},
      {"+33601020304;ext=4", "no digit"},
      {"++33601020304", "no digit"},
      {"+123456", "fewer than 7"},
      {"+1234567890123456", "more than 15"},
      {"+٣٣٦٠١٠٢٠٣٠٤", "no digit"},
  };
  for (auto const& one : cases) {
    auto const number = to_e164(one.number);
    ASSERT_FALSE(number) << one.number;
    EXPECT_EQ(number.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(number.error().message.find(one.why), std::string::npos)
        << one.number << ": " << number.error().message;
    EXPECT_EQ(number.error().message.find("601020304"), std::string::npos) << "no number may leak";
  }
}

}  // namespace
}  // namespace polycampaign
