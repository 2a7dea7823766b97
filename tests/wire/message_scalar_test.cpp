#include "wire/scalar.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The readers of a message's status and number.
namespace polycampaign::wire {
namespace {

constexpr protocol::MessageStatusWord message_words[] = {{"DELIVRD", MessageStatusCode::delivered},
                                                         {"not delivered", MessageStatusCode::undelivered},
                                                         {"7", MessageStatusCode::expired}};

class MessageScalar : public testing::Test {
 protected:
  MessageStatus status(Scalar const& value) {
    return protocol::read_message_status(value, message_words, "f", notes);
  }
  std::optional<std::string> number(Scalar const& value) { return protocol::read_number(value, "f", notes); }
  std::optional<std::string> number(std::string_view value) {
    return number(Scalar{.kind = Scalar::Kind::text, .text = value});
  }
  MessageStatus status(std::string_view value) {
    return status(Scalar{.kind = Scalar::Kind::text, .text = value});
  }

  std::vector<std::string> sentences;
  Notes notes{sentences};
};

TEST_F(MessageScalar, ReadsStatusesAndKeepsTheWord) {
  EXPECT_EQ(status("DELIVRD"), (MessageStatus{MessageStatusCode::delivered, "DELIVRD"}));
  EXPECT_EQ(status(" Not_Delivered "), (MessageStatus{MessageStatusCode::undelivered, " Not_Delivered "}));
  EXPECT_EQ(status(Scalar{.kind = Scalar::Kind::integer, .integer = 7}),
            (MessageStatus{MessageStatusCode::expired, "7"}));
  EXPECT_EQ(status("on its way"), (MessageStatus{MessageStatusCode::unknown, "on its way"}));
  EXPECT_TRUE(sentences.empty()) << "an unknown word is no anomaly";
}

TEST_F(MessageScalar, ReadsNoStatusWhereThereIsNone) {
  EXPECT_EQ(status(Scalar{}), MessageStatus{});
  EXPECT_EQ(status(Scalar{.kind = Scalar::Kind::null}), MessageStatus{});
  EXPECT_EQ(status(" "), MessageStatus{});
  EXPECT_TRUE(sentences.empty());
  EXPECT_EQ(status(Scalar{.kind = Scalar::Kind::composite}), MessageStatus{});
  EXPECT_EQ(sentences.size(), 1U);
}

TEST_F(MessageScalar, ReadsNumbersWithAndWithoutPlus) {
  EXPECT_EQ(number("+33601020304"), "+33601020304");
  EXPECT_EQ(number("33601020304"), "+33601020304");
  EXPECT_EQ(number(" 33 601 020 304 "), "+33601020304");
  EXPECT_EQ(number(Scalar{.kind = Scalar::Kind::integer, .integer = 33601020304}), "+33601020304");
  EXPECT_TRUE(sentences.empty());
}

TEST_F(MessageScalar, KeepsWhatIsNoNumberWithANote) {
  for (std::string_view const odd : {"0601020304", "ACME", "12"}) {
    sentences.clear();
    EXPECT_EQ(number(odd), odd);
    ASSERT_EQ(sentences.size(), 1U) << odd;
    EXPECT_EQ(sentences[0].find(odd), std::string::npos) << "a note repeats no number";
  }
  sentences.clear();
  EXPECT_FALSE(number(""));
  EXPECT_FALSE(number(Scalar{}));
  EXPECT_TRUE(sentences.empty());
  EXPECT_FALSE(number(Scalar{.kind = Scalar::Kind::composite}));
  EXPECT_EQ(sentences.size(), 1U);
}

}  // namespace
}  // namespace polycampaign::wire
