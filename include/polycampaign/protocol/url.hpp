#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// Percent-encodes every byte except ASCII letters, digits and `-._~`, for use in a path segment or a query.
/// `.` and `..` are not changed, and as a path segment they name another resource: refuse them as ids.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string escape(std::string_view text);
/// Decodes `%XX` once; malformed sequences are left unchanged.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string unescape(std::string_view text);

/// Builds `?name=value&...` in the order in which parameters are added, with names and values
/// percent-encoded. Empty if nothing was added.
///
/// Threads: use from one thread at a time.
class POLYCAMPAIGN_EXPORT Query {
 public:
  /// Adds a parameter, which may contain any bytes. Returns this object.
  Query& add(std::string_view name, std::string_view value);
  /// Adds a parameter whose value is the number's digits. Returns this object.
  Query& add(std::string_view name, long long value);
  /// Returns the string to append to a path. Valid until this object is changed or destroyed.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// The parts of an absolute http or https URL. A plain value.
struct Url {
  std::string scheme{};  ///< lower case
  std::string host{};    ///< lower case, IPv6 without brackets
  int port = 0;          ///< the scheme's default if the URL has none
  std::string path{};    ///< with its leading slash; may be empty
  std::string query{};   ///< without the question mark, still percent-encoded

  /// Returns whether a credential for this URL may also be sent to the other.
  [[nodiscard]] bool same_origin(Url const& other) const noexcept {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
  /// Returns whether this is the local machine beyond doubt: 127.0.0.0/8 as four decimal numbers, ::1 in any
  /// spelling, or `localhost`. Other names, including `a.localhost` and `localhost.`, are left to a resolver.
  [[nodiscard]] POLYCAMPAIGN_EXPORT bool loopback() const noexcept;
};

/// Parses an absolute http or https URL without user information or fragment, such as a link in a response.
/// Errors: `configuration`, saying what is wrong without quoting the URL.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Url> parse_url(std::string_view text);

/// Returns the value of the first query parameter with that name, decoded once. Empty if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string query_value(std::string_view query, std::string_view name);

}  // namespace polycampaign::inline v1::protocol
