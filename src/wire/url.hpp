#pragma once

#include "polycampaign/result.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

/// Percent-encodes everything but letters, digits, `-._~`.
[[nodiscard]] std::string escape(std::string_view text);
/// Decodes `%XX` once; malformed sequences stay as they are.
[[nodiscard]] std::string unescape(std::string_view text);

/// `?name=value&...` in the order added, both percent-encoded; empty when nothing was added.
class Query {
 public:
  Query& add(std::string_view name, std::string_view value);
  Query& add(std::string_view name, long long value);
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
};

struct Url {
  std::string scheme{};  ///< lower case
  std::string host{};    ///< lower case, IPv6 without brackets
  int port = 0;          ///< the scheme's own when the text has none
  std::string path{};    ///< with its slash; may be empty
  std::string query{};   ///< without the question mark, still encoded

  [[nodiscard]] bool same_origin(Url const& other) const noexcept {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
  /// 127.0.0.0/8, ::1, localhost and names below it.
  [[nodiscard]] bool loopback() const noexcept;
};

/// An absolute http or https URL without user information or fragment. Errors: `configuration`, saying what
/// is wrong.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// The value of a query parameter, decoded once; empty when there is none.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

}  // namespace polycampaign::inline v1::wire
