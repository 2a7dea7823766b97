#pragma once

#include "polycampaign/transport.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// Returns ids that no vendor has: empty ones, relative paths, and some that would end their part of a URL if
/// they were not escaped. `known` is an id that exists.
[[nodiscard]] std::vector<std::string> odd_ids(std::string const& known);

/// Where a URL contains an id, as a part of its own.
class UrlFrame {
 public:
  /// `url` is that of a request about `id`.
  UrlFrame(std::string url, std::string const& id);

  /// Returns the URL that it was made from.
  [[nodiscard]] std::string const& pattern() const noexcept { return pattern_; }
  /// Returns whether another URL has the same form, with another id in its place. True if the pattern does
  /// not contain the id.
  [[nodiscard]] bool contains(std::string_view url) const;

 private:
  std::string pattern_;
  std::size_t at_;
  std::size_t length_;
};

/// Returns whether neither the URL nor a header contains a control character.
[[nodiscard]] bool fit(HttpRequest const& request);

}  // namespace polycampaign::inline v1::testing::conformance
