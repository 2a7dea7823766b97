#include "polycampaign/error.hpp"

#include "polycampaign/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <utility>

namespace polycampaign {
namespace {

TEST(ErrorCode, HasADistinctNameForEachCode) {
  std::set<std::string_view> names;
  for (auto code = 0; code <= static_cast<int>(ErrorCode::configuration); ++code)
    names.insert(to_string(static_cast<ErrorCode>(code)));
  EXPECT_EQ(names.size(), 16U);
  EXPECT_FALSE(names.contains("unknown"));
  EXPECT_TRUE(names.contains("insufficient_funds"));
  EXPECT_EQ(to_string(ErrorCode::canceled), "canceled");
  EXPECT_EQ(to_string(ErrorCode::configuration), "configuration");
}

TEST(Error, PrintsOneLineWithWhatIsKnown) {
  EXPECT_EQ(to_string(Error{.code = ErrorCode::unavailable,
                            .effect = Effect::unknown,
                            .attempts = 3,
                            .http_status = 503,
                            .vendor_code = "-99",
                            .provider = "smsup",
                            .message = "try later"}),
            "smsup: unavailable: try later (HTTP 503, vendor code -99, 3 "
            "attempts, effect unknown)");
  EXPECT_EQ(to_string(Error{.code = ErrorCode::configuration, .message = "no api_key"}),
            "configuration: no api_key");
  EXPECT_EQ(to_string(Error{.code = ErrorCode::network, .attempts = 1}), "network (1 attempt)");
}

TEST(Effect, HasNames) {
  EXPECT_EQ(to_string(Effect::none), "none");
  EXPECT_EQ(to_string(Effect::unknown), "unknown");
}

TEST(Result, ThrowsTheErrorFromValueOnly) {
  Result<int> const failed{Error{.code = ErrorCode::not_found, .message = "no campaign"}};
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.value_or(7), 7);
  try {
    static_cast<void>(failed.value());
    FAIL() << "value() gave something";
  } catch (BadResultAccess const& thrown) {
    EXPECT_EQ(thrown.error().code, ErrorCode::not_found);
    EXPECT_STREQ(thrown.what(), "not_found: no campaign");
  }
  EXPECT_THROW(Result<void>{Error{}}.value(), BadResultAccess);
  EXPECT_NO_THROW(Result<void>{}.value());
}

TEST(Result, MovesTheValueThroughItsChain) {
  auto const twice = Result<std::unique_ptr<int>>{std::make_unique<int>(21)}
                         .transform([](std::unique_ptr<int> p) { return *p * 2; })
                         .and_then([](int value) { return Result<std::string>{std::to_string(value)}; });
  ASSERT_TRUE(twice);
  EXPECT_EQ(*twice, "42");

  auto const failed =
      Result<int>{Error{.code = ErrorCode::tls}}.transform([](int value) { return value + 1; });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::tls);
}

}  // namespace
}  // namespace polycampaign
