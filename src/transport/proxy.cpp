#include "transport/proxy.hpp"

#include "transport/curl_handle.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <vector>

namespace polycampaign::inline v1::transport {
namespace {

// libcurl refuses this URL before it resolves any name, but after it has read no_proxy.
constexpr char const* unusable_proxy = "http://:none";

struct ProxyAddress {
  std::string host{};
  std::string port{};
};

bool is_proxy_scheme(std::string_view scheme) {
  if (scheme == "https")
    return (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTPS_PROXY) != 0;
  constexpr std::array<std::string_view, 6> known{"http", "socks", "socks4", "socks4a", "socks5", "socks5h"};
  return std::find(known.begin(), known.end(), scheme) != known.end();
}

std::optional<ProxyAddress> proxy_address(std::string const& text) {
  UrlHandle const url{curl_url()};
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME) !=
      CURLUE_OK)
    return std::nullopt;
  auto const scheme = url_part(url.get(), CURLUPART_SCHEME);
  auto const host = url_part(url.get(), CURLUPART_HOST);
  if (!scheme || !host || *host == '\0' || !is_proxy_scheme(scheme.get())) return std::nullopt;
  // A password that contains `/`, `?` or `#`: what looks like the host is the user name.
  for (auto const which : {CURLUPART_PATH, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    auto const part = url_part(url.get(), which);
    if (part && std::string_view{part.get()}.find('@') != std::string_view::npos) return std::nullopt;
  }
  for (auto const which : {CURLUPART_USER, CURLUPART_PASSWORD}) {
    bool const given = url_part(url.get(), which) != nullptr;
    if (given && url_part(url.get(), which, CURLU_URLDECODE) == nullptr) return std::nullopt;
  }
  auto const port = url_part(url.get(), CURLUPART_PORT);
  std::string_view const usual = std::string_view{scheme.get()} == "https" ? "443" : "1080";
  std::string name = host.get();
  if (name.front() == '[') name = name.substr(1, name.size() - 2);
  return ProxyAddress{std::move(name), std::string{port ? std::string_view{port.get()} : usual}};
}

}  // namespace

Proxy environment_proxy(std::string_view scheme) {
  std::vector<std::string> variables{std::string{scheme} + "_proxy"};
  // Not HTTP_PROXY: under CGI, that is a header that the client sends.
  if (scheme == "https") variables.emplace_back("HTTPS_PROXY");
  variables.insert(variables.end(), {"all_proxy", "ALL_PROXY"});
  for (auto& variable : variables) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
    auto const* const value = std::getenv(variable.c_str());
    if (value == nullptr || *value == '\0') continue;
    auto address = proxy_address(value);
    if (!address) return {.url = unusable_proxy, .variable = std::move(variable)};
    auto const bracketed = address->host.find(':') != std::string::npos;
    auto name = (bracketed ? '[' + address->host + ']' : address->host) + ':' + address->port;
    return {.url = value,
            .host = std::move(address->host),
            .name = std::move(name),
            .variable = std::move(variable)};
  }
  return {};
}

}  // namespace polycampaign::inline v1::transport
