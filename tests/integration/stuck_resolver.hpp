#pragma once

#include <string_view>

namespace polycampaign::test {

/// A name server that does not answer: this program has a `getaddrinfo` of its own, which libcurl calls too.
/// It blocks for one name as long as it is held, and passes all others on.
class StuckResolver {
 public:
  static constexpr std::string_view host = "stuck.example";

  static void hold();
  /// Every look-up that hangs ends, without an address.
  static void release();
  /// Waits until a look-up hangs. False: none came; libcurl does not use this `getaddrinfo`.
  [[nodiscard]] static bool entered();
};

}  // namespace polycampaign::test
