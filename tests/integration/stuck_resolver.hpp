#pragma once

#include <string_view>

namespace polycampaign::test {

/// A name server that does not respond. This program has its own `getaddrinfo`, which libcurl also calls.
/// While it is held, it blocks for one name, and passes all other names on.
class StuckResolver {
 public:
  static constexpr std::string_view host = "stuck.example";

  static void hold();
  /// Ends every lookup that hangs, without an address.
  static void release();
  /// Waits until a lookup hangs. Returns false if none does, because libcurl does not use this `getaddrinfo`.
  [[nodiscard]] static bool entered();
};

}  // namespace polycampaign::test
