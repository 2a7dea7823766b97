#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/orders.hpp"

#include <string_view>

/// Phonebooks: the account's lists, whose members are company contacts with a mobile number.
namespace polycampaign::inline v1::testing::yeastar {

/// Returns the answer to `phonebook/search`, which is assumed to have the form of the other searches.
[[nodiscard]] Answer phonebooks(RequestTarget const& target, VendorSimulator const& simulator);
/// Returns the answer to `phonebook/get`.
[[nodiscard]] Answer phonebook(std::string_view id, VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::yeastar
