#include "testing/vendors/bsg/tokens.hpp"

#include "testing/generator.hpp"
#include "text/base64.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace polycampaign::inline v1::testing::bsg {

using std::chrono::sys_seconds;

namespace {

std::string base64url(std::string_view bytes) {
  return text::to_base64(bytes, text::Base64::url);
}

}  // namespace

std::string Tokens::issue(sys_seconds now, std::chrono::seconds lifetime) {
  auto const end = now + lifetime;
  nlohmann::ordered_json const header{{"typ", "JWT"}, {"alg", "RS256"}};
  nlohmann::ordered_json const claims{{"iat", now.time_since_epoch().count()},
                                      {"exp", end.time_since_epoch().count()},
                                      {"roles", nlohmann::ordered_json::array()},
                                      {"id", static_cast<std::int64_t>(seed_ % 100'000)}};
  auto const mark = hex_text(seed_ ^ ((issued_.size() + 1) << 40U), 64);
  auto token = base64url(header.dump()) + '.' + base64url(claims.dump()) + '.' + base64url(mark);
  return issued_.emplace_back(Issued{std::move(token), end}).token;
}

Tokens::Verdict Tokens::judge(std::string_view token, sys_seconds now) const {
  auto const found = std::ranges::find(issued_, token, &Issued::token);
  if (found == issued_.end()) return Verdict::invalid;
  return found->end > now ? Verdict::good : Verdict::expired;
}

void Tokens::expire(std::string_view token, sys_seconds now) {
  auto const found = std::ranges::find(issued_, token, &Issued::token);
  if (found != issued_.end()) found->end = std::min(found->end, now);
}

void Tokens::expire_all(sys_seconds now) {
  for (auto& item : issued_) item.end = std::min(item.end, now);
}

}  // namespace polycampaign::inline v1::testing::bsg
