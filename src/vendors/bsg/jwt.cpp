#include "vendors/bsg/jwt.hpp"

#include "wire/json.hpp"
#include "wire/scalar.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::bsg {
namespace {

int digit(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-' || c == '+') return 62;
  if (c == '_' || c == '/') return 63;
  return -1;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t pending = 0;
  int bits = 0;
  for (char const c : text) {
    auto const value = digit(c);
    if (value < 0) return std::nullopt;
    pending = (pending << 6U) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>((pending >> static_cast<unsigned>(bits)) & 0xffU));
  }
  return bytes;
}

}  // namespace

void read_lifetime(protocol::Token& token) {
  auto const jwt = token.access.reveal();
  auto const begin = jwt.find('.');
  if (begin == std::string_view::npos) return;
  auto const end = jwt.find('.', begin + 1);
  if (end == std::string_view::npos) return;
  auto payload = decode_base64url(jwt.substr(begin + 1, end - begin - 1));
  if (!payload) return;
  auto const claims = wire::JsonDocument::parse(*std::move(payload));
  if (!claims) return;

  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  auto const expires = wire::read_count(claims->root()["exp"].scalar(), "exp", notes);
  auto const issued = wire::read_count(claims->root()["iat"].scalar(), "iat", notes);
  // capped, so that sums of times stay in range
  constexpr std::int64_t ten_years = 315'360'000;
  constexpr std::int64_t year_9999 = 253'370'764'800;
  if (expires && issued) {
    if (*expires > *issued) token.lifetime = std::chrono::seconds{std::min(*expires - *issued, ten_years)};
  } else if (expires) {
    token.expires_at = std::chrono::sys_seconds{std::chrono::seconds{std::min(*expires, year_9999)}};
  }
}

}  // namespace polycampaign::inline v1::bsg
