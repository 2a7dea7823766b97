#pragma once

#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Describes the campaigns of a simulated vendor. Equal sources give equal campaigns.
struct CampaignSource {
  CampaignShape shape{};
  std::string_view provider{};
  std::uint64_t seed = 1;
};

/// Returns `count` campaigns, newest first (by number and by creation). They were created within about two
/// years before `now`, and most of them recently. If there are at least as many campaigns as the vendor has
/// statuses, every status occurs. Some campaigns are planned for the future. If the vendor's lists are of one
/// channel, there are `count` campaigns of that channel, and an eighth as many of other channels between
/// them.
[[nodiscard]] std::vector<SimulatedCampaign> generate(CampaignSource const& source, std::size_t count,
                                                      std::chrono::sys_seconds now);

/// Returns a campaign that was created at `now` and waits for its turn. `ordinal` counts the vendor's
/// campaigns from 1 (the oldest).
[[nodiscard]] SimulatedCampaign generate_new(CampaignSource const& source, std::int64_t ordinal,
                                             std::chrono::sys_seconds now);

/// Returns the lists of recipients that every simulated account has.
[[nodiscard]] std::vector<SimulatedAddressBook> generate_lists(CampaignShape const& shape,
                                                               std::chrono::sys_seconds now);
/// Returns the id of the list with that index.
[[nodiscard]] std::string list_id(CampaignShape const& shape, std::int64_t which);
/// Sets the cost to what the campaign's messages cost so far.
void price(SimulatedCampaign& campaign, CampaignShape const& shape);

/// Puts the campaign into that status, and updates its counters, times and cost to match.
void enter(SimulatedCampaign& campaign, CampaignShape const& shape, StatusCode status,
           std::chrono::sys_seconds at);

}  // namespace polycampaign::inline v1::testing
