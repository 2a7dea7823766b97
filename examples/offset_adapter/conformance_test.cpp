#include <polycampaign/testing/conformance.hpp>

#include "simulator.hpp"
#include "wren.hpp"

#include <iostream>
#include <map>
#include <string>
#include <utility>

using namespace polycampaign;

namespace {

/// Everything that every adapter must do, at a vendor that behaves like this. Needs no test framework.
int findings(std::map<std::string, std::string, std::less<>> switches) {
  auto const found = testing::check_adapter({.provider = wren::provider(),
                                             .simulator = wren::simulated(),
                                             .switches = std::move(switches),
                                             .sort_key = "name"});
  for (auto const& finding : found) std::cerr << to_string(finding) << '\n';
  return static_cast<int>(found.size());
}

}  // namespace

int main() {
  return findings({}) + findings({{"cap", "20"}}) + findings({{"total", "missing"}}) == 0 ? 0 : 1;
}
