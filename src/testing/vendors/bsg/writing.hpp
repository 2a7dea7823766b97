#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/bsg/orders.hpp"
#include "testing/vendors/bsg/repeats.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::bsg {

/// The part of the API that creates, prices and stops campaigns, and the account's balance and senders.
class Writing {
 public:
  Writing(VendorSimulator& simulator, ContactBook const& contacts, Repeats& repeats) noexcept
      : simulator_{simulator}, contacts_{contacts}, repeats_{repeats} {}

  /// Returns the response to an authorized request, or nothing if it is none of these, or names a campaign
  /// that does not exist.
  [[nodiscard]] std::optional<HttpResponse> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  [[nodiscard]] HttpResponse send(Json const& body, OrderReader::Kind kind);
  [[nodiscard]] std::optional<HttpResponse> stop(std::string_view id);
  [[nodiscard]] HttpResponse price(Json const& body) const;
  [[nodiscard]] HttpResponse balance() const;
  [[nodiscard]] HttpResponse senders(RequestTarget const& target) const;
  [[nodiscard]] HttpResponse one(Json record) const;

  VendorSimulator& simulator_;
  ContactBook const& contacts_;
  Repeats& repeats_;
};

}  // namespace polycampaign::inline v1::testing::bsg
