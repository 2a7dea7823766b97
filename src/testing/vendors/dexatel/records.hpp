#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// Returns a campaign as in Query, or as in Read (`detail`), in the variant that the switches select.
[[nodiscard]] nlohmann::ordered_json campaign_record(SimulatedCampaign const& campaign,
                                                     VendorSimulator const& simulator,
                                                     std::string_view account_id, bool detail);
[[nodiscard]] std::string_view channel_word(Channel channel, bool lower) noexcept;
[[nodiscard]] bool is_uuid(std::string_view text) noexcept;

}  // namespace polycampaign::inline v1::testing::dexatel
