#pragma once

#include "polycampaign/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

// Exact text inside JSON, which a parser that builds a tree does not keep. These functions work with any
// parser.

/// Returns the text of each record in a list, byte for byte, for `Campaign::raw_record`. `member` names the
/// member of the root that holds the list; empty means the root itself. The records are
///
/// * the items of an array;
/// * the values of an object whose keys are numbers (a PHP array that lost some of its keys), in the order of
///   the numbers;
/// * otherwise the object itself, as one text.
///
/// Returns nothing for `[]`, `{}`, `null` and a body that is invalid JSON. If several members have the same
/// name, the last one counts. Parses the whole body again, so use it only for `keep_raw` and for numbers
/// whose digits count.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::vector<std::string> json_records(std::string_view body,
                                                                        std::string_view member);

/// Returns the text of a member's value in one of these records. For a number, these are its digits, which a
/// double has lost; pass them to `read_decimal`. If several members have the same name, the last one counts.
/// Empty if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string json_member(std::string_view record, std::string_view name);

}  // namespace polycampaign::inline v1::protocol
