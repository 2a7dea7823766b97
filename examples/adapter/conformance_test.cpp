#include <polycampaign/testing/conformance.hpp>

#include "heron.hpp"
#include "simulator.hpp"

#include <iostream>

// Checks everything that every adapter must do. Needs no test framework.
int main() {
  auto const findings =
      polycampaign::testing::check_adapter({.provider = heron::provider(), .simulator = heron::simulated()});
  for (auto const& finding : findings) std::cerr << to_string(finding) << '\n';
  return findings.empty() ? 0 : 1;
}
