#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <memory>
#include <span>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Switches that every vendor has, handled before the vendor sees the request.
inline constexpr Switch common_switches[] = {
    {"fault", "none|html502|http500|http429|http429_retry_after|truncated",
     "what goes wrong: a proxy's HTML page, an empty 500, a 429 without and with Retry-After, half a body"},
    {"fault_every", "1|3|10", "the fault hits every Nth request"},
    {"rate_limit", "0|5|20",
     "requests that it takes in a second; it answers the others with 429; 0: all of them"},
    {"rate_limit_answer", "plain|retry_after|quiet",
     "the 429: without a wait, with Retry-After, or until a second has passed without any request"},
};
/// The common switches behind a vendor's own ones.
[[nodiscard]] std::vector<Switch> with_common(std::span<Switch const> own);

[[nodiscard]] std::span<Switch const> bsg_switches() noexcept;
[[nodiscard]] std::span<Switch const> dexatel_switches() noexcept;
[[nodiscard]] std::span<Switch const> smsup_switches() noexcept;
[[nodiscard]] std::span<Switch const> yeastar_switches() noexcept;

[[nodiscard]] std::unique_ptr<VendorSimulator> make_bsg_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_dexatel_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_smsup_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_yeastar_simulator(SimulatorOptions options);

}  // namespace polycampaign::inline v1::testing
