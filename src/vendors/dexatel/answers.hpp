#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/dexatel/records.hpp"

#include <string_view>
#include <vector>

/// What Dexatel answers, as values. All readers see every HTTP status; their errors are complete but for
/// provider and attempts, and carry effect `none`. Campaigns stand under `data`, as an array or an object, or
/// are the root itself.
namespace polycampaign::inline v1::dexatel {

/// Answers to Query.
[[nodiscard]] Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading);
/// Answers to Read.
[[nodiscard]] Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading);
/// The campaign with that id out of such an answer. Errors: `not_found` (an empty answer), `protocol`
/// (another campaign).
[[nodiscard]] Result<Campaign> read_campaign(HttpResponse response, std::string_view id,
                                             Reading const& reading);

}  // namespace polycampaign::inline v1::dexatel
