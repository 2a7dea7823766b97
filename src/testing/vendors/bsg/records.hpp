#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::bsg {

/// Returns a `CampaignSchema`: an item of the list, or the short form of get. Its `sent` is cumulative.
[[nodiscard]] nlohmann::ordered_json brief_record(SimulatedCampaign const& campaign,
                                                  VendorSimulator const& simulator, bool in_list);
/// Returns the detail object. Its `sent` is one of the buckets that add up to `total_messages`.
[[nodiscard]] nlohmann::ordered_json detail_record(SimulatedCampaign const& campaign,
                                                   VendorSimulator const& simulator);

/// Returns the campaign's counters as BSG shows them at this moment.
[[nodiscard]] SimulatedCounters counters_of(SimulatedCampaign const& campaign,
                                            VendorSimulator const& simulator);
/// Returns the counters of the detail, which add up to the campaign's messages: also which message is in
/// which state.
[[nodiscard]] nlohmann::ordered_json buckets_of(SimulatedCampaign const& campaign,
                                                VendorSimulator const& simulator);
/// Returns a time as BSG writes it, or null.
[[nodiscard]] nlohmann::ordered_json date(std::optional<std::chrono::sys_seconds> time,
                                          VendorSimulator const& simulator);
/// Returns the value of the switch. If that is `profile`, returns the value of the current profile:
/// specification, web pages or support.
[[nodiscard]] std::string_view shape(VendorSimulator const& simulator, std::string_view name,
                                     std::string_view spec, std::string_view web, std::string_view support);

/// Returns the campaign's name at BSG. BSG generates the names of campaigns made through the API.
[[nodiscard]] std::string name_of(SimulatedCampaign const& campaign, VendorSimulator const& simulator);
[[nodiscard]] char const* type_word(Channel channel) noexcept;
[[nodiscard]] std::string_view status_word(StatusCode status) noexcept;
/// Returns how far the account's wall clock is ahead of UTC, for all times except the planned start.
[[nodiscard]] std::chrono::seconds clock_offset(VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::bsg
