#include "polycampaign/protocol/endpoint.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/url.hpp"

namespace polycampaign::inline v1::protocol {

Result<Endpoint> parse_endpoint(std::string_view base_url) {
  auto const refused = [](std::string_view why) {
    return failure(ErrorCode::configuration, "base_url: " + std::string{why});
  };
  if (base_url.empty()) return refused("it is missing");
  auto const url = parse_url(base_url);
  if (!url) return refused(url.error().message);
  if (base_url.find('?') != std::string_view::npos) return refused("it has a query");
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  return Endpoint{std::string{base_url}, url->scheme == "https", url->loopback()};
}

}  // namespace polycampaign::inline v1::protocol
