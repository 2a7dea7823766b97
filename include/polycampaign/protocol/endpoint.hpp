#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// Where a vendor's requests go. A plain value.
struct Endpoint {
  std::string base_url{};  ///< a checked http or https URL without a query and without a trailing slash
  /// False: http, which `make_client` refuses for other machines unless it is allowed.
  bool https = true;
  /// Whether this is the local machine, as `Url::loopback` decides. A transport applies the same rule.
  bool loopback = false;
};

/// Parses an account's `base_url`. Errors: `configuration`, naming `base_url`, for anything but an absolute
/// http or https URL without user information, query and fragment. The message does not quote the URL,
/// because a credential may have been pasted into it.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Endpoint> parse_endpoint(std::string_view base_url);

}  // namespace polycampaign::inline v1::protocol
