#pragma once

#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

/// What the PBX is asked, as values. Calls are not signed.
namespace polycampaign::inline v1::yeastar {

/// "Get Access Token".
[[nodiscard]] protocol::Call log_in_call(protocol::Endpoint const& endpoint, Secret const& client_id,
                                         Secret const& client_secret);
/// Both tokens are new afterwards. Sent twice, the second is refused and a log-in follows: no harm.
[[nodiscard]] protocol::Call refresh_call(protocol::Endpoint const& endpoint, Secret const& refresh_token);
[[nodiscard]] protocol::Call revoke_call(protocol::Endpoint const& endpoint);

/// A page of `list`, or of `search` for a text that is not empty. Pages are numbered from 1:
/// `PageKey::offset` is the number, `size` the records a page. Errors: `invalid_argument` (the list has no
/// such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, std::string_view search,
                                               protocol::PageKey const& key);
/// The pages behind the one that came, `most` at most.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// `message_campaign/get`: no status, counters, or names of phonebook and channel.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view id);

}  // namespace polycampaign::inline v1::yeastar
