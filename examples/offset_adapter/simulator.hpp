#pragma once

#include <polycampaign/testing/simulator.hpp>

namespace wren {

/// Its API in this process, for tests.
[[nodiscard]] polycampaign::testing::SimulatedVendor const& simulated() noexcept;

}  // namespace wren
