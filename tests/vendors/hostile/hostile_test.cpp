#include "hostile.hpp"

#include "polycampaign/capabilities.hpp"
#include "polycampaign/providers.hpp"

#include "heap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign {
namespace {

using hostile::Body;

// docs/security.md states both: what decoding takes for each byte of the answer, and for each record.
constexpr std::size_t bytes_for_each_byte = 64;
constexpr std::size_t bytes_for_each_record = 2'048;

struct Decoded {
  std::size_t peak = 0;     // bytes at a time
  std::size_t records = 0;  // as many as were given or, with an error, may have been read
};

Decoded decode(Provider const& provider, Body const& body, bool keep_raw) {
  auto const most = static_cast<std::size_t>(provider.capabilities().max_page_size) * 10;
  auto text = body.text;
  auto const before = heap::taken();
  heap::forget_peak();
  auto const campaigns = provider.decode(body.document, std::move(text), {.keep_raw = keep_raw});
  auto const peak = heap::peak() - before;
  if (!campaigns) {
    EXPECT_LT(campaigns.error().message.size(), 5'000U);
    EXPECT_LT(campaigns.error().vendor_code.size(), 500U);
    return {peak, most};
  }
  EXPECT_LE(campaigns->size(), most);
  for (auto const& campaign : *campaigns) {
    EXPECT_LT(campaign.notes.size(), 40U);
    EXPECT_LE(campaign.statistics.vendor_counters.size(), 32U);
    EXPECT_LE(campaign.statistics.reported_rates.size(), 1U);
  }
  return {peak, campaigns->size()};
}

void check(Provider const& provider, std::vector<Body> const& bodies) {
  double worst = 0;
  std::string worst_name;
  for (auto const& body : bodies)
    for (bool const keep_raw : {false, true}) {
      auto const decoded = decode(provider, body, keep_raw);
      auto const peak = decoded.peak;
      auto const records = decoded.records * bytes_for_each_record;
      EXPECT_LE(peak, body.text.size() * bytes_for_each_byte + records) << provider.name << ": " << body.name;
      auto const beyond = static_cast<double>(peak > records ? peak - records : 0);
      if (auto const ratio = beyond / static_cast<double>(body.text.size()); ratio > worst) {
        worst = ratio;
        worst_name = body.name;
      }
    }
  std::string const key{provider.name};
  testing::Test::RecordProperty(key, worst_name);
  std::printf("%s: %.1f bytes for each byte (%s)\n", key.c_str(), worst, worst_name.c_str());
}

constexpr std::size_t size = std::size_t{128} * 1024;

TEST(Hostile, JsonTakesMemoryInProportion) {
  for (auto const& provider : providers()) check(provider, hostile::json_bodies(provider.name, size));
}

TEST(Hostile, XmlTakesMemoryInProportion) {
  heap::count_pugixml();
  check(*find_provider("smsup"), hostile::xml_bodies(size));
}

}  // namespace
}  // namespace polycampaign
