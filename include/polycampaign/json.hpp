#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/export.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Formats one campaign as one line of JSON, without a newline at the end: the command's `ndjson` output.
/// Absent values are `null`, empty lists and maps are kept, and members are always in the same order. `raw()`
/// is not included. An empty `account` is written as `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Campaign const& campaign,
                                                      std::string_view account = {});

/// Formats an error as one line of JSON with the members `account`, `provider`, `code`, `effect`,
/// `transient`, `retry_after` (milliseconds), `http_status`, `vendor_code`, `attempts` and `message`. A
/// status of 0, an absent wait and an empty string mean that the value is unknown; they are written as
/// `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Error const& error, std::string_view account = {});

}  // namespace polycampaign::inline v1
