#include "polycampaign/log.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace polycampaign {
namespace {

TEST(LogLevel, IsFoundByItsName) {
  for (auto const level :
       {LogLevel::off, LogLevel::error, LogLevel::warn, LogLevel::info, LogLevel::debug, LogLevel::trace})
    EXPECT_EQ(parse_log_level(to_string(level)), level);
  EXPECT_EQ(to_string(LogLevel::warn), "warn");
  EXPECT_FALSE(parse_log_level("verbose"));
  EXPECT_FALSE(parse_log_level(""));
}

TEST(LogEvent, PrintsWhatIsKnownOnOneLine) {
  EXPECT_EQ(to_string(LogEvent{.level = LogLevel::warn,
                               .provider = "bsg",
                               .operation = "list",
                               .attempt = 2,
                               .method = "GET",
                               .url = "https://one-api.bsg.world/api/campaigns?page=2",
                               .http_status = 503,
                               .duration = std::chrono::microseconds{12'345},
                               .request_bytes = 17,
                               .response_bytes = 300,
                               .error = ErrorCode::unavailable,
                               .effect = Effect::unknown,
                               .message = "will be repeated"}),
            "[warn] bsg list #2 GET https://one-api.bsg.world/api/campaigns?page=2 "
            "HTTP 503 12.3 ms sent 17 B "
            "received 300 B unavailable effect unknown - will be repeated");
  EXPECT_EQ(to_string(LogEvent{.message = "closed"}), "[info] - closed");
}

TEST(LogEvent, StaysOneLineWhateverItHolds) {
  EXPECT_EQ(to_string(LogEvent{.message = "a\r\nb\x1b[31m\x7f \xC3\xA9"}), "[info] - a  b [31m  \xC3\xA9");
}

}  // namespace
}  // namespace polycampaign
