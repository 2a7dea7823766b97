#pragma once

#include "polycampaign/testing/simulator.hpp"

namespace polycampaign::inline v1::testing::dexatel {

[[nodiscard]] SimulatedVendor const& simulated() noexcept;

}  // namespace polycampaign::inline v1::testing::dexatel
