#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/zone.hpp"

#include <string_view>

/// Builds the requests that create, price and stop campaigns. A campaign is normalized and has passed its
/// plan.
namespace polycampaign::inline v1::bsg {

/// Returns the call that creates a campaign: `sms/send`, `sms/send-individual` if a recipient has a text of
/// their own, or `sms/send-groups`. The start is by the clock of `zone`.
[[nodiscard]] protocol::Call create_call(protocol::Endpoint const& endpoint, NewCampaign const& campaign,
                                         protocol::Zone const& zone);
/// Returns the call for `/api/campaigns/price`. The recipients must have no texts of their own. Its
/// recipients have other names than those of the calls that send.
[[nodiscard]] protocol::Call price_call(protocol::Endpoint const& endpoint, NewCampaign const& campaign);
/// Returns the call that stops a campaign for good. `id` consists of digits.
[[nodiscard]] protocol::Call stop_call(protocol::Endpoint const& endpoint, std::string_view id);
[[nodiscard]] protocol::Call balance_call(protocol::Endpoint const& endpoint);
[[nodiscard]] protocol::Call senders_call(protocol::Endpoint const& endpoint);

}  // namespace polycampaign::inline v1::bsg
