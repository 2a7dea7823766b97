#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// A campaign of Query, or of Read (`detail`), in the variant that the simulator's switches ask for.
[[nodiscard]] nlohmann::ordered_json campaign_record(SimulatedCampaign const& campaign,
                                                     VendorSimulator const& simulator,
                                                     std::string_view account_id, bool detail);
[[nodiscard]] std::string_view channel_word(Channel channel, bool lower) noexcept;

}  // namespace polycampaign::inline v1::testing::dexatel
