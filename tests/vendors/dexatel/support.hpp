#pragma once

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/adapter.hpp"

#include "listing.hpp"
#include "vendors/conversation.hpp"

#include <memory>
#include <string>
#include <utility>

namespace polycampaign::inline v1::vendor_tests {

inline std::shared_ptr<Adapter const> dexatel_vendor(std::string time_zone = {},
                                                     std::string base_url = "https://api.dexatel.com") {
  dexatel::Config config;
  config.api_key = Secret{"5ecre7-k3y"};
  config.base_url = std::move(base_url);
  config.time_zone = std::move(time_zone);
  auto adapter = dexatel::make_adapter(std::move(config));
  EXPECT_TRUE(adapter) << adapter.error().message;
  return *adapter;
}

inline test::CampaignQuery list_query(CampaignFilter filter = {}, int page_size = 100,
                                      bool keep_raw = false) {
  return {.filter = std::move(filter), .page_size = page_size, .now = {}, .keep_raw = keep_raw};
}

/// Reads this response to the first page.
inline Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, std::string time_zone = {},
                                                      bool keep_raw = false) {
  auto const adapter = dexatel_vendor(std::move(time_zone));
  auto const query = list_query({}, 100, keep_raw);
  return test::first_page(*adapter, query)->decode(std::move(response));
}

inline std::vector<Campaign> read_records(std::string const& records, std::string time_zone = {},
                                          bool keep_raw = false) {
  auto page = read_page(answer(R"({"data":[)" + records + "]}"), std::move(time_zone), keep_raw);
  EXPECT_TRUE(page) << page.error().message;
  return page ? std::move(page->items) : std::vector<Campaign>{};
}

/// Reads one record that has that member besides its id.
inline Campaign read_record(std::string const& member, std::string time_zone = {}) {
  auto all = read_records(R"({"id":"1",)" + member + "}", std::move(time_zone));
  EXPECT_EQ(all.size(), 1U) << member;
  return all.empty() ? Campaign{} : std::move(all.front());
}

inline std::chrono::sys_seconds at(std::string_view text) {
  auto const time = parse_time(text);
  EXPECT_TRUE(time) << text;
  return time ? *time : std::chrono::sys_seconds{};
}

}  // namespace polycampaign::inline v1::vendor_tests
