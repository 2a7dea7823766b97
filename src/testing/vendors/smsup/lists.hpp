#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/smsup/writing.hpp"

#include <optional>
#include <string_view>

namespace polycampaign::inline v1::testing::smsup {

/// The part of the API that creates, shows and deletes recipient lists.
class Lists {
 public:
  using Json = nlohmann::ordered_json;

  explicit Lists(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Writing::Answer> answer(HttpRequest const& request,
                                                      RequestTarget const& target);

 private:
  [[nodiscard]] Writing::Answer post(HttpRequest const& request);
  [[nodiscard]] Writing::Answer all() const;
  [[nodiscard]] Writing::Answer one(std::string_view id, RequestTarget const& target);
  [[nodiscard]] Json id_of(SimulatedAddressBook const& list) const;

  VendorSimulator& simulator_;
};

}  // namespace polycampaign::inline v1::testing::smsup
