#pragma once

#include <polycampaign/testing/simulator.hpp>

namespace heron {

/// Its API in this process, for tests and `simulate`.
[[nodiscard]] polycampaign::testing::SimulatedVendor const& simulated() noexcept;

}  // namespace heron
