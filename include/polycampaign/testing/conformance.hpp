#pragma once

#include "polycampaign/providers.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// The adapter to be checked, and the vendor that it speaks with. What the pointers in both refer to must
/// live as long as the check runs. A plain value.
struct ConformanceOptions {
  Provider provider{};  ///< the adapter, with all its functions
  /// Its vendor, healthy: the suite rewrites and damages answers by itself. Its clock is the suite's: the
  /// moment when the check began. With a switch `page_cap` that takes any number, pages that are shorter than
  /// asked for are tried, too.
  SimulatedVendor simulator{};
  /// Settings beside those that the simulator gives: a format, a time zone.
  std::map<std::string, std::string, std::less<>> settings{};
  /// Switches of the simulator; empty: its defaults.
  std::map<std::string, std::string, std::less<>> switches{};
  /// A sort key that the vendor has, for `Filter::sort`; empty: a sort that is native is not checked.
  std::string sort_key{};
  std::uint64_t seed = 1;  ///< of the simulated campaigns
  /// Names of the checks to run, of `conformance_checks()`; empty: all.
  std::vector<std::string> checks{};
  /// The vendor answers `{}`, an object without members, when a list has no campaigns: such a body is an
  /// empty list and no damage.
  bool empty_object_is_a_list = false;
};

/// Something that the adapter does and no adapter may. A plain value.
struct Finding {
  std::string check{};     ///< one of `conformance_checks()`
  std::string expected{};  ///< of every adapter
  std::string seen{};      ///< of an invented account: safe to show, though it may quote its campaigns
};

/// One line: `check: expected ...; seen ...`.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string to_string(Finding const& finding);

/// The names of all checks, in the order in which they run.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<std::string_view> conformance_checks();

/// Everything that every adapter must do, in this process: no network, no waits, a few seconds. An empty
/// answer is a pass. At most ten findings of each check are told. May be called from several threads for
/// different adapters. Errors of the adapter are findings; an exception that it throws is one too.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<Finding> check_adapter(
    ConformanceOptions const& options);

}  // namespace polycampaign::inline v1::testing
