#include "testing/vendors/dexatel/page_token.hpp"

#include "polycampaign/testing/http_message.hpp"

#include "testing/generator.hpp"
#include "text/base64.hpp"

namespace polycampaign::inline v1::testing::dexatel {

namespace {

/// Returns an FNV-1a hash mixed with the seed. It detects damaged tokens and those of other simulators.
std::string check_sum(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037U ^ seed;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hex_text(hash, 8);
}

}  // namespace

std::string write_token(PageToken const& token, std::uint64_t seed) {
  auto const text = std::to_string(token.page) + '~' + std::to_string(token.after) + '~' + token.filter;
  return text::to_base64(check_sum(text, seed) + text, text::Base64::standard);
}

std::optional<PageToken> read_token(std::string_view text, std::uint64_t seed) {
  auto const bytes = text::from_base64(text);
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
