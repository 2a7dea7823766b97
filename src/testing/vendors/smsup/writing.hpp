#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/smsup/messages.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::smsup {

/// The part of the API that sends, simulates and cancels, and the account's credits and senders.
class Writing {
 public:
  using Json = nlohmann::ordered_json;
  /// The answer without its format: status, words and members.
  struct Answer {
    int status = 1;  ///< 0: the answer has no status
    std::string message = "OK";
    std::string details{};
    Json members = Json::object();
    int http_status = 200;
  };

  explicit Writing(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  [[nodiscard]] Answer post(HttpRequest const& request, bool to_lists, bool simulate);
  [[nodiscard]] Answer send(Message message, bool to_lists, bool simulate);
  /// Creates the campaign. Returns its id.
  [[nodiscard]] std::string create(SimulatedOrder order, Message const& message, std::int64_t cost);
  [[nodiscard]] Answer cancel(std::string_view id);
  [[nodiscard]] Answer credits() const;
  [[nodiscard]] Answer senders() const;
  /// Gives back the credits of campaigns that moderation has denied since the last request.
  void refund_denied();

  VendorSimulator& simulator_;
  std::map<std::string, std::int64_t, std::less<>> paid_{};  // credits by campaign, until they are given back
};

}  // namespace polycampaign::inline v1::testing::smsup
