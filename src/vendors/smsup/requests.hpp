#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Builds the requests to SMSUP as values. They are not signed yet.
namespace polycampaign::inline v1::smsup {

/// Returns a call that reads `path`, which begins with a slash.
[[nodiscard]] protocol::Call call_of(protocol::Endpoint const& endpoint, std::string_view operation,
                                     std::string const& path);

/// Returns the call for a page of `/campaigns`. Times are written by the clocks of `zone`. Errors:
/// `invalid_argument` (the list has no such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint,
                                               CampaignFilter const& filter, protocol::PageKey const& key,
                                               protocol::Zone const& zone);
/// Returns the keys of at most `most` pages after one that was received.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// Returns the call for `/campaign/:id`. `segment` is the escaped id.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view segment);

}  // namespace polycampaign::inline v1::smsup
