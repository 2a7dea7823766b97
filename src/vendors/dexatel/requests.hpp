#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Builds the requests to Dexatel as values. They are not signed yet.
namespace polycampaign::inline v1::dexatel {

/// Returns Dexatel's word for a channel; empty if it has none.
[[nodiscard]] std::string_view channel_word(Channel channel) noexcept;
/// Returns a call that reads.
[[nodiscard]] protocol::Call call_of(std::string_view operation, std::string url);

/// One of Dexatel's lists. A plain value; its views must stay valid as long as it is used.
struct ListSource {
  std::string_view operation{};  ///< the operation that reads it
  std::string_view path{};       ///< below the endpoint
  std::string_view channel{};    ///< the value of `filter[channel]`; empty: all channels
};
/// Returns "Campaign, Query" with what Dexatel itself can filter.
[[nodiscard]] ListSource campaign_list(CampaignFilter const& filter) noexcept;

/// Returns the call for a page of a list. `base` is the URL of the endpoint. Errors: `invalid_argument` (the
/// list has no such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, protocol::Url const& base,
                                               ListSource const& list, protocol::PageKey const& key);
/// Returns the key of the page after one that was received: each page names only the next one.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// Returns the call for "Campaign, Read". `segment` is the escaped id.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view segment);

}  // namespace polycampaign::inline v1::dexatel
