#pragma once

#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

/// Builds the requests to the PBX as values. They are not signed yet.
namespace polycampaign::inline v1::yeastar {

/// Returns a call to an endpoint below `/openapi/v1.0/`, without a body.
[[nodiscard]] protocol::Call call_of(protocol::Endpoint const& endpoint, std::string_view method,
                                     std::string_view operation, std::string_view path, Action action);

/// Returns the call for "Get Access Token".
[[nodiscard]] protocol::Call log_in_call(protocol::Endpoint const& endpoint, Secret const& client_id,
                                         Secret const& client_secret);
/// Returns the call that replaces both tokens. If it is sent twice, the PBX refuses the second one, and the
/// client logs in again, which does no harm.
[[nodiscard]] protocol::Call refresh_call(protocol::Endpoint const& endpoint, Secret const& refresh_token);
[[nodiscard]] protocol::Call revoke_call(protocol::Endpoint const& endpoint);

/// Returns the call for a page of campaigns: of `list`, or of `search` if the search text is not empty. Pages
/// are numbered from 1: `PageKey::offset` is the number, and `size` the records per page. Errors:
/// `invalid_argument` (the list has no such page).
[[nodiscard]] Result<protocol::Call> page_call(protocol::Endpoint const& endpoint, std::string_view search,
                                               protocol::PageKey const& key);
/// Returns the call for a page of all phonebooks, in the same way. Errors: as `page_call`.
[[nodiscard]] Result<protocol::Call> phonebooks_call(protocol::Endpoint const& endpoint,
                                                     protocol::PageKey const& key);
/// Returns the keys of at most `most` pages after one that was received.
[[nodiscard]] std::vector<protocol::PageKey> pages_behind(protocol::PageKey const& key,
                                                          protocol::PageInfo const& info, std::size_t most);

/// Returns the call for `message_campaign/get`. Its response has no status, no counters, and no names of
/// phonebook and channel.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view id);
/// Returns the call for `phonebook/get`. `id` consists of digits.
[[nodiscard]] protocol::Call phonebook_call(protocol::Endpoint const& endpoint, std::string_view id);

}  // namespace polycampaign::inline v1::yeastar
