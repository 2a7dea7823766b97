#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// Percent-encodes every byte but ASCII letters, digits and `-._~`: fit for a path segment and for a query.
/// `.` and `..` stay what they are, and as a path segment they name another resource: refuse them as ids.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string escape(std::string_view text);
/// Decodes `%XX` once; malformed sequences stay as they are.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string unescape(std::string_view text);

/// `?name=value&...` in the order added, both percent-encoded; empty when nothing was added.
///
/// Threads: one at a time.
class POLYCAMPAIGN_EXPORT Query {
 public:
  /// Any bytes; what is added stays in its place. Gives this.
  Query& add(std::string_view name, std::string_view value);
  /// The same with a number's digits.
  Query& add(std::string_view name, long long value);
  /// To be put behind a path. Valid as long as this is neither changed nor destroyed.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// The parts of an absolute http or https URL. A plain value.
struct Url {
  std::string scheme{};  ///< lower case
  std::string host{};    ///< lower case, IPv6 without brackets
  int port = 0;          ///< the scheme's own when the text has none
  std::string path{};    ///< with its slash; may be empty
  std::string query{};   ///< without the question mark, still encoded

  /// Whether a credential for this URL may also be sent to the other.
  [[nodiscard]] bool same_origin(Url const& other) const noexcept {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
  /// Whether it is this machine beyond doubt: 127.0.0.0/8 as four decimal numbers, ::1 in any spelling, or
  /// `localhost`. Other names, `a.localhost` and `localhost.` included, are a resolver's to decide.
  [[nodiscard]] POLYCAMPAIGN_EXPORT bool loopback() const noexcept;
};

/// An absolute http or https URL without user information or fragment, as a link in an answer may be.
/// Errors: `configuration`, saying what is wrong without quoting the text.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Url> parse_url(std::string_view text);

/// The value of the first query parameter of that name, decoded once; empty when there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string query_value(std::string_view query, std::string_view name);

}  // namespace polycampaign::inline v1::protocol
