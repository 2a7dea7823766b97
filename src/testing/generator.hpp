#pragma once

#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A vendor's campaigns, as a simulator has them. The same vendor gives the same.
struct CampaignSource {
  CampaignShape shape{};
  std::string_view provider{};
  std::uint64_t seed = 1;
};

/// `count` campaigns, newest first (by number and by creation), created within about two years before `now`,
/// more of them lately. From as many campaigns on as the vendor has statuses, every status occurs; some are
/// planned for the future. Where lists are of one channel: `count` of that, and an eighth as many of other
/// channels between them.
[[nodiscard]] std::vector<SimulatedCampaign> generate(CampaignSource const& source, std::size_t count,
                                                      std::chrono::sys_seconds now);

/// One created at `now` and waiting for its turn. `ordinal` counts the vendor's campaigns from 1 (the
/// oldest).
[[nodiscard]] SimulatedCampaign generate_new(CampaignSource const& source, std::int64_t ordinal,
                                             std::chrono::sys_seconds now);

/// The campaign comes into that status: what it has handed over, its times and its cost follow.
void enter(SimulatedCampaign& campaign, CampaignShape const& shape, StatusCode status,
           std::chrono::sys_seconds at);

}  // namespace polycampaign::inline v1::testing
