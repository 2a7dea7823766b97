#pragma once

#include "testing/conformance/write_tasks.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// Returns a name for a new list that keeps the vendor's rules.
[[nodiscard]] std::string new_list_name(RecipientListRules const& rules);
/// Returns numbers that nothing else contains: as many as `count`, or as one request may add.
[[nodiscard]] std::vector<std::string> new_list_numbers(RecipientListRules const& rules, std::size_t count);
/// Returns the lists of `after` that `before` does not have.
[[nodiscard]] std::vector<SimulatedAddressBook> created_lists(SimulatedAccount const& before,
                                                              SimulatedAccount const& after);
/// Returns the id of a list that does not exist, in the form of those that do.
[[nodiscard]] std::string missing_list(SimulatedAccount const& account);

}  // namespace polycampaign::inline v1::testing::conformance
