#include "polycampaign/message.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace polycampaign {
namespace {

TEST(MessageStatusNames, AreReadAsTheyAreWritten) {
  std::set<std::string_view> names;
  for (auto const code : all_message_status_codes()) {
    names.insert(to_string(code));
    EXPECT_EQ(parse_message_status_code(to_string(code)), code);
  }
  EXPECT_EQ(names.size(), 14U);
  EXPECT_EQ(all_message_status_codes().front(), MessageStatusCode::unknown);
  EXPECT_EQ(to_string(MessageStatusCode::undelivered), "undelivered");
  EXPECT_EQ(to_string(static_cast<MessageStatusCode>(99)), "unknown");
  for (std::string_view const odd : {"", "Delivered", "delivered ", "lost"})
    EXPECT_FALSE(parse_message_status_code(odd)) << odd;
}

TEST(MessageStatusNames, SayWhichStatusesCanChange) {
  auto const final = [](MessageStatusCode code) { return MessageStatus{.code = code}.final(); };
  for (auto const code :
       {MessageStatusCode::scheduled, MessageStatusCode::moderation, MessageStatusCode::queued,
        MessageStatusCode::sending, MessageStatusCode::submitted})
    EXPECT_EQ(final(code), false) << to_string(code);
  for (auto const code :
       {MessageStatusCode::delivered, MessageStatusCode::read, MessageStatusCode::undelivered,
        MessageStatusCode::expired, MessageStatusCode::failed, MessageStatusCode::rejected,
        MessageStatusCode::unreported, MessageStatusCode::received})
    EXPECT_EQ(final(code), true) << to_string(code);
  EXPECT_FALSE(final(MessageStatusCode::unknown)) << "nobody knows";
}

TEST(MessageValue, HasARawRecordOnRequestOnly) {
  Message message;
  EXPECT_EQ(message.raw(), "");
  message.raw_record = "{}";
  EXPECT_EQ(message.raw(), "{}");
}

}  // namespace
}  // namespace polycampaign
