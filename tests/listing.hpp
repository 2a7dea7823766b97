#pragma once

#include "polycampaign/protocol/adapter.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace polycampaign::test {

/// A list of campaigns as its adapter sees it.
struct CampaignQuery {
  CampaignFilter filter{};
  int page_size = 1;
  std::chrono::sys_seconds now{};
  bool keep_raw = false;
};

/// Returns the adapter's listing. Fails the test if the adapter refuses.
inline protocol::Listing<Campaign> listing(Adapter const& adapter, CampaignQuery const& query) {
  auto listed = adapter.list(ListCampaigns{query.filter},
                             {.page_size = query.page_size, .now = query.now, .keep_raw = query.keep_raw});
  EXPECT_TRUE(listed) << (listed ? "" : listed.error().message);
  return listed ? *std::move(listed) : protocol::Listing<Campaign>{};
}

/// Returns the request of the first page.
inline Result<protocol::Exchange<protocol::ListPage<Campaign>>> first_page(Adapter const& adapter,
                                                                           CampaignQuery const& query) {
  auto const listed = listing(adapter, query);
  return listed.page ? listed.page(listed.first) : Error{.code = ErrorCode::invalid_argument};
}

}  // namespace polycampaign::test
