#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Returns a phone number in E.164: `+` and 7 to 15 digits, the first one not 0. Spaces, hyphens, dots,
/// slashes and parentheses are removed. A number without `+` is refused, because its country is not known,
/// and so is one with `(0)`, because that digit is dialed within the country only.
///
/// Errors: `invalid_argument`, which says what is wrong without quoting the number.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::string> to_e164(std::string_view number);

}  // namespace polycampaign::inline v1
