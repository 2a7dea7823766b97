#include "testing/vendors/yeastar/sessions.hpp"

#include "testing/generator.hpp"

#include <algorithm>

namespace polycampaign::inline v1::testing::yeastar {

using std::chrono::sys_seconds;

Sessions::Session Sessions::fresh(sys_seconds now, Lifetimes lifetimes) {
  issued_ += 2;
  return {.access = hex_text(seed_ ^ (issued_ << 32U), 32),
          .refresh = hex_text(seed_ ^ ((issued_ + 1) << 32U), 32),
          .access_end = now + lifetimes.access,
          .refresh_end = now + lifetimes.refresh};
}

std::optional<Sessions::Session> Sessions::log_in(sys_seconds now, Lifetimes lifetimes) {
  std::erase_if(sessions_, [&](Session const& s) { return s.access_end <= now && s.refresh_end <= now; });
  auto const live = std::ranges::count_if(sessions_, [&](Session const& s) { return s.access_end > now; });
  if (static_cast<std::size_t>(live) >= most_live) return std::nullopt;
  return sessions_.emplace_back(fresh(now, lifetimes));
}

std::optional<Sessions::Session> Sessions::refresh(std::string_view token, sys_seconds now,
                                                   Lifetimes lifetimes) {
  auto const session = std::ranges::find(sessions_, token, &Session::refresh);
  if (session == sessions_.end() || session->refresh_end <= now) return std::nullopt;
  return *session = fresh(now, lifetimes);
}

bool Sessions::accepts(std::string_view access, sys_seconds now) const {
  auto const session = std::ranges::find(sessions_, access, &Session::access);
  return session != sessions_.end() && session->access_end > now;
}

void Sessions::revoke(std::string_view access) {
  std::erase_if(sessions_, [&](Session const& s) { return s.access == access; });
}

}  // namespace polycampaign::inline v1::testing::yeastar
