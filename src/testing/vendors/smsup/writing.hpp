#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

/// What a request to send asks for, read from JSON or XML.
struct Message {
  std::string text{};
  std::string sender{};
  std::string push_type{};
  std::string delay{};
  bool unicode = false;
  std::size_t links = 0;
  std::vector<SimulatedRecipient> recipients{};  ///< numbers as they were sent
  std::vector<std::string> lists{};              ///< ids
};

/// Reads the body of a request to send. Returns the status of the refusal if it cannot be read: -6 for JSON,
/// -2 for XML.
[[nodiscard]] int read_message(std::string_view body, bool xml, Message& message);

/// The part of the API that sends, simulates and cancels, and the account's credits and senders.
class Writing {
 public:
  using Json = nlohmann::ordered_json;
  /// The answer without its format: status, words and members.
  struct Answer {
    int status = 1;
    std::string message = "OK";
    std::string details{};
    Json members = Json::object();
    int http_status = 200;
  };

  explicit Writing(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  [[nodiscard]] Answer send(HttpRequest const& request, bool to_lists, bool simulate);
  [[nodiscard]] Answer cancel(std::string_view id);
  [[nodiscard]] Answer credits() const;
  [[nodiscard]] Answer senders() const;

  VendorSimulator& simulator_;
};

}  // namespace polycampaign::inline v1::testing::smsup
