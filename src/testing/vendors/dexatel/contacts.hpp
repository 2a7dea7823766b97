#pragma once

#include "polycampaign/testing/simulated_campaign.hpp"
#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/dexatel/answer.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace polycampaign::inline v1::testing::dexatel {

/// Reads the contacts of a request: an array under `contacts` with at most as many items as the switch
/// `contacts_limit` says, or, if there is no such member, one contact (by analogy with "Contacts, Update").
/// None may be among `members`.
[[nodiscard]] std::vector<SimulatedRecipient> read_contacts(nlohmann::ordered_json const& data,
                                                            std::vector<SimulatedRecipient> const& members,
                                                            VendorSimulator const& simulator,
                                                            Problems& problems);

}  // namespace polycampaign::inline v1::testing::dexatel
