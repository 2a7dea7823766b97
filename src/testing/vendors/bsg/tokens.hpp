#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::bsg {

/// The JSON Web Tokens that a BSG account was given. They look like the vendor's (claims `iat`, `exp`,
/// `roles`, `id`), but they are not signed: the simulator remembers them.
class Tokens {
 public:
  enum class Verdict : std::uint8_t {
    good,
    expired,
    invalid
  };

  explicit Tokens(std::uint64_t seed) noexcept : seed_{seed} {}

  [[nodiscard]] std::string issue(std::chrono::sys_seconds now, std::chrono::seconds lifetime);
  [[nodiscard]] Verdict judge(std::string_view token, std::chrono::sys_seconds now) const;
  void expire(std::string_view token, std::chrono::sys_seconds now);
  void expire_all(std::chrono::sys_seconds now);

 private:
  struct Issued {
    std::string token{};
    std::chrono::sys_seconds end{};
  };
  std::uint64_t seed_;
  std::vector<Issued> issued_;
};

}  // namespace polycampaign::inline v1::testing::bsg
