#pragma once

#include <string>
#include <string_view>

namespace polycampaign::inline v1::transport {

/// A proxy, as named in the environment.
struct Proxy {
  std::string url{};  ///< for libcurl; may hold a credential; empty if there is no proxy
  /// Without brackets. Empty if there is no proxy or its URL cannot be used.
  std::string host{};
  std::string name{};      ///< `host:port` for messages; empty if `host` is
  std::string variable{};  ///< the environment variable that was read

  /// Returns whether the variable is set, but not to anything that is certain to be a proxy's URL. It is then
  /// never quoted and never resolved.
  [[nodiscard]] bool malformed() const noexcept { return !url.empty() && host.empty(); }
};

/// The proxies of one transport.
struct Proxies {
  Proxy none{};  ///< for loopback
  Proxy http{};
  Proxy https{};
};

/// Returns the proxy for URLs of that scheme, from the variables that libcurl reads, in its order. libcurl
/// itself decides which hosts bypass the proxy (`no_proxy`).
[[nodiscard]] Proxy environment_proxy(std::string_view scheme);

}  // namespace polycampaign::inline v1::transport
