#pragma once

#include "polycampaign/command.hpp"
#include "polycampaign/testing/vendor_simulator.hpp"

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A third-party vendor. It behaves like BSG, under its own name.
inline constexpr testing::SimulatedVendor simulated_courier{
    .name = "courier",
    .make =
        [](testing::SimulatorOptions options) {
          return testing::find_simulated_vendor("bsg")->make(std::move(options));
        },
    .switches = []() noexcept { return testing::find_simulated_vendor("bsg")->switches(); },
};

inline constexpr Provider courier{
    .name = "courier",
    .capabilities = []() noexcept -> Capabilities const& {
      static constexpr std::string_view blind[] = {"couriers see nothing"};
      static constexpr Capabilities own{
          .provider = "courier", .display_name = "Courier Ltd", .max_page_size = 77, .limitations = blind};
      return own;
    },
    .settings = []() noexcept { return find_provider("bsg")->settings(); },
    .make_adapter = [](Settings settings) { return find_provider("bsg")->make_adapter(std::move(settings)); },
    .decode =
        [](Document document, std::string body, DecodeOptions const& options) {
          return find_provider("bsg")->decode(document, std::move(body), options);
        },
};

/// A vendor without a simulator, whose name comes first.
inline constexpr Provider abacus{
    .name = "abacus",
    .capabilities = courier.capabilities,
    .settings = courier.settings,
    .make_adapter = courier.make_adapter,
    .decode = courier.decode,
};

}  // namespace polycampaign::test
