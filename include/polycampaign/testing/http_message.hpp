#pragma once

#include "polycampaign/testing/export.hpp"
#include "polycampaign/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a vendor's simulator reads requests and writes answers with. All of it are pure functions of values,
/// for any thread, that fail by saying "nothing".
namespace polycampaign::inline v1::testing {

/// A request's URL as a server reads it. Independent of the library's own URL code on purpose.
struct RequestTarget {
  std::string path{};                   ///< still encoded, with its slash: `/api/campaigns/5`
  std::vector<std::string> segments{};  ///< the path's parts, decoded: `api`, `campaigns`, `5`
  /// Decoded, in the order sent; `+` is a blank.
  std::vector<std::pair<std::string, std::string>> query{};

  /// The first parameter of that name; nothing when it was not sent.
  [[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::string> parameter(std::string_view name) const;
};

/// Reads an absolute URL or a path with its query.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT RequestTarget parse_target(std::string_view url);
/// Decodes `%XX` and, when asked, `+`; malformed sequences stay as they are.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string percent_decode(std::string_view text,
                                                                     bool plus_is_space);
/// Encodes everything but letters, digits and `-._~`.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string percent_encode(std::string_view text);

/// Digits with an optional minus, nothing else, within 64 bits; nothing for any other text.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::int64_t> whole_number(std::string_view text);
/// A request header in any case; nothing when it was not sent.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::optional<std::string> request_header(
    HttpRequest const& request, std::string_view name);
/// Whether both are the same but for the case of ASCII letters.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT bool same_text(std::string_view a, std::string_view b) noexcept;
/// Whether `part`, which may be empty, stands in `text`, compared in the same way.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT bool contains_text(std::string_view text, std::string_view part);

/// An answer with that Content-Type.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse text_answer(int status, std::string content_type,
                                                                   std::string body);
/// An answer of type application/json.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse json_answer(int status, std::string body);
/// An answer of type application/xml.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse xml_answer(int status, std::string body);
/// What a proxy in front of a vendor says: a page with that title.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT HttpResponse html_answer(int status, std::string_view title);

}  // namespace polycampaign::inline v1::testing
