#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"

#include "vendors/bsg/windows.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What BSG is asked, as values. Calls are not signed.
namespace polycampaign::inline v1::bsg {

/// The value of `Authorization`. `Bearer:`, with a colon, stands in one text of the documents; the OpenAPI
/// file and all SDKs have none.
[[nodiscard]] std::string bearer(protocol::Token const& token);

[[nodiscard]] protocol::Call log_in_call(protocol::Endpoint const& endpoint, Secret const& api_key);
/// No body: the token that is about to expire is the argument.
[[nodiscard]] protocol::Call refresh_call(protocol::Endpoint const& endpoint, protocol::Token const& token);

/// A page of `/api/campaigns`. `PageKey::part` counts the channels of the first window, then those of the
/// next; `offset` is the first record. Errors: `invalid_argument` (the list has no such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, Windows const& windows,
                                               CampaignFilter const& filter, protocol::PageKey const& key);
/// The pages behind the one that came, `most` at most, of a list of so many parts.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(std::int64_t parts, protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);
/// What a list over these windows cannot show, for `Listing::unseen`.
[[nodiscard]] std::vector<std::string> unseen(Windows const& windows, CampaignFilter const& filter);

/// The short or the detailed form of one campaign.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view id,
                                           bool brief);

}  // namespace polycampaign::inline v1::bsg
