#pragma once

#include "polycampaign/campaign.hpp"

#include <string>
#include <string_view>

/// CSV as in RFC 4180, with a header and lines that end with CR LF. The columns are the members of the JSON
/// form in the same order. Statistics have one column per counter, and lists are joined by `;`. An absent
/// value is an empty field, and an empty string is `""`.
namespace polycampaign::inline v1::command {

/// Returns a field, quoted if it needs to be; empty for an empty text.
[[nodiscard]] std::string csv_field(std::string_view text);
[[nodiscard]] std::string csv_header();
[[nodiscard]] std::string csv_line(Campaign const& campaign, std::string_view account);

}  // namespace polycampaign::inline v1::command
