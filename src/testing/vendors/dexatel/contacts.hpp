#pragma once

#include "polycampaign/testing/simulated_campaign.hpp"

#include "testing/vendors/dexatel/answer.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::testing::dexatel {

/// Reads the contacts of a request: an array under `contacts` with at most `most` items, or, if there is no
/// such member, one contact (by analogy with "Contacts, Update"). None may be among `members`.
[[nodiscard]] std::vector<SimulatedRecipient> read_contacts(nlohmann::ordered_json const& data,
                                                            std::vector<SimulatedRecipient> const& members,
                                                            std::int64_t most, Problems& problems);

}  // namespace polycampaign::inline v1::testing::dexatel
