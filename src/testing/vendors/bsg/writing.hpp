#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/bsg/orders.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::bsg {

/// The part of the API that creates, prices and stops campaigns, and the account's balance and senders.
class Writing {
 public:
  explicit Writing(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the response to an authorized request, or nothing if it is none of these, or names a campaign
  /// that does not exist.
  [[nodiscard]] std::optional<HttpResponse> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  struct Seen {
    std::string request{};
    std::chrono::sys_seconds at{};
  };

  [[nodiscard]] HttpResponse send(Json const& body, OrderReader::Kind kind);
  [[nodiscard]] std::optional<HttpResponse> stop(std::string_view id);
  [[nodiscard]] HttpResponse price(Json const& body) const;
  [[nodiscard]] HttpResponse balance() const;
  [[nodiscard]] HttpResponse senders(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse one(Json record) const;
  /// Returns whether an equal request was made a moment ago.
  [[nodiscard]] bool repeated(HttpRequest const& request, RequestTarget const& target);

  VendorSimulator& simulator_;
  std::deque<Seen> seen_{};
};

}  // namespace polycampaign::inline v1::testing::bsg
