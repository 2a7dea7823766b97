#include "vendors.hpp"

#include "own_vendors.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::command {
namespace {

std::string refusal(Provider const& provider) {
  CommandVendor const more[] = {{provider}};
  auto const vendors = Vendors::with(more);
  if (vendors) return "accepted";
  EXPECT_EQ(vendors.error().code, ErrorCode::configuration);
  return vendors.error().message;
}

TEST(Vendors, AreTheLibrarysOwnWithTheirSimulators) {
  auto const vendors = Vendors::with({});
  ASSERT_TRUE(vendors);
  EXPECT_EQ(vendors->names(), (std::vector<std::string_view>{"bsg", "dexatel", "smsup", "yeastar"}));
  EXPECT_EQ(vendors->simulated().size(), 4U);
  EXPECT_EQ(vendors->find("courier"), nullptr);
}

TEST(Vendors, OthersStandBetweenThemByName) {
  CommandVendor const more[] = {{test::courier, &test::simulated_courier}, {test::abacus}};
  auto const vendors = Vendors::with(more);
  ASSERT_TRUE(vendors) << vendors.error().message;
  EXPECT_EQ(vendors->names(),
            (std::vector<std::string_view>{"abacus", "bsg", "courier", "dexatel", "smsup", "yeastar"}));
  ASSERT_NE(vendors->find("courier"), nullptr);
  EXPECT_EQ(vendors->find("courier")->simulator, &test::simulated_courier);
  EXPECT_EQ(vendors->find("abacus")->simulator, nullptr);
  EXPECT_EQ(vendors->simulated().size(), 5U);
}

TEST(Vendors, OnesThatCannotBeAreRefusedByName) {
  EXPECT_EQ(refusal(test::courier), "accepted");
  for (auto const* name : {"bsg", "yeastar"}) {
    auto taken = test::courier;
    taken.name = name;
    EXPECT_EQ(refusal(taken), "vendor \"" + std::string{name} + "\": another vendor already has this name");
  }
  for (auto const* name : {"", "Courier", "a b", "a.b", "é"}) {
    auto malformed = test::courier;
    malformed.name = name;
    EXPECT_EQ(refusal(malformed), "vendor \"" + std::string{name} +
                                      "\": its name must consist of lowercase letters, digits, - and _");
  }
  CommandVendor const twice[] = {{test::courier}, {test::courier}};
  auto const vendors = Vendors::with(twice);
  ASSERT_FALSE(vendors);
  EXPECT_EQ(vendors.error().message, "vendor \"courier\": another vendor already has this name");

  auto missing = test::courier;
  missing.capabilities = nullptr;
  EXPECT_EQ(refusal(missing), "vendor \"courier\": one of its functions is missing");
  missing = test::courier;
  missing.settings = nullptr;
  EXPECT_EQ(refusal(missing), "vendor \"courier\": one of its functions is missing");
  missing = test::courier;
  missing.make_adapter = nullptr;
  EXPECT_EQ(refusal(missing), "vendor \"courier\": one of its functions is missing");
  missing = test::courier;
  missing.decode = nullptr;
  EXPECT_EQ(refusal(missing), "vendor \"courier\": one of its functions is missing");
}

TEST(Vendors, SettingsMayNotBeKeysOfTheCommandOrBeMalformed) {
  auto with = [](std::span<Setting const> (*settings)() noexcept) {
    auto vendor = test::courier;
    vendor.settings = settings;
    return refusal(vendor);
  };
  EXPECT_EQ(with([]() noexcept -> std::span<Setting const> {
              static constexpr Setting own[] = {{.name = "base_url"}, {.name = "timeout"}};
              return own;
            }),
            "vendor \"courier\": its setting \"timeout\" has the name of a setting that every account has");
  EXPECT_EQ(with([]() noexcept -> std::span<Setting const> {
              static constexpr Setting own[] = {{.name = "api key"}};
              return own;
            }),
            "vendor \"courier\": its setting \"api key\" must consist of lowercase letters, digits, - and _");
}

}  // namespace
}  // namespace polycampaign::inline v1::command
