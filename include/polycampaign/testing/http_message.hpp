#pragma once

#include "polycampaign/testing/export.hpp"
#include "polycampaign/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a vendor's simulator uses to read requests and write responses: pure functions of values, which may
/// be called on any thread. A function that fails returns nothing.
namespace polycampaign::inline v1::testing {

/// A request's URL as a server reads it. Independent of the library's own URL code on purpose.
struct RequestTarget {
  std::string path{};                   ///< still encoded, with its leading slash: `/api/campaigns/5`
  std::vector<std::string> segments{};  ///< the parts of the path, decoded: `api`, `campaigns`, `5`
  /// The query parameters, decoded, in the order in which they were sent; `+` is a space.
  std::vector<std::pair<std::string, std::string>> query{};

  /// Returns the first parameter with that name, or nothing if none was sent.
  [[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::string> parameter(std::string_view name) const;
};

/// Parses an absolute URL, or a path with its query.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT RequestTarget parse_target(std::string_view url);
/// Decodes `%XX` and, if `plus_is_space`, `+`. Malformed sequences are left unchanged.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string percent_decode(std::string_view text,
                                                                     bool plus_is_space);
/// Encodes everything except letters, digits and `-._~`.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string percent_encode(std::string_view text);

/// Parses digits with an optional minus sign, within 64 bits. Returns nothing for any other string.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::int64_t> whole_number(std::string_view text);
/// Returns a request header, whose name is compared ignoring case, or nothing if it was not sent.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::string> request_header(
    HttpRequest const& request, std::string_view name);
/// Returns whether the two are equal, ignoring the case of ASCII letters.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT bool same_text(std::string_view a, std::string_view b) noexcept;
/// Returns whether `text` contains `part`, which may be empty, ignoring the case of ASCII letters.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT bool contains_text(std::string_view text, std::string_view part);

/// Returns a response with that Content-Type.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse text_answer(int status, std::string content_type,
                                                                   std::string body);
/// Returns a response of type application/json.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse json_answer(int status, std::string body);
/// Returns a response of type application/xml.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse xml_answer(int status, std::string body);
/// Returns what a proxy in front of a vendor sends: a page with that title.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse html_answer(int status, std::string_view title);

}  // namespace polycampaign::inline v1::testing
