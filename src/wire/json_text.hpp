#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::wire {

// The text of JSON itself. All of these expect text that a parser accepts (or would but for what is repaired
// here); on other text they stop early and never read outside it.

/// What was replaced, and in which record: the first array index on the path to it.
struct JsonRepair {
  std::size_t record = 0;
  std::string_view sentence{};
};

/// A copy in which a number that fits neither 64 bits nor a double is its text as a string, and an unpaired
/// surrogate escape is U+FFFD.
[[nodiscard]] std::string repaired_json(std::string_view text, std::vector<JsonRepair>& repairs);

/// The exact text of the first member of that name of the object that `text` is; empty when there is none.
/// Names with escapes never match.
[[nodiscard]] std::string_view json_member(std::string_view text, std::string_view name);

/// The exact text of each item of the array that `text` is; `text` itself, trimmed, when it is an object;
/// else nothing.
[[nodiscard]] std::vector<std::string_view> json_items(std::string_view text);

}
