#include "vendors/bsg/jwt.hpp"

#include "text/base64.hpp"
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
namespace {}  // namespace

void read_lifetime(protocol::Token& token) {
  auto const jwt = token.access.reveal();
  auto const begin = jwt.find('.');
  if (begin == std::string_view::npos) return;
  auto const end = jwt.find('.', begin + 1);
  if (end == std::string_view::npos) return;
  auto payload = text::from_base64(jwt.substr(begin + 1, end - begin - 1));
  if (!payload) return;
  auto const claims = wire::JsonDocument::parse(*std::move(payload));
  if (!claims) return;

  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  auto const expires = wire::read_count(claims->root()["exp"].scalar(), "exp", notes);
  auto const issued = wire::read_count(claims->root()["iat"].scalar(), "iat", notes);
  // limits that keep sums of times in range
  constexpr std::int64_t ten_years = 315'360'000;
  constexpr std::int64_t year_9999 = 253'370'764'800;
  if (expires && issued) {
    if (*expires > *issued) token.lifetime = std::chrono::seconds{std::min(*expires - *issued, ten_years)};
  } else if (expires) {
    token.expires_at = std::chrono::sys_seconds{std::chrono::seconds{std::min(*expires, year_9999)}};
  }
}

}  // namespace polycampaign::inline v1::bsg
