#pragma once

#include "polycampaign/transport.hpp"

#include <string>

namespace polycampaign::inline v1::transport {

struct Route {
  /// 127.0.0.0/8, ::1 or localhost. Never asked of a proxy: its loopback is another machine.
  bool loopback = false;
};

/// What must hold before anything is sent. The URL is read with libcurl's own parser, so that what is checked
/// is what is used. Errors, all with effect `none`: `configuration` for a URL that may not be asked;
/// `invalid_argument` for a timeout that is not positive, an unknown method, or a header that would change
/// what the others say.
[[nodiscard]] Result<Route> check_request(HttpRequest const& request, TransferOptions const& options,
                                          bool allow_plain_http);

/// `host` or `host:port` for messages; never anything else of the URL.
[[nodiscard]] std::string host_of(std::string const& url);

}  // namespace polycampaign::inline v1::transport
