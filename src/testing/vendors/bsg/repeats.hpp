#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace polycampaign::inline v1::testing::bsg {

/// Remembers the requests of the last seconds: BSG answers HTTP 429 to equal ones.
class Repeats {
 public:
  explicit Repeats(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the refusal of a request that equals one that was made a moment ago. Remembers any other.
  [[nodiscard]] std::optional<HttpResponse> check(HttpRequest const& request, RequestTarget const& target);

 private:
  struct Seen {
    std::string request{};
    std::chrono::sys_seconds at{};
  };

  VendorSimulator& simulator_;
  std::deque<Seen> seen_{};
};

}  // namespace polycampaign::inline v1::testing::bsg
