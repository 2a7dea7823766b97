#pragma once

#include "polycampaign/message.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A message, a reply or an opt-out as it really is, before a vendor's API presents it in its own way. A
/// plain value. Times are UTC.
struct SimulatedRecord {
  std::string number{};                                   ///< `+` and digits
  std::string reference{};                                ///< the caller's key; empty if there is none
  std::string text{};                                     ///< what was sent, or what the person wrote
  std::optional<std::chrono::sys_seconds> at{};           ///< when it was handed over, or came
  MessageStatusCode status = MessageStatusCode::unknown;  ///< of a message
  friend bool operator==(SimulatedRecord const&, SimulatedRecord const&) = default;
};

/// Returns the messages of a campaign, one for each of `SimulatedCounters::messages`. Their statuses add up
/// to the campaign's counters, and to `SimulatedCampaign::outcomes` if a request created it.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<SimulatedRecord> simulated_messages(
    SimulatedCampaign const& campaign);
/// Returns the replies to a campaign: `SimulatedCounters::replies` of them, from people whom a message
/// reached.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<SimulatedRecord> simulated_replies(
    SimulatedCampaign const& campaign);
/// Returns the opt-outs of a campaign: `SimulatedCounters::opt_outs` of them, from people whom a message
/// reached.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<SimulatedRecord> simulated_opt_outs(
    SimulatedCampaign const& campaign);

}  // namespace polycampaign::inline v1::testing
