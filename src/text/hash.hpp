#pragma once

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1::text {

/// Spreads every bit over all others (the finalizer of splitmix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

/// Returns a 64-bit hash that is the same on every platform and in every process; resume tokens and duplicate
/// ids depend on it. Not for secrets. `seed` chains several strings.
[[nodiscard]] constexpr std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) noexcept {
  auto h = 0xCBF29CE484222325u ^ seed;
  for (char const c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return mix(h ^ text.size());
}

}  // namespace polycampaign::inline v1::text
