#pragma once

#include "polycampaign/transport.hpp"

#include "transport/job.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace polycampaign::inline v1::transport {

/// Checks what must hold before anything is sent. Safe on any thread.
class RequestCheck {
 public:
  explicit RequestCheck(bool allow_plain_http) noexcept : allow_plain_http_{allow_plain_http} {}

  /// Checks a request. All errors have effect `none`: `configuration` for a URL that is not allowed;
  /// `invalid_argument` for a timeout that is not positive, an unknown method, a header that would change the
  /// meaning of others, or a URL and headers of more than a million bytes.
  [[nodiscard]] Result<Route> operator()(HttpRequest const& request, TransferOptions const& options);

 private:
  struct Origin {
    std::string prefix{};
    Route route{};
  };
  [[nodiscard]] Result<Route> check_url(std::string const& url);

  bool const allow_plain_http_;
  std::mutex mutex_;
  std::vector<Origin> known_;
};

/// Returns `host` or `host:port` for messages, and never anything else of the URL.
[[nodiscard]] std::string host_of(std::string const& url);

}  // namespace polycampaign::inline v1::transport
