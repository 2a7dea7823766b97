#include "polycampaign/text.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

// 3GPP TS 23.038, section 6.2.1: the default alphabet, beyond the characters that it shares with ASCII, and
// its extension table, whose characters take two septets.
constexpr std::array<char16_t, 39> beyond_ascii{
    u'\u00A1', u'\u00A3', u'\u00A4', u'\u00A5', u'\u00A7', u'\u00BF', u'\u00C4', u'\u00C5',
    u'\u00C6', u'\u00C7', u'\u00C9', u'\u00D1', u'\u00D6', u'\u00D8', u'\u00DC', u'\u00DF',
    u'\u00E0', u'\u00E4', u'\u00E5', u'\u00E6', u'\u00E8', u'\u00E9', u'\u00EC', u'\u00F1',
    u'\u00F2', u'\u00F6', u'\u00F8', u'\u00F9', u'\u00FC', u'\u0393', u'\u0394', u'\u0398',
    u'\u039B', u'\u039E', u'\u03A0', u'\u03A3', u'\u03A6', u'\u03A8', u'\u03A9'};
constexpr std::uint32_t euro = 0x20AC;

/// Returns the septets of a character: 0 if GSM-7 does not have it.
int septets(std::uint32_t c) noexcept {
  if (c == '\n' || c == '\r') return 1;
  if (c == '\f') return 2;
  if (c < 0x20 || c == 0x7F) return 0;
  if (c < 0x7F) {
    switch (c) {
      case '`': return 0;
      case '[':
      case '\\':
      case ']':
      case '^':
      case '{':
      case '|':
      case '}':
      case '~': return 2;
      default: return 1;
    }
  }
  if (c == euro) return 2;
  return c <= 0xFFFF && std::binary_search(beyond_ascii.begin(), beyond_ascii.end(), static_cast<char16_t>(c))
             ? 1
             : 0;
}

int units_of(std::uint32_t c, TextEncoding encoding) noexcept {
  if (encoding == TextEncoding::gsm7) return septets(c);
  return c > 0xFFFF ? 2 : 1;
}

/// Calls `f(code point, its bytes)` for each character. Returns the position of the first byte that is not
/// UTF-8.
template <class F>
std::optional<std::size_t> for_each_character(std::string_view text, F&& f) {
  for (std::size_t at = 0; at < text.size();) {
    auto const c = text::first_code_point(text.substr(at));
    if (c.bytes == 0) return at;
    f(c.value, text.substr(at, c.bytes));
    at += c.bytes;
  }
  return std::nullopt;
}

Error not_utf8(std::size_t at) {
  return {.code = ErrorCode::invalid_argument,
          .message = "the text is not valid UTF-8 (byte " + std::to_string(at) + ")"};
}

/// Divides a text into parts as they are filled: calls `cut(position, units)` where each part ends.
template <class Cut>
void fill_parts(std::string_view text, TextEncoding encoding, std::int64_t units, Cut&& cut) {
  auto const size = part_size(encoding);
  auto const most = units <= size.single ? size.single : size.joined;
  std::int64_t filled = 0;
  std::size_t at = 0;
  for_each_character(text, [&](std::uint32_t c, std::string_view bytes) {
    auto const needed = units_of(c, encoding);
    if (filled + needed > most) cut(at, std::exchange(filled, 0));
    filled += needed;
    at += bytes.size();
  });
  cut(at, filled);
}

}  // namespace

std::string_view to_string(TextEncoding encoding) noexcept {
  return encoding == TextEncoding::gsm7 ? "GSM-7" : "UCS-2";
}

PartSize part_size(TextEncoding encoding) noexcept {
  return encoding == TextEncoding::gsm7 ? PartSize{.single = 160, .joined = 153}
                                        : PartSize{.single = 70, .joined = 67};
}

Result<TextAnalysis> analyze(std::string_view text) {
  TextAnalysis result;
  std::int64_t gsm7 = 0;
  std::int64_t ucs2 = 0;
  std::unordered_set<std::uint32_t> seen;
  auto const fault = for_each_character(text, [&](std::uint32_t c, std::string_view bytes) {
    ++result.characters;
    ucs2 += units_of(c, TextEncoding::ucs2);
    auto const count = septets(c);
    gsm7 += count;
    if (count > 0) return;
    if (seen.insert(c).second) result.ucs2_characters.emplace_back(bytes);
  });
  if (fault) return not_utf8(*fault);
  result.encoding = result.ucs2_characters.empty() ? TextEncoding::gsm7 : TextEncoding::ucs2;
  result.units = result.encoding == TextEncoding::gsm7 ? gsm7 : ucs2;
  result.parts = 0;
  fill_parts(text, result.encoding, result.units, [&](std::size_t, std::int64_t) { ++result.parts; });
  return result;
}

Result<std::vector<TextPart>> split_text(std::string_view text) {
  auto const analysis = analyze(text);
  if (!analysis) return analysis.error();
  std::vector<TextPart> parts;
  parts.reserve(static_cast<std::size_t>(analysis->parts));
  std::size_t begin = 0;
  fill_parts(text, analysis->encoding, analysis->units, [&](std::size_t end, std::int64_t units) {
    parts.push_back({text.substr(begin, end - begin), units});
    begin = end;
  });
  return parts;
}

}  // namespace polycampaign::inline v1
