#pragma once

#include "polycampaign/error.hpp"

#include "transport/curl_handle.hpp"
#include "transport/job.hpp"

#include <string_view>

namespace polycampaign::inline v1::transport {

/// What a failure of libcurl means. `detail` is libcurl's error buffer: used only where it cannot quote the
/// peer's or the request's content, that is for name resolution, connection and TLS.
[[nodiscard]] Error curl_error(CURLcode code, std::string_view detail, Job const& job);

}  // namespace polycampaign::inline v1::transport
