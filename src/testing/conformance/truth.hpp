#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// What the campaign tells of that field, as text; nothing when it tells nothing.
[[nodiscard]] std::optional<std::string> reported(Campaign const& campaign, Field field);

/// Where both tell and differ: `name: "a", "b"`; empty when nowhere.
[[nodiscard]] std::string disagreement(Campaign const& one, Campaign const& other);

/// What the campaign reports that is not so; empty when nothing. A name that no answer of the vendor holds
/// is one that the vendor gave, and so is the campaign's, if `texts`, all values of the answers, have it. A
/// time whose zone is assumed may be an hour off: the wall clock shows some hours twice.
[[nodiscard]] std::string untruth(Campaign const& campaign, SimulatedCampaign const& truth,
                                  std::set<std::string> const& texts);

/// Whether it is one of Statistics.
[[nodiscard]] bool is_counter(Field field) noexcept;

/// All that the campaign reports, by name: its fields, the vendor's word for the status, rates and counters
/// of the vendor.
[[nodiscard]] std::map<std::string, std::string> reported(Campaign const& campaign);

}  // namespace polycampaign::inline v1::testing::conformance
