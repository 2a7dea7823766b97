#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// Where a vendor's requests go. A plain value.
struct Endpoint {
  std::string base_url{};  ///< a checked http or https URL without query, and without a slash at its end
  bool https = true;      ///< else http, which `make_client` refuses beyond this machine unless it is allowed
  bool loopback = false;  ///< this machine, as `Url::loopback` decides; a transport applies the same rule
};

/// The endpoint that an account's `base_url` names. Errors: `configuration`, naming `base_url`, for anything
/// but an absolute http or https URL without user information, query and fragment; the text is not quoted,
/// since a credential may have been pasted into it.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Endpoint> parse_endpoint(std::string_view base_url);

}  // namespace polycampaign::inline v1::protocol
