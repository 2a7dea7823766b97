#include "testing/simulator_base.hpp"

namespace polycampaign::inline v1::testing {

namespace {

constexpr auto table = with_common({{"none_yet", "off", "no variants"}});

class BsgSimulator final : public VendorSimulator {
 public:
  explicit BsgSimulator(SimulatorOptions options) : VendorSimulator{std::move(options), table} {}
  HttpResponse answer(HttpRequest const&, Target const&) override { return json_answer(404, "{}"); }
  Settings credentials() const override { return {}; }
};

}  // namespace

std::span<Switch const> bsg_switches() noexcept {
  return table;
}

std::unique_ptr<VendorSimulator> make_bsg_simulator(SimulatorOptions options) {
  return std::make_unique<BsgSimulator>(std::move(options));
}

}  // namespace polycampaign::inline v1::testing
