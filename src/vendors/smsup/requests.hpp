#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/smsup.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json_writer.hpp"

#include <chrono>
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

/// Does the same, but each page begins with the last record of the one before. The engine then notices a
/// deletion even if something was added at the end in the meantime, so that the total did not fall.
[[nodiscard]] std::vector<protocol::PageKey> overlapping_pages(protocol::PageKey const& key,
                                                               protocol::PageInfo const& info,
                                                               std::size_t most);

/// Returns the call for `/campaign/:id`. `segment` is the escaped id.
[[nodiscard]] protocol::Call campaign_call(protocol::Endpoint const& endpoint, std::string_view segment);

/// Returns the call for a list below that path, with paging. `key` is one that a list gave out. The period of
/// `/messages` and `/messages/mo` is written by the clocks of the account: from the beginning of the first
/// day to the end of the last one, both counted from 1970-01-01.
/// @{
[[nodiscard]] protocol::Call messages_call(protocol::Endpoint const& endpoint, std::chrono::sys_days first,
                                           std::chrono::sys_days last, protocol::PageKey const& key);
[[nodiscard]] protocol::Call replies_call(protocol::Endpoint const& endpoint, std::chrono::sys_days first,
                                          std::chrono::sys_days last, protocol::PageKey const& key);
[[nodiscard]] protocol::Call stop_list_call(protocol::Endpoint const& endpoint, protocol::PageKey const& key);
/// @}

/// Returns the header for a request with a body.
[[nodiscard]] Header content_type(Format format);
/// Writes the id of a recipient list: a number on older pages and 24 hexadecimal digits on newer ones
/// ("Campaign with list").
void write_list_id(wire::JsonWriter& json, std::string_view id);

}  // namespace polycampaign::inline v1::smsup
