#include "polycampaign/protocol/settings.hpp"

#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/failure.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::protocol {
namespace {

constexpr std::array known{
    Setting{"key", true, true, ""},
    Setting{"base_url", false, false, ""},
    Setting{"time_zone", false, false, ""},
};

Settings given(std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  Settings settings;
  for (auto const& [name, value] : values) settings.emplace(name, Secret{std::string{value}});
  return settings;
}

std::string refusal_of(Settings settings) {
  auto const checked = check_settings(known, std::move(settings));
  if (checked) return "accepted";
  EXPECT_EQ(checked.error().code, ErrorCode::configuration);
  EXPECT_EQ(checked.error().effect, Effect::none);
  return checked.error().message;
}

TEST(Settings, AreHandedOutWhenAllAreKnownAndTheRequiredOnesThere) {
  auto settings = check_settings(known, given({{"key", "k-1"}, {"base_url", "https://a"}}));
  ASSERT_TRUE(settings);
  EXPECT_EQ(take_text(*settings, "base_url", "https://b"), "https://a");
  EXPECT_EQ(take_text(*settings, "time_zone", "UTC"), "UTC");
  EXPECT_EQ(take_text(*settings, "time_zone"), "");
  EXPECT_EQ(take_secret(*settings, "key").reveal(), "k-1");
  EXPECT_TRUE(take_secret(*settings, "other").empty());
}

TEST(Settings, AreRefusedByNameAndNeverByValue) {
  EXPECT_EQ(refusal_of(given({{"key", "k-1"}, {"keys", "hush"}})),
            "keys: this provider has no such setting; its settings are key, base_url, time_zone");
  EXPECT_EQ(refusal_of(given({{"base_url", "https://a"}})), "key: this setting is missing");
  EXPECT_EQ(refusal_of(given({{"key", "k-1"}, {"base_url", ""}})), "base_url: the value is empty");
  Settings from_outside;
  from_outside.emplace("key", Secret::from_env("POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE"));
  EXPECT_EQ(refusal_of(std::move(from_outside)),
            "key: environment variable POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE is not set");
}

TEST(Settings, SecretsThatAHeaderCannotCarryAreRefused) {
  auto const message = [](std::string value) {
    auto const checked = check_header_secret("key", Secret{std::move(value)});
    return checked ? "accepted" : checked.error().message;
  };
  EXPECT_EQ(message("k-1~!"), "accepted");
  EXPECT_EQ(message(""), "key: this setting is missing");
  for (auto const* odd : {"two words", "line\nend", "caf\xC3\xA9", "\x7F"})
    EXPECT_EQ(message(odd), "key: the value contains a character that an HTTP header cannot carry");
  ASSERT_EQ(::setenv("POLYCAMPAIGN_TEST_SECRET", "line\nend\n", 1), 0);
  auto const named = check_header_secret("key", Secret::from_env("POLYCAMPAIGN_TEST_SECRET"));
  ::unsetenv("POLYCAMPAIGN_TEST_SECRET");
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().message,
            "key: environment variable POLYCAMPAIGN_TEST_SECRET contains a character that an HTTP header "
            "cannot carry");
  EXPECT_TRUE(check_secret("key", Secret{"two words"}));
  EXPECT_FALSE(check_secret("key", Secret{}));
}

TEST(Endpoint, IsACheckedBaseUrl) {
  auto const plain = parse_endpoint("https://api.example.com:8443/v2//");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->base_url, "https://api.example.com:8443/v2");
  EXPECT_TRUE(plain->https);
  EXPECT_FALSE(plain->loopback);
  auto const local = parse_endpoint("http://127.0.0.1:9");
  ASSERT_TRUE(local);
  EXPECT_FALSE(local->https);
  EXPECT_TRUE(local->loopback);
}

TEST(Endpoint, RefusesWhatIsNoBaseUrlAndQuotesNothing) {
  for (auto const* bad :
       {"", "example.com", "ftp://hush.example.com", "https://hush@example.com", "https://example.com?hush=1",
        "https://example.com?", "https://example.com#hush", "https://exa mple.com"}) {
    auto const endpoint = parse_endpoint(bad);
    ASSERT_FALSE(endpoint) << bad;
    EXPECT_EQ(endpoint.error().code, ErrorCode::configuration) << bad;
    EXPECT_TRUE(endpoint.error().message.starts_with("base_url: ")) << endpoint.error().message;
    EXPECT_EQ(endpoint.error().message.find("hush"), std::string::npos) << endpoint.error().message;
  }
}

TEST(Named, GivesErrorsTheProviderThatTheyLack) {
  EXPECT_EQ(named<int>("acme", failure(ErrorCode::rejected, "no")).error().provider, "acme");
  EXPECT_EQ(named<int>("acme", Error{.provider = "other"}).error().provider, "other");
  EXPECT_EQ(named<int>("acme", 5).value(), 5);
}

}  // namespace
}  // namespace polycampaign::protocol
