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

/// Builds the requests to BSG as values. They are not signed yet.
namespace polycampaign::inline v1::bsg {

/// Returns a call without a body.
[[nodiscard]] protocol::Call call_of(protocol::Endpoint const& endpoint, std::string_view method,
                                     std::string_view operation, std::string_view path, Action action);

/// Returns a POST with a JSON body.
[[nodiscard]] protocol::Call post_call(protocol::Endpoint const& endpoint, std::string_view operation,
                                       std::string_view path, Action action, std::string body);

/// Returns the value of `Authorization`. One passage of the documents has `Bearer:`, with a colon; the
/// OpenAPI file and all SDKs have none.
[[nodiscard]] std::string bearer(protocol::Token const& token);

[[nodiscard]] protocol::Call log_in_call(protocol::Endpoint const& endpoint, Secret const& api_key);
/// Returns a call without a body. `token` is the one that is about to expire.
[[nodiscard]] protocol::Call refresh_call(protocol::Endpoint const& endpoint, protocol::Token const& token);

/// Returns the call for a page of `/api/campaigns`. `PageKey::part` counts the channels of the first window,
/// then those of the next one. `offset` is the first record. Errors: `invalid_argument` (the list has no such
/// page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, Windows const& windows,
                                               CampaignFilter const& filter, protocol::PageKey const& key);
/// Returns the keys of at most `most` pages after one that was received, in a list of that many parts.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(std::int64_t parts, protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);
/// Returns what a list over these windows cannot show, for `Listing::unseen`.
[[nodiscard]] std::vector<std::string> unseen(Windows const& windows, CampaignFilter const& filter);

/// Returns the call for the short or the detailed form of one campaign.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view id,
                                           bool brief);

}  // namespace polycampaign::inline v1::bsg
