#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"
#include "transport/job.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::transport {

/// What a failure of libcurl means. `detail` is libcurl's error buffer: used only where it cannot quote the
/// peer's or the request's content, that is for name resolution, connection and TLS.
[[nodiscard]] Error curl_error(CURLcode code, std::string_view detail, Job const& job);

/// What the caller has set up wrongly.
[[nodiscard]] inline Error configuration(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace polycampaign::inline v1::transport
