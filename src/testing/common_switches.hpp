#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <span>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Switches that the simulator of every vendor has.
inline constexpr Switch common_switches[] = {
    {"fault", "none|html502|http500|http429|http429_retry_after|truncated|html502_after|lost",
     "the fault to simulate: a proxy's HTML page, an empty 500 response, a 429 without or with Retry-After, "
     "half a body, or, although the vendor has processed the request, a proxy's HTML page or no response"},
    {"fault_every", "1|3|10", "the fault occurs on every Nth request"},
    {"rate_limit", "0|5|20", "number of requests accepted per second; all others get a 429; 0: no limit"},
    {"rate_limit_answer", "plain|retry_after|quiet",
     "the 429 response: without a wait, with Retry-After, or repeated until a second passes without any "
     "request"},
    {"stage", "600|60|1",
     "seconds that a campaign stays in each state before the next one; a scheduled campaign waits for its "
     "time"},
};
/// The status of a response that does not arrive. Its body is empty if the request did not arrive either.
inline constexpr int no_response = 0;

/// Returns a vendor's own switches, followed by the common ones.
[[nodiscard]] std::vector<Switch> with_common(std::span<Switch const> own);

}  // namespace polycampaign::inline v1::testing
