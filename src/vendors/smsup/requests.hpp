#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

/// What SMSUP is asked, as values. Calls are not signed.
namespace polycampaign::inline v1::smsup {

/// A page of `/campaigns`. Times are told by the clocks of `zone`. Errors: `invalid_argument` (the list has
/// no such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint,
                                               CampaignFilter const& filter, protocol::PageKey const& key,
                                               protocol::Zone const& zone);
/// The pages behind the one that came, `most` at most.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// `/campaign/:id`. `segment` is the id, escaped.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view segment);

}  // namespace polycampaign::inline v1::smsup
