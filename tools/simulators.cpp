#include "simulators.hpp"

#include "text/nearest.hpp"

#include <algorithm>

namespace polycampaign::inline v1::command {

namespace {

Error refused(std::string const& problem) {
  return {.code = ErrorCode::invalid_argument, .message = "--switch: " + problem};
}

Result<void> check(Vendors const& vendors, SimulateRequest const& request) {
  for (auto const& [name, switches] : request.switches) {
    std::vector<std::string_view> known;
    auto const* const vendor = vendors.find(name);
    if (!vendor) {
      for (auto const* each : vendors.simulated()) known.push_back(each->provider.name);
      return refused(text::unknown_word("provider", name, known));
    }
    if (!vendor->simulator) return refused("provider \"" + name + "\" has no simulator");
    for (auto const& each : testing::switches_of(*vendor->simulator)) known.push_back(each.name);
    for (auto const& [word, value] : switches)
      if (std::find(known.begin(), known.end(), word) == known.end())
        return refused(text::unknown_word("switch of " + name, word, known));
  }
  return {};
}

}  // namespace

Result<std::vector<ServedVendor>> serve_all(Vendors const& vendors, SimulateRequest const& request) {
  if (auto checked = check(vendors, request); !checked) return std::move(checked).error();
  std::vector<ServedVendor> served;
  auto port = request.port_base;
  for (auto const* vendor : vendors.simulated()) {
    auto const& name = vendor->provider.name;
    testing::SimulatorOptions options{.campaigns = request.campaigns, .seed = request.seed, .port = port};
    if (auto const found = request.switches.find(name); found != request.switches.end())
      options.switches = found->second;
    auto simulator = testing::Simulator::create(*vendor->simulator, std::move(options));
    auto serves = simulator ? (*simulator)->serve() : Result<void>{simulator.error()};
    if (!serves) {
      serves.error().provider = name;
      return std::move(serves).error();
    }
    served.push_back({&vendor->provider, *std::move(simulator)});
    if (port != 0) ++port;
  }
  return served;
}

}  // namespace polycampaign::inline v1::command
