#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// How an SMS carries its text.
enum class TextEncoding : std::uint8_t {
  gsm7,  ///< the 7-bit default alphabet of 3GPP TS 23.038 with its extension table
  ucs2,  ///< 16-bit units; a character outside the Basic Multilingual Plane, such as an emoji, takes two
};

/// Returns the name: `GSM-7` or `UCS-2`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(TextEncoding encoding) noexcept;

/// How many units an SMS holds (3GPP TS 23.038 and 23.040). A text of more than one part loses seven septets,
/// or six bytes, of each part to the header that joins them.
struct PartSize {
  std::int64_t single = 0;  ///< units of a text that fits into one part: 160 or 70
  std::int64_t joined = 0;  ///< units of each part of a longer one: 153 or 67
};
/// Returns the sizes for an encoding.
[[nodiscard]] POLYCAMPAIGN_EXPORT PartSize part_size(TextEncoding encoding) noexcept;

/// The most parts that one message can have: their number is one byte.
inline constexpr std::int64_t max_text_parts = 255;

/// What a text takes as an SMS. A plain value.
struct TextAnalysis {
  TextEncoding encoding = TextEncoding::gsm7;  ///< GSM-7 if every character has a place in it
  std::int64_t characters = 0;                 ///< Unicode code points
  std::int64_t units = 0;                      ///< septets or 16-bit units; `[` takes two septets
  std::int64_t parts = 1;                      ///< SMS per message; also 1 for an empty text
  /// The characters that GSM-7 does not have, each once, in the order in which they first occur.
  std::vector<std::string> ucs2_characters{};
};

/// Analyzes a text: its encoding, its length and its parts. Assumes that the vendor sends it unchanged.
///
/// Errors: `invalid_argument` for a text that is not valid UTF-8, with the position of the first bad byte.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<TextAnalysis> analyze(std::string_view text);

/// A part of a text. A plain value.
struct TextPart {
  std::string_view text{};  ///< a view into the text that was split
  std::int64_t units = 0;   ///< at most what `part_size` says
};

/// Splits a text as a phone network does. A character that takes two units is never divided. Joined, the
/// parts are the text; an empty text is one empty part.
///
/// Errors: as `analyze`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::vector<TextPart>> split_text(std::string_view text);

}  // namespace polycampaign::inline v1
