#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/orders.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

/// Pages of list and search, which all resources have in the same form.
namespace polycampaign::inline v1::testing::yeastar {

/// The records of one page: for `page_of`.
struct PageSlice {
  std::int64_t first = 0;
  std::int64_t size = 0;
};

/// Reads which page of `total` records a request asks for. Returns the refusal, if there is one.
[[nodiscard]] std::optional<Answer> read_page(RequestTarget const& target, VendorSimulator const& simulator,
                                              std::int64_t total, PageSlice& slice);
/// Returns the answer with the records of a page.
[[nodiscard]] Answer page_answer(VendorSimulator const& simulator, std::int64_t total,
                                 nlohmann::ordered_json items);
/// Returns the answer with one record, in the shape that the switch `get_shape` selects.
[[nodiscard]] Answer one_answer(VendorSimulator const& simulator, nlohmann::ordered_json record);
/// Checks the id in a query. Returns the refusal, if there is one.
[[nodiscard]] std::optional<Answer> wrong_id(std::string_view id);
/// Returns an id as the switch `id` says.
[[nodiscard]] nlohmann::ordered_json id_value(std::int64_t id, VendorSimulator const& simulator);

}  // namespace polycampaign::inline v1::testing::yeastar
