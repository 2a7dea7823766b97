#pragma once

#include "polycampaign/campaign.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// A campaign and the account that it was read from.
struct Listed {
  std::string account{};
  Campaign campaign{};
};

/// The size and colors of a table.
struct Look {
  std::size_t width = 120;
  bool coloured = false;
};

/// Returns a table with one line per campaign. A value that the vendor did not report is `-`.
[[nodiscard]] std::string campaign_table(std::vector<Listed> const& campaigns, Look const& look);

/// Returns one campaign with everything that the vendor reported, one line per member.
[[nodiscard]] std::string campaign_card(Listed const& listed, Look const& look);

}  // namespace polycampaign::inline v1::command
