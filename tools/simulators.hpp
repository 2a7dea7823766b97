#pragma once

#include "polycampaign/testing/simulator.hpp"

#include "commands.hpp"

#include <memory>
#include <vector>

namespace polycampaign::inline v1::command {

struct ServedVendor {
  Provider const* provider = nullptr;
  std::unique_ptr<testing::Simulator> simulator{};
};

/// Serves a simulator of each vendor that has one on the loopback interface, in the order of `vendors`.
/// Errors: `invalid_argument` (unknown provider or switch), `configuration`, `network`. `provider` names the
/// vendor.
[[nodiscard]] Result<std::vector<ServedVendor>> serve_all(Vendors const& vendors,
                                                          SimulateRequest const& request);

}  // namespace polycampaign::inline v1::command
