#pragma once

#include <string>

namespace polycampaign::inline v1::protocol {

/// Where a vendor's requests go. The factory has checked that it is a well-formed http or https URL.
struct Endpoint {
  std::string base_url{};  ///< without a slash at its end
  bool https = true;
  bool loopback = false;
};

}  // namespace polycampaign::inline v1::protocol
