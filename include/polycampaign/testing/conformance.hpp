#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// The adapter to check, and the vendor that it works with. Whatever the pointers in both refer to must stay
/// valid while the check runs. A plain value.
struct ConformanceOptions {
  Provider provider{};  ///< the adapter, with all its functions
  /// A simulator of the vendor without faults: the suite itself rewrites and damages responses. The suite
  /// provides its clock, which is stopped at the moment when the check began. If it has a switch `page_cap`
  /// that takes any number, the suite also checks pages that are shorter than requested.
  SimulatedVendor simulator{};
  /// Settings in addition to those that the simulator provides, such as a format or a time zone.
  std::map<std::string, std::string, std::less<>> settings{};
  /// Values for the simulator's switches. Empty: their defaults.
  std::map<std::string, std::string, std::less<>> switches{};
  /// A sort key that the vendor has, for `Filter::sort`. Empty: a native sort is not checked.
  std::string sort_key{};
  std::uint64_t seed = 1;  ///< seed of the simulated campaigns
  /// The names of the checks to run, from `conformance_checks()`. Empty: all.
  std::vector<std::string> checks{};
  /// Whether the vendor sends `{}`, an object without members, if a list has no campaigns. Such a body is
  /// then an empty list and not damage.
  bool empty_object_is_a_list = false;
  /// A sender that the simulator accepts, for `NewCampaign::sender`. Empty: the first active one of
  /// GetSenders or, if the adapter does not have that operation, `ACME`.
  std::string sender{};
  /// Options that every campaign needs, for `NewCampaign::options`.
  std::vector<CampaignOption> campaign_options{};
};

/// Something that the adapter does and that no adapter may do. A plain value.
struct Finding {
  std::string check{};     ///< one of `conformance_checks()`
  std::string expected{};  ///< what every adapter must do
  /// What the adapter did. The account is simulated, so this is safe to show, although it may quote
  /// campaigns.
  std::string seen{};
};

/// Formats the finding as one line: `check: expected ...; seen ...`.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string to_string(Finding const& finding);

/// Returns the names of all checks, in the order in which they run.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<std::string_view> conformance_checks();

/// Checks everything that every adapter must do. The check runs in this process, without a network or waits,
/// and takes a few seconds. An empty result is a pass. Each check reports at most ten findings. May be called
/// from several threads for different adapters. An error or an exception of the adapter is a finding.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<Finding> check_adapter(
    ConformanceOptions const& options);

}  // namespace polycampaign::inline v1::testing
