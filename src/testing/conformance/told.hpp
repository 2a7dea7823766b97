#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// Every field of Capabilities, in their order.
[[nodiscard]] std::vector<Field> all_fields();

/// What the campaign tells of that field, as text; nothing when it tells nothing.
[[nodiscard]] std::optional<std::string> told(Campaign const& campaign, Field field);

/// Where both tell and differ: `name: "a", "b"`; empty when nowhere.
[[nodiscard]] std::string disagreement(Campaign const& one, Campaign const& other);

/// What the campaign tells that is not so, of the fields that every vendor must tell alike (a
/// name may be one that the vendor gave); empty when nothing. A time whose zone is assumed may be an hour
/// off: the wall clock shows some hours twice.
[[nodiscard]] std::string untruth(Campaign const& campaign, SimulatedCampaign const& truth);

}  // namespace polycampaign::inline v1::testing::conformance
