#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::yeastar {

/// The tokens of one application at a PBX: pages "Get Access Token" and "Refresh Access Token".
class Sessions {
 public:
  /// "at most 8 valid access tokens"
  static constexpr std::size_t most_live = 8;

  struct Session {
    std::string access{};
    std::string refresh{};
    std::chrono::sys_seconds access_end{};
    std::chrono::sys_seconds refresh_end{};
  };
  struct Lifetimes {
    std::chrono::seconds access{};
    std::chrono::seconds refresh{};
  };

  explicit Sessions(std::uint64_t seed) noexcept : seed_{seed} {}

  /// Returns nothing if eight tokens are valid.
  [[nodiscard]] std::optional<Session> log_in(std::chrono::sys_seconds now, Lifetimes lifetimes);
  /// Replaces both tokens of a session and ends the old ones. Returns nothing if the refresh token is not the
  /// latest of its session, or has expired.
  [[nodiscard]] std::optional<Session> refresh(std::string_view token, std::chrono::sys_seconds now,
                                               Lifetimes lifetimes);
  [[nodiscard]] bool accepts(std::string_view access, std::chrono::sys_seconds now) const;
  /// Ends the session with that access token.
  void revoke(std::string_view access);
  void expire_all() { sessions_.clear(); }

 private:
  Session fresh(std::chrono::sys_seconds now, Lifetimes lifetimes);

  std::uint64_t seed_;
  std::uint64_t issued_ = 0;
  std::vector<Session> sessions_;
};

}  // namespace polycampaign::inline v1::testing::yeastar
