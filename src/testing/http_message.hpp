#pragma once

#include "polycampaign/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A request's URL as a server reads it. Independent of the library's own URL code on purpose.
struct Target {
  std::string path{};                   ///< still encoded, with its slash: `/api/campaigns/5`
  std::vector<std::string> segments{};  ///< the path's parts, decoded: `api`, `campaigns`, `5`
  /// Decoded, in the order sent; `+` is a blank.
  std::vector<std::pair<std::string, std::string>> query{};

  /// The first parameter of that name; nothing when it was not sent.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// Reads an absolute URL or a path with its query.
[[nodiscard]] Target parse_target(std::string_view url);
/// Decodes `%XX` and, when asked, `+`; malformed sequences stay as they are.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);
/// Encodes everything but letters, digits and `-._~`.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// Digits with an optional minus, nothing else, within 64 bits.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);
/// A request header in any case; nothing when it was not sent.
[[nodiscard]] std::optional<std::string> request_header(HttpRequest const& request, std::string_view name);
[[nodiscard]] bool same_text(std::string_view a, std::string_view b) noexcept;  ///< ASCII letters in any case
[[nodiscard]] bool contains_text(std::string_view text, std::string_view part);  ///< the same

[[nodiscard]] HttpResponse text_answer(int status, std::string content_type, std::string body);
[[nodiscard]] HttpResponse json_answer(int status, std::string body);
[[nodiscard]] HttpResponse xml_answer(int status, std::string body);
/// What a proxy in front of a vendor says.
[[nodiscard]] HttpResponse html_answer(int status, std::string_view title);

}  // namespace polycampaign::inline v1::testing
