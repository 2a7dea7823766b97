#pragma once

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/zone.hpp"

#include <string>
#include <string_view>

/// Builds the requests that create, change and delete campaigns, and what a campaign is made of: a template
/// with its text and an audience with its recipients. A campaign is normalized and has passed its plan.
namespace polycampaign::inline v1::dexatel {

/// Returns the call for a page of "Template, Query". `page_token` is empty for the first page.
[[nodiscard]] protocol::Call templates_call(protocol::Endpoint const& endpoint, Channel channel,
                                            std::string_view page_token);
/// Returns the call that creates a template. It reaches nobody.
[[nodiscard]] protocol::Call add_template_call(protocol::Endpoint const& endpoint, std::string_view name,
                                               std::string_view text, Channel channel);

/// What "Campaigns" describes as the body of a create.
struct CampaignParts {
  std::string name{};
  std::string template_id{};
  std::string audience_id{};
};
[[nodiscard]] protocol::Call create_call(protocol::Endpoint const& endpoint, NewCampaign const& campaign,
                                         CampaignParts const& parts, protocol::Zone const& zone);

/// Returns the calls for "Campaign, Update" and "Campaign, Delete". `segment` is the escaped id.
/// @{
[[nodiscard]] protocol::Call update_call(protocol::Endpoint const& endpoint, std::string_view segment,
                                         UpdateCampaign const& change, protocol::Zone const& zone);
[[nodiscard]] protocol::Call cancel_call(protocol::Endpoint const& endpoint, std::string_view segment);
[[nodiscard]] protocol::Call delete_call(protocol::Endpoint const& endpoint, std::string_view segment);
/// @}

/// Returns the call for a page of "Sender, Query".
[[nodiscard]] protocol::Call senders_call(protocol::Endpoint const& endpoint, std::string_view page_token);

}  // namespace polycampaign::inline v1::dexatel
