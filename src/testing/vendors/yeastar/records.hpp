#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

namespace polycampaign::inline v1::testing::yeastar {

/// `MSGCampaign_Info`: an item of list and search, in the variant that the simulator's switches ask for.
[[nodiscard]] nlohmann::ordered_json info_record(SimulatedCampaign const& campaign,
                                                 VendorSimulator const& simulator);
/// `MSGCampaign_DetailInfo`: what get and query tell. It has no status.
[[nodiscard]] nlohmann::ordered_json detail_record(SimulatedCampaign const& campaign,
                                                   VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::yeastar
