#include "transport/request_check.hpp"

#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "transport/curl_error.hpp"
#include "transport/curl_handle.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::transport {
namespace {

Error invalid_argument(std::string message) {
  return {.code = ErrorCode::invalid_argument, .message = std::move(message)};
}

// Checks the URL both as it is written, which is what `make_client` sees, and as libcurl reads it, which is
// where the request goes.
bool is_loopback(std::string_view written, std::string_view read) {
  auto const end = written.find_first_of("/?#\\", written.find("://") + 3);
  auto const first = protocol::parse_url(written.substr(0, end));
  auto const second = protocol::parse_url(read);
  return first && second && first->loopback() && second->loopback();
}

// Uses libcurl's own parser, so that the URL that is checked is the one that is used.
Result<Route> parse(std::string const& text, bool allow_plain_http) {
  UrlHandle const url{curl_url()};
  switch (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER)) {
    case CURLUE_OK: break;
    case CURLUE_USER_NOT_ALLOWED: return configuration("the URL must not contain a user name or password");
    case CURLUE_UNSUPPORTED_SCHEME: return configuration("the URL must begin with https:// (or http://)");
    default: return configuration("the URL is malformed");
  }
  auto const scheme = url_part(url.get(), CURLUPART_SCHEME);
  auto const host = url_part(url.get(), CURLUPART_HOST);
  if (!scheme || !host || *host == '\0') return configuration("the URL is malformed");
  std::string_view const name = host.get();
  std::string_view const protocol = scheme.get();
  Route const route{.loopback = is_loopback(text, std::string{protocol}.append("://").append(name)),
                    .https = protocol == "https"};
  if (route.https) return route;
  if (protocol != "http") return configuration("the URL must begin with https:// (or http://)");
  if (!route.loopback && !allow_plain_http) {
    return configuration("plain http to " + std::string{name} +
                         " is not allowed: use https, or set allow_plain_http for this account");
  }
  return route;
}

// Returns `scheme://authority/`, which is everything that determines scheme and host and ends unambiguously.
// Empty if the URL does not begin like that.
std::string_view origin_of(std::string_view url) {
  auto const colon = url.find(':');
  if (colon == url.npos || url.substr(colon, 3) != "://") return {};
  auto const end = url.find_first_of("/?#\\", colon + 3);
  if (end == url.npos || url[end] != '/' || end == colon + 3) return {};
  return url.substr(0, end + 1);
}

// As defined in RFC 9110, 5.6.2.
bool is_token(std::string_view name) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
  return !name.empty() && name.find_first_not_of(allowed) == name.npos;
}

std::optional<Error> check_headers(std::vector<Header> const& headers) {
  // The first two frame the message, and two different statements about that are a vulnerability. Expect
  // would have the body sent in a second attempt.
  constexpr std::array<std::string_view, 3> ours{"content-length", "transfer-encoding", "expect"};
  for (auto const& header : headers) {
    if (!is_token(header.name)) return invalid_argument("a request header has an invalid name");
    if (header.value.find_first_of(std::string_view{"\r\n\0", 3}) != std::string::npos) {
      return invalid_argument("the value of the request header " + header.name +
                              " contains a line break or a zero byte");
    }
    if (std::any_of(ours.begin(), ours.end(),
                    [&header](auto own) { return text::equal_ignoring_case(header.name, own); })) {
      return invalid_argument("the request header " + header.name +
                              " is set by the transport and must not be given");
    }
  }
  return std::nullopt;
}

// libcurl builds the head of a request in 1 MiB, and reports a longer one as out of memory.
std::optional<Error> check_size(HttpRequest const& request) {
  constexpr std::size_t most = 1'000'000;
  auto size = request.url.size();
  for (auto const& header : request.headers) size += header.name.size() + header.value.size();
  if (size <= most) return std::nullopt;
  return invalid_argument("the request's URL and headers have " + std::to_string(size) +
                          " bytes; the maximum is " + std::to_string(most));
}

}  // namespace

Result<Route> RequestCheck::operator()(HttpRequest const& request, TransferOptions const& options) {
  if (options.timeout.count() <= 0) return invalid_argument("timeout must be positive");
  if (options.connect_timeout.count() <= 0) return invalid_argument("connect_timeout must be positive");
  constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
  if (std::find(methods.begin(), methods.end(), request.method) == methods.end()) {
    return invalid_argument("the method must be GET, POST, PUT, PATCH or DELETE");
  }
  if (auto error = check_headers(request.headers)) return *std::move(error);
  if (auto error = check_size(request)) return *std::move(error);
  return check_url(request.url);
}

Result<Route> RequestCheck::check_url(std::string const& url) {
  auto const hidden = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  if (std::any_of(url.begin(), url.end(), hidden)) {
    return configuration("the URL contains a space or a control character");
  }
  // Parsing takes a tenth of the time that a request costs here, and a transport uses few origins, each many
  // times.
  constexpr std::size_t most_known = 16;
  auto const origin = origin_of(url);
  std::lock_guard const lock{mutex_};
  auto const known =
      std::find_if(known_.begin(), known_.end(), [&](Origin const& one) { return one.prefix == origin; });
  if (known != known_.end()) return known->route;
  auto route = parse(url, allow_plain_http_);
  if (route && !origin.empty() && known_.size() < most_known) known_.push_back({std::string{origin}, *route});
  return route;
}

std::string host_of(std::string const& text) {
  UrlHandle const url{curl_url()};
  // Pass only the origin: of the rest, libcurl would leave behind a copy, which may contain a token.
  std::string const origin{origin_of(text)};
  auto const& known = origin.empty() ? text : origin;
  if (curl_url_set(url.get(), CURLUPART_URL, known.c_str(), 0) != CURLUE_OK) return "the host";
  auto const host = url_part(url.get(), CURLUPART_HOST);
  auto const port = url_part(url.get(), CURLUPART_PORT);
  if (!host) return "the host";
  std::string name = host.get();
  if (port) name.append(":").append(port.get());
  return name;
}

}  // namespace polycampaign::inline v1::transport
