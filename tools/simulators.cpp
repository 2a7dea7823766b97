#include "simulators.hpp"

#include "nearest.hpp"

#include <algorithm>

namespace polycampaign::command {

namespace {

Result<void> check(SimulateRequest const& request) {
  std::vector<std::string_view> names;
  for (auto const& provider : providers()) names.push_back(provider.name);
  for (auto const& [provider, switches] : request.switches) {
    if (find_provider(provider) == nullptr)
      return Error{.code = ErrorCode::invalid_argument,
                   .message = "--switch: " + unknown_word("provider", provider, names)};
    std::vector<std::string_view> known;
    for (auto const& each : testing::switches_of(*testing::find_simulated_vendor(provider)))
      known.push_back(each.name);
    for (auto const& [name, value] : switches)
      if (std::find(known.begin(), known.end(), name) == known.end())
        return Error{.code = ErrorCode::invalid_argument,
                     .message = "--switch: " + unknown_word("switch of " + provider, name, known)};
  }
  return {};
}

}  // namespace

Result<std::vector<std::unique_ptr<testing::Simulator>>> serve_all(SimulateRequest const& request) {
  if (auto checked = check(request); !checked) return std::move(checked).error();
  std::vector<std::unique_ptr<testing::Simulator>> simulators;
  auto port = request.port_base;
  for (auto const& provider : providers()) {
    testing::SimulatorOptions options{.provider = std::string{provider.name},
                                      .campaigns = request.campaigns,
                                      .seed = request.seed,
                                      .port = port};
    if (auto const found = request.switches.find(provider.name); found != request.switches.end())
      options.switches = found->second;
    auto simulator = testing::Simulator::create(std::move(options));
    auto served = simulator ? (*simulator)->serve() : Result<void>{simulator.error()};
    if (!served) {
      served.error().provider = provider.name;
      return std::move(served).error();
    }
    simulators.push_back(*std::move(simulator));
    if (port != 0) ++port;
  }
  return simulators;
}

}  // namespace polycampaign::command
