#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

namespace polycampaign::inline v1::testing {

/// `MSGCampaign_Info`: an item of list and search, in the variant that the simulator's switches ask for.
[[nodiscard]] nlohmann::ordered_json yeastar_info(SimulatedCampaign const& campaign,
                                                  VendorSimulator const& simulator);
/// `MSGCampaign_DetailInfo`: what get and query tell. It has no status.
[[nodiscard]] nlohmann::ordered_json yeastar_detail(SimulatedCampaign const& campaign,
                                                    VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing
