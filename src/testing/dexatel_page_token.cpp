#include "testing/dexatel_page_token.hpp"

#include "polycampaign/testing/http_message.hpp"

#include "testing/generator.hpp"

namespace polycampaign::inline v1::testing::dexatel {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    auto const group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= group.size() ? alphabet[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (char const c : text) {
    auto const value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 255U);
  }
  return out;
}

/// FNV-1a, mixed with the seed: tells a token of another simulator and a damaged one.
std::string check_sum(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037U ^ seed;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hex_text(hash, 8);
}

}  // namespace

std::string write_token(PageToken const& token, std::uint64_t seed) {
  auto const text = std::to_string(token.page) + '~' + std::to_string(token.after) + '~' + token.filter;
  return base64(check_sum(text, seed) + text);
}

std::optional<PageToken> read_token(std::string_view text, std::uint64_t seed) {
  auto const bytes = from_base64(text);
  if (!bytes || bytes->size() < 8) return std::nullopt;
  auto const body = std::string_view{*bytes}.substr(8);
  if (!bytes->starts_with(check_sum(body, seed))) return std::nullopt;
  auto const first = body.find('~');
  auto const second = body.find('~', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto const page = whole_number(body.substr(0, first));
  auto const after = whole_number(body.substr(first + 1, second - first - 1));
  if (!page || !after) return std::nullopt;
  return PageToken{.page = *page, .after = *after, .filter = std::string{body.substr(second + 1)}};
}

}  // namespace polycampaign::inline v1::testing::dexatel
