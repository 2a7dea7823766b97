#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::transport {

/// A proxy as the environment names it.
struct Proxy {
  std::string url{};       ///< for libcurl; may hold a credential. Empty: none
  std::string host{};      ///< without brackets; empty when there is none or its URL cannot be used
  std::string name{};      ///< `host:port` for messages; empty like `host`
  std::string variable{};  ///< the environment variable that was read

  /// Set, but to nothing that is certain to be a proxy's URL: never quoted, never resolved.
  [[nodiscard]] bool malformed() const noexcept { return !url.empty() && host.empty(); }
};

/// The proxies of one transport.
struct Proxies {
  Proxy none{};  ///< for loopback
  Proxy http{};
  Proxy https{};
};

/// The proxy for URLs of that scheme, from the variables that libcurl reads, in its order. Which hosts are
/// asked without it (`no_proxy`) stays libcurl's to decide.
[[nodiscard]] Proxy environment_proxy(std::string_view scheme);

}  // namespace polycampaign::inline v1::transport
