#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

constexpr bool is_unreserved(char c) noexcept {
  return text::is_letter(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// Printable ASCII, except what RFC 3986 excludes from paths and queries.
constexpr bool is_url_character(char c) noexcept {
  return c > ' ' && c < '\x7f' && std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (char const c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
    } else {
      auto const byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 15U]);
    }
  }
}

// Does not quote the URL, because a credential may have been pasted into it.
Error bad_url(std::string_view what) {
  return {.code = ErrorCode::configuration, .message = "malformed URL: " + std::string{what}};
}

std::optional<int> parse_port(std::string_view text) noexcept {
  auto const port = text::whole_number<int>(text);
  return port && *port >= 1 && *port <= 65'535 ? port : std::nullopt;
}

bool is_ipv6(std::string_view host) noexcept {
  return std::ranges::count(host, ':') >= 2 &&
         std::ranges::all_of(host, [](char c) { return text::hex_value(c) >= 0 || c == ':' || c == '.'; });
}

bool is_host_name(std::string_view host) noexcept {
  if (host.empty() || host.front() == '.' || host.front() == '-') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(host, [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

// Four decimal numbers. curl also accepts `127.1`, `0x7f.1` and the like. They are not recognized here, so
// they get no loopback privileges.
bool is_ipv4_loopback(std::string_view host) noexcept {
  if (!host.starts_with("127.")) return false;
  int numbers = 0;
  for (bool more = true; more; ++numbers) {
    auto const dot = host.find('.');
    auto const part = host.substr(0, dot);
    int value = 0;
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return false;
    for (char const c : part) {
      if (!text::is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    if (value > 255) return false;
    more = dot != std::string_view::npos;
    host.remove_prefix(more ? dot + 1 : host.size());
  }
  return numbers == 4;
}

}  // namespace

std::string escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(3 * text.size());  // so that no smaller copy of a token is left behind
  append_escaped(escaped, text);
  return escaped;
}

std::string unescape(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && text.size() - at >= 3) {
      auto const high = text::hex_value(text[at + 1]);
      auto const low = text::hex_value(text[at + 2]);
      if (high >= 0 && low >= 0) {
        plain.push_back(static_cast<char>(high * 16 + low));
        at += 2;
        continue;
      }
    }
    plain.push_back(text[at]);
  }
  return plain;
}

Query& Query::add(std::string_view name, std::string_view value) {
  text_.push_back(text_.empty() ? '?' : '&');
  append_escaped(text_, name);
  text_.push_back('=');
  append_escaped(text_, value);
  return *this;
}

Query& Query::add(std::string_view name, long long value) {
  char digits[24];
  auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return add(name, std::string_view{digits, static_cast<std::size_t>(end - digits)});
}

bool Url::loopback() const noexcept {
  if (host == "localhost") return true;
  if (host.find(':') != std::string::npos)  // ::1 in any spelling
    return host.ends_with('1') && host.find_first_not_of("0:") == host.size() - 1;
  return is_ipv4_loopback(host);
}

Result<Url> parse_url(std::string_view text) {
  if (!std::ranges::all_of(text, is_url_character))
    return bad_url("it contains a character that must be percent-encoded");
  auto const colon = text.find("://");
  if (colon == std::string_view::npos) return bad_url("it does not begin with https:// or http://");
  Url url;
  url.scheme = text::lower(text.substr(0, colon));
  if (url.scheme != "https" && url.scheme != "http") return bad_url("its scheme is neither https nor http");
  text.remove_prefix(colon + 3);
  if (text.find('#') != std::string_view::npos) return bad_url("it has a fragment");

  auto const authority_end = std::min(text.find_first_of("/?"), text.size());
  auto host = text.substr(0, authority_end);
  auto const rest = text.substr(authority_end);
  if (host.find('@') != std::string_view::npos) return bad_url("it contains a user name or password");

  std::optional<std::string_view> port;
  if (host.starts_with('[')) {
    auto const end = host.find(']');
    if (end == std::string_view::npos || !is_ipv6(host.substr(1, end - 1)))
      return bad_url("its IPv6 address is malformed");
    auto const behind = host.substr(end + 1);
    if (!behind.empty() && behind.front() != ':') return bad_url("its host is malformed");
    if (!behind.empty()) port = behind.substr(1);
    host = host.substr(1, end - 1);
  } else {
    auto const separator = host.find(':');
    if (separator != std::string_view::npos) {
      port = host.substr(separator + 1);
      host = host.substr(0, separator);
    }
    if (!is_host_name(host)) return bad_url(host.empty() ? "it has no host" : "its host is malformed");
  }
  url.host = text::lower(host);
  if (port) {
    auto const number = port->empty() ? std::nullopt : parse_port(*port);
    if (!number) return bad_url("its port is not a number from 1 to 65535");
    url.port = *number;
  } else {
    url.port = url.scheme == "https" ? 443 : 80;
  }

  auto const question = rest.find('?');
  url.path = rest.substr(0, question);
  if (question != std::string_view::npos) url.query = rest.substr(question + 1);
  return url;
}

std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    auto const end = query.find('&');
    auto const pair = query.substr(0, end);
    auto const equals = pair.find('=');
    if (unescape(pair.substr(0, equals)) == name)
      return equals == std::string_view::npos ? std::string{} : unescape(pair.substr(equals + 1));
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  }
  return {};
}

}  // namespace polycampaign::inline v1::protocol
