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

/// Returns what the campaign reports for that field, as text, or nothing if it is absent.
[[nodiscard]] std::optional<std::string> reported(Campaign const& campaign, Field field);

/// Returns the fields that both report with different values (`name: "a", "b"`), or an empty string.
[[nodiscard]] std::string disagreement(Campaign const& one, Campaign const& other);

/// Returns what the campaign reports incorrectly, or an empty string. `texts` are all values of the
/// responses. If they do not contain the true name, but the one that the campaign reports, the vendor has
/// named the campaign itself. A time whose zone is assumed may be wrong by an hour, because the wall clock
/// shows some hours twice.
[[nodiscard]] std::string untruth(Campaign const& campaign, SimulatedCampaign const& truth,
                                  std::set<std::string> const& texts);

/// Returns whether the field is a member of Statistics.
[[nodiscard]] bool is_counter(Field field) noexcept;

/// Returns everything that the campaign reports, by name: its fields, the vendor's word for the status, and
/// the vendor's own rates and counters.
[[nodiscard]] std::map<std::string, std::string> reported(Campaign const& campaign);

}  // namespace polycampaign::inline v1::testing::conformance
