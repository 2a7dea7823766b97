#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

namespace polycampaign::inline v1::testing::yeastar {

/// Returns a `MSGCampaign_Info`, an item of list and search, in the variant that the switches select.
[[nodiscard]] nlohmann::ordered_json info_record(SimulatedCampaign const& campaign,
                                                 VendorSimulator const& simulator);
/// Returns a `MSGCampaign_DetailInfo`, as in get and query. It has no status.
[[nodiscard]] nlohmann::ordered_json detail_record(SimulatedCampaign const& campaign,
                                                   VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::yeastar
