#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// RFC 4648.
namespace polycampaign::inline v1::text {

enum class Base64 : std::uint8_t {
  standard,  ///< with `+`, `/` and padding
  url        ///< with `-` and `_`, without padding
};

[[nodiscard]] inline std::string to_base64(std::string_view bytes, Base64 alphabet) {
  constexpr std::string_view common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string_view const last = alphabet == Base64::url ? "-_" : "+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t pending = 0;
  int bits = 0;
  auto const add = [&](std::uint32_t value) {
    text.push_back(value < common.size() ? common[value] : last[value - common.size()]);
  };
  for (char const c : bytes) {
    pending = (pending << 8U) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) add((pending >> static_cast<unsigned>(bits - 6)) & 63U);
  }
  if (bits > 0) add((pending << static_cast<unsigned>(6 - bits)) & 63U);
  if (alphabet == Base64::standard) text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

/// Decodes either alphabet, with or without padding. Returns nothing for any other string.
[[nodiscard]] inline std::optional<std::string> from_base64(std::string_view text) {
  constexpr auto value_of = [](char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-' || c == '+') return 62;
    return c == '_' || c == '/' ? 63 : -1;
  };
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t pending = 0;
  int bits = 0;
  for (char const c : text) {
    auto const value = value_of(c);
    if (value < 0) return std::nullopt;
    pending = (pending << 6U) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>((pending >> static_cast<unsigned>(bits)) & 0xFFU));
  }
  return bytes;
}

}  // namespace polycampaign::inline v1::text
