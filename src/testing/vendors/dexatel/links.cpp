#include "testing/vendors/dexatel/links.hpp"

namespace polycampaign::inline v1::testing::dexatel {

using nlohmann::ordered_json;

ordered_json write_link(VendorSimulator const& simulator, PageLink const& page, bool forward) {
  auto const token = write_token(page.token, simulator.options().seed);
  if (simulator.is("next", "token")) return token;
  auto const path = std::string{page.path} + "?page_token=" + percent_encode(token) +
                    "&page_size=" + std::to_string(page.size) + page.query;
  if (simulator.is("next", "relative")) return path;
  // A client must send its key only to its own origin. It can use the page token of such a link there.
  bool const elsewhere = forward && simulator.is("next", "foreign");
  return (elsewhere ? "https://api.elsewhere.invalid" : simulator.base_url()) + path;
}

void add_link(VendorSimulator const& simulator, ordered_json& links, char const* name, bool exists,
              PageLink const& page) {
  if (exists)
    links[name] = write_link(simulator, page, std::string_view{name} == "next");
  else if (!simulator.is("end", "absent"))
    links[name] = simulator.is("end", "empty") ? ordered_json("") : ordered_json{};
}

}  // namespace polycampaign::inline v1::testing::dexatel
