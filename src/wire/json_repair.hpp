#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

/// Something that was replaced, so that simdjson accepts the page.
struct JsonRepair {
  std::size_t record = 0;       ///< the first array index on the way to it; 0 when there is none
  std::string_view sentence{};  ///< a literal
};

/// What is wrong with a page that simdjson refused.
struct JsonRepairs {
  std::vector<JsonRepair> made{};
  std::string text{};              ///< the page with all of them; only meaningful without a fault
  std::string_view fault{};        ///< a literal; empty when nothing but the repairs was in the way
  std::size_t fault_position = 0;  ///< byte
};

/// Reads valid UTF-8 by JSON's grammar. Numbers that are out of range become their text as a string, halves
/// of surrogate pairs become U+FFFD; anything else that is wrong is a fault.
[[nodiscard]] JsonRepairs repair_json(std::string_view text);

}  // namespace polycampaign::inline v1::wire
