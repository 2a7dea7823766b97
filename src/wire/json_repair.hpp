#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

/// Something that was replaced, so that simdjson accepts the page.
struct JsonRepair {
  enum class Kind : std::uint8_t {
    number,     ///< one out of range, by its text
    surrogate,  ///< half of a pair, by U+FFFD
  };
  std::size_t position = 0;  ///< byte of the page as it was received
  Kind kind = Kind::number;
};

/// What is wrong with a page that simdjson refused.
struct JsonRepairs {
  std::vector<JsonRepair> made{};  ///< in the order of their positions
  std::string text{};              ///< the page with all of them; only meaningful without a fault
  std::string_view fault{};        ///< a literal; empty when nothing but the repairs was in the way
  std::size_t fault_position = 0;  ///< byte
};

/// Reads valid UTF-8 by JSON's grammar. Numbers that are out of range become their text as a string, halves
/// of surrogate pairs become U+FFFD; anything else that is wrong is a fault.
[[nodiscard]] JsonRepairs repair_json(std::string_view text);

}  // namespace polycampaign::inline v1::wire
