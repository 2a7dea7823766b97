#include "polycampaign/testing/conformance.hpp"

#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <exception>

namespace polycampaign::inline v1::testing {

namespace {

struct Check {
  std::string_view name;
  void (*run)(conformance::Workbench&);
};

// privacy is last, because it examines everything that the other checks made the library report
constexpr Check checks[] = {
    {"capabilities", &conformance::check_capabilities},
    {"settings", &conformance::check_settings},
    {"lists", &conformance::check_lists},
    {"moving lists", &conformance::check_moving_lists},
    {"endless lists", &conformance::check_endless_lists},
    {"odd lists", &conformance::check_odd_lists},
    {"resuming", &conformance::check_resuming},
    {"page keys", &conformance::check_keys},
    {"filters", &conformance::check_filters},
    {"fields", &conformance::check_fields},
    {"truth", &conformance::check_truth},
    {"details", &conformance::check_details},
    {"members", &conformance::check_members},
    {"other lists", &conformance::check_other_lists},
    {"other records", &conformance::check_other_records},
    {"recipient lists", &conformance::check_recipient_lists},
    {"ids", &conformance::check_ids},
    {"raw records", &conformance::check_raw},
    {"decode", &conformance::check_decode},
    {"credentials", &conformance::check_credentials},
    {"secrets", &conformance::check_secrets},
    {"sessions", &conformance::check_sessions},
    {"actions", &conformance::check_actions},
    {"damaged answers", &conformance::check_damage},
    {"threads", &conformance::check_threads},
    {"writing claims", &conformance::check_writing_claims},
    {"creating", &conformance::check_creating},
    {"start times", &conformance::check_start_times},
    {"new ids", &conformance::check_new_ids},
    {"new names", &conformance::check_new_names},
    {"changing", &conformance::check_changing},
    {"estimates and balance", &conformance::check_account},
    {"new lists", &conformance::check_new_lists},
    {"writing actions", &conformance::check_writing_actions},
    {"asynchronous writing", &conformance::check_asynchronous_writing},
    {"writing faults", &conformance::check_writing_faults},
    {"bad input", &conformance::check_writing_input},
    {"writing privacy", &conformance::check_writing_privacy},
    {"privacy", &conformance::check_privacy},
};

}  // namespace

std::string to_string(Finding const& finding) {
  return finding.check + ": expected " + finding.expected + "; seen " + finding.seen;
}

std::vector<std::string_view> conformance_checks() {
  std::vector<std::string_view> names;
  for (auto const& check : checks) names.push_back(check.name);
  return names;
}

std::vector<Finding> check_adapter(ConformanceOptions const& options) {
  auto const& provider = options.provider;
  if (!provider.capabilities || !provider.settings || !provider.make_adapter || !provider.decode)
    return {{"capabilities", "a provider with all of its functions", "a function that is null"}};
  conformance::Workbench workbench{options};
  for (auto const& check : checks) {
    if (!options.checks.empty() && std::ranges::find(options.checks, check.name) == options.checks.end())
      continue;
    workbench.begin(check.name);
    try {
      check.run(workbench);
    } catch (std::exception const& thrown) {
      workbench.expect(false, "no exception", thrown.what());
    }
  }
  return workbench.findings();
}

}  // namespace polycampaign::inline v1::testing
