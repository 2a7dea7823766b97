#include "polycampaign/providers.hpp"

#include "polycampaign/campaign_client.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace polycampaign::test {
namespace {

TEST(Providers, AreAllThereInOrder) {
  std::vector<std::string_view> names;
  for (auto const& provider : providers()) names.push_back(provider.name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"bsg", "dexatel", "smsup", "yeastar"}));
}

TEST(Providers, AreFoundByNameOnly) {
  for (auto const& provider : providers()) EXPECT_EQ(find_provider(provider.name), &provider);
  for (auto const* name : {"", "BSG", "smsfactor", "bsg "}) EXPECT_EQ(find_provider(name), nullptr);
}

TEST(Providers, AreComplete) {
  for (auto const& provider : providers()) {
    ASSERT_NE(provider.capabilities, nullptr);
    ASSERT_NE(provider.settings, nullptr);
    ASSERT_NE(provider.make_adapter, nullptr);
    ASSERT_NE(provider.decode, nullptr);
    auto const& capabilities = provider.capabilities();
    EXPECT_EQ(capabilities.provider, provider.name);
    EXPECT_LE(capabilities.min_page_size, capabilities.default_page_size);
    EXPECT_LE(capabilities.default_page_size, capabilities.max_page_size);
    EXPECT_GE(capabilities.default_prefetch, 1);
    EXPECT_LE(capabilities.default_prefetch, 16);
    EXPECT_FALSE(provider.settings().empty());
  }
}

}  // namespace
}  // namespace polycampaign::test
