#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/export.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// One campaign as one line of JSON (no newline at the end), the form of the command's `ndjson` output:
/// absent values are `null`, empty lists and maps are kept, members always in the same order. `raw()` is not
/// part of it. An empty `account` is written as `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Campaign const& campaign,
                                                      std::string_view account = {});

/// `account`, `provider`, `code`, `effect`, `transient`, `retry_after` (milliseconds), `http_status`,
/// `vendor_code`, `attempts`, `message` as one line. A status of 0, an absent wait and empty text are
/// unknown, and are written as `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Error const& error, std::string_view account = {});

}  // namespace polycampaign::inline v1
