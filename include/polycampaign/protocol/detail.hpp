#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// Checks an id of a vendor whose ids are whole numbers, and returns it without leading zeros. The result is
/// a view into `id`.
///
/// Errors: `invalid_argument` for anything but digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::string_view> numeric_id(std::string_view id);
/// Escapes an id for use as one segment of a path.
///
/// Errors: `invalid_argument` if the id is empty, `.` or `..`, which would name another resource.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::string> path_segment(std::string_view id);

/// Returns the requested campaign from those in the response to a get. A single campaign without an id is
/// taken for it. `http_status` is the response's. Errors: `not_found` if there is no campaign; `protocol` if
/// there are only others.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Campaign> only(std::vector<Campaign> answered, std::string_view id,
                                                        int http_status);

/// Returns a campaign's detail, completed with what only the list reported. If both report a value, the
/// detail's is used. Each list of counters, rates or recipients is taken whole from one of the two. Notes are
/// joined.
[[nodiscard]] POLYCAMPAIGN_EXPORT Campaign merged(Campaign listed, Campaign detail);

/// Completes a listed campaign for `Listing::complete`: returns both merged, or the listed campaign with a
/// note if the detail is `not_found`. Errors: all other errors of the detail.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Campaign> completed(Campaign listed, Result<Campaign> detail);

}  // namespace polycampaign::inline v1::protocol
