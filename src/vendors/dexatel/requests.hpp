#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

/// What Dexatel is asked, as values. Calls are not signed.
namespace polycampaign::inline v1::dexatel {

/// A page of "Campaign, Query". `base` is the endpoint's URL. Errors: `invalid_argument` (the list has no
/// such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, protocol::Url const& base,
                                               CampaignFilter const& filter, protocol::PageKey const& key);
/// The page behind the one that came: Dexatel tells of one at a time.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// "Campaign, Read". `segment` is the id, escaped.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view segment);

}  // namespace polycampaign::inline v1::dexatel
