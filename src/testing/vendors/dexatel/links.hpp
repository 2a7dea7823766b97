#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/dexatel/page_token.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// A page of a list: its path, its token and its size.
struct PageLink {
  std::string_view path{};
  PageToken token{};
  std::int64_t size = 0;
  std::string query{};  ///< the filters, encoded, each after `&`
};

/// Returns the link to a page in the form that the switch `next` selects. `forward`: it is the next page.
[[nodiscard]] nlohmann::ordered_json write_link(VendorSimulator const& simulator, PageLink const& page,
                                                bool forward);
/// Adds a link that leads on or back, if there is such a page; otherwise what the switch `end` selects.
void add_link(VendorSimulator const& simulator, nlohmann::ordered_json& links, char const* name, bool exists,
              PageLink const& page);

}  // namespace polycampaign::inline v1::testing::dexatel
