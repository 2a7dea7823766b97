#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// An id of a vendor whose ids are whole numbers, without zeros in front. A view into `id`.
///
/// Errors: `invalid_argument` for anything else than digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::string_view> numeric_id(std::string_view id);
/// An id as one segment of a path, escaped.
///
/// Errors: `invalid_argument` when it is empty, `.` or `..`, which would name another resource.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::string> path_segment(std::string_view id);

/// The campaign that was asked for, among those of a detail's answer; a single one without an id is taken for
/// it. `http_status` is the answer's. Errors: `not_found` when there is none; `protocol` when there are only
/// others.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Campaign> only(std::vector<Campaign> answered, std::string_view id,
                                                        int http_status);

/// A campaign's detail with what only the list told about it. Where both tell, the detail holds; lists of
/// counters, rates and recipients come whole from one of both; notes are joined.
[[nodiscard]] POLYCAMPAIGN_EXPORT Campaign merged(Campaign listed, Campaign detail);

/// For `Listing::complete`: both merged, or the listed campaign with a note when the detail is
/// `not_found`. Errors: the detail's other ones.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Campaign> completed(Campaign listed, Result<Campaign> detail);

}  // namespace polycampaign::inline v1::protocol
