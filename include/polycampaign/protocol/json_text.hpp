#pragma once

#include "polycampaign/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

// Exact texts inside JSON, which a parser that builds a tree does not keep. Whatever the adapter parses with.

/// The text of each record in the list that this member of the root holds, byte for byte, for
/// `Campaign::raw_record`: the items of an array; the values of an object keyed by numbers (an array of PHP
/// that lost some of its keys), in the order of the numbers; else the one text of an object. None for `[]`,
/// `{}`, `null` and a body that is no valid JSON. Of several members of one name the last one counts.
/// `member` empty: the root itself. Reads the whole body again: only for `keep_raw`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::vector<std::string> json_records(std::string_view body,
                                                                        std::string_view member);

/// The text of a member's value inside one of these: of a number its digits, which a double has lost, for
/// `read_decimal`. Of several members of one name the last one counts. Empty when there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string json_member(std::string_view record, std::string_view name);

}  // namespace polycampaign::inline v1::protocol
