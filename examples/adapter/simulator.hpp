#pragma once

#include <polycampaign/testing/simulator.hpp>

namespace heron {

/// Returns the simulator of Heron's API in this process, for tests and `simulate`.
[[nodiscard]] polycampaign::testing::SimulatedVendor const& simulated() noexcept;

}  // namespace heron
