#pragma once

#include "polycampaign/testing/simulator.hpp"

#include "commands.hpp"

#include <memory>
#include <vector>

namespace polycampaign::command {

/// One simulator a provider, in the order of `providers()`, each serving on the loopback. Errors:
/// `invalid_argument` (unknown provider or switch), `configuration`, `network`; `provider` says which one.
[[nodiscard]] Result<std::vector<std::unique_ptr<testing::Simulator>>> serve_all(
    SimulateRequest const& request);

}  // namespace polycampaign::command
