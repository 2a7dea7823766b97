#pragma once

#include <polycampaign/testing/simulator.hpp>

namespace wren {

/// Returns the simulator of Wren's API in this process, for tests.
[[nodiscard]] polycampaign::testing::SimulatedVendor const& simulated() noexcept;

}  // namespace wren
