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

/// A simulator of each vendor that has one, in the order of `vendors`, each serving on the loopback. Errors:
/// `invalid_argument` (unknown provider or switch), `configuration`, `network`; `provider` says which one.
[[nodiscard]] Result<std::vector<ServedVendor>> serve_all(Vendors const& vendors,
                                                          SimulateRequest const& request);

}  // namespace polycampaign::inline v1::command
