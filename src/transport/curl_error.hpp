#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"
#include "transport/job.hpp"
#include "transport/proxy.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::transport {

/// All that libcurl tells of a transfer that failed.
struct Failure {
  CURLcode code = CURLE_OK;
  std::string_view detail{};          ///< its error buffer; may quote a proxy's URL with its password
  long system_error = 0;              ///< of the last connection attempt
  long tunnel_status = 0;             ///< a proxy's last answer to CONNECT; 0: none
  long proxy_error = 0;               ///< CURLproxycode, of SOCKS
  bool out_of_descriptors = false;    ///< found when a socket was to be opened
  bool authorities_readable = false;  ///< by now, if they were not
};

/// What the failure means. The detail is quoted for TLS only, which knows neither URL nor content.
[[nodiscard]] Error curl_error(Failure const& failure, Job const& job, Proxy const& proxy);

/// A proxy's own answer: nothing reached the vendor.
[[nodiscard]] Error proxy_refusal(long status, Job const& job, Proxy const& proxy);

/// What the caller has set up wrongly.
[[nodiscard]] inline Error configuration(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace polycampaign::inline v1::transport
