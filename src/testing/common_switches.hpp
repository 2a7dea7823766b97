#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <span>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Switches that every vendor has.
inline constexpr Switch common_switches[] = {
    {"fault", "none|html502|http500|http429|http429_retry_after|truncated",
     "what goes wrong: a proxy's HTML page, an empty 500, a 429 without and with Retry-After, half a body"},
    {"fault_every", "1|3|10", "the fault hits every Nth request"},
    {"rate_limit", "0|5|20",
     "requests that it takes in a second; it answers the others with 429; 0: all of them"},
    {"rate_limit_answer", "plain|retry_after|quiet",
     "the 429: without a wait, with Retry-After, or until a second has passed without any request"},
    {"stage", "600|60|1",
     "seconds that a campaign stays in each state on its way to the end; a planned one waits for its time"},
};
/// The common switches behind a vendor's own ones.
[[nodiscard]] std::vector<Switch> with_common(std::span<Switch const> own);

}  // namespace polycampaign::inline v1::testing
