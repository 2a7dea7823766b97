#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/smsup.hpp"

#include <string_view>

/// Builds the requests that create, price and cancel campaigns. A campaign is normalized and has passed its
/// plan. The documents of some calls show the token in the query, where it never goes.
namespace polycampaign::inline v1::smsup {

/// Whether a campaign is sent or only priced.
enum class Mode {
  send,      ///< POST /send, POST /send/lists
  simulate,  ///< POST /send/simulate, POST /send/lists/simulate: nothing is created
};

/// Returns the call that sends or prices a campaign. `delay` is by the clock of `zone`.
[[nodiscard]] protocol::Call send_call(protocol::Endpoint const& endpoint, NewCampaign const& campaign,
                                       Mode mode, Format format, protocol::Zone const& zone);
/// Returns the call that cancels a campaign. `segment` is the escaped id.
[[nodiscard]] protocol::Call cancel_call(protocol::Endpoint const& endpoint, std::string_view segment);
[[nodiscard]] protocol::Call credits_call(protocol::Endpoint const& endpoint);
[[nodiscard]] protocol::Call senders_call(protocol::Endpoint const& endpoint);

}  // namespace polycampaign::inline v1::smsup
