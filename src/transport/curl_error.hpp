#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"
#include "transport/job.hpp"
#include "transport/proxy.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::transport {

/// Everything that libcurl reports about a failed transfer.
struct Failure {
  CURLcode code = CURLE_OK;
  std::string_view detail{};          ///< its error buffer; may quote a proxy's URL with its password
  long system_error = 0;              ///< of the last connection attempt
  long tunnel_status = 0;             ///< the proxy's last response to CONNECT; 0 if none
  long proxy_error = 0;               ///< CURLproxycode, for SOCKS
  bool out_of_descriptors = false;    ///< found while opening a socket
  bool authorities_readable = false;  ///< readable now, if they were not before
};

/// Returns the error that the failure means. The message quotes the detail only for TLS errors, which contain
/// neither URL nor content.
[[nodiscard]] Error curl_error(Failure const& failure, Job const& job, Proxy const& proxy);

/// Returns the error for a proxy's own response: nothing reached the vendor.
[[nodiscard]] Error proxy_refusal(long status, Job const& job, Proxy const& proxy);

/// Returns the error for something that the caller has set up wrongly.
[[nodiscard]] inline Error configuration(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace polycampaign::inline v1::transport
