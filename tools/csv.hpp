#pragma once

#include "polycampaign/campaign.hpp"

#include <string>
#include <string_view>

/// RFC 4180: a header, lines that end with CR LF. The members of the JSON form in their order, statistics
/// flattened by their names; lists joined by `;`. An absent value is an empty field, an empty text is `""`.
namespace polycampaign::inline v1::command {

[[nodiscard]] std::string csv_header();
[[nodiscard]] std::string csv_line(Campaign const& campaign, std::string_view account);

}  // namespace polycampaign::inline v1::command
