#pragma once

#include "polycampaign/campaign.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// A campaign and the account it was read from.
struct Listed {
  std::string account{};
  Campaign campaign{};
};

/// Where and how a table is shown.
struct Look {
  std::size_t width = 120;
  bool coloured = false;
};

/// A campaign a line. What a vendor did not tell is `-`.
[[nodiscard]] std::string campaign_table(std::vector<Listed> const& campaigns, Look const& look);

/// One campaign, a member a line, with everything that the vendor told.
[[nodiscard]] std::string campaign_card(Listed const& listed, Look const& look);

}  // namespace polycampaign::inline v1::command
