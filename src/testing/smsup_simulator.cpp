#include "testing/simulator_base.hpp"

namespace polycampaign::inline v1::testing {

namespace {

constexpr auto table = with_common({{"none_yet", "off", "no variants"}});

class SmsupSimulator final : public VendorSimulator {
 public:
  explicit SmsupSimulator(SimulatorOptions options) : VendorSimulator{std::move(options), table} {}
  HttpResponse answer(HttpRequest const&, Target const&) override { return json_answer(404, "{}"); }
  Settings credentials() const override { return {}; }
};

}  // namespace

std::span<Switch const> smsup_switches() noexcept {
  return table;
}

std::unique_ptr<VendorSimulator> make_smsup_simulator(SimulatorOptions options) {
  return std::make_unique<SmsupSimulator>(std::move(options));
}

}  // namespace polycampaign::inline v1::testing
