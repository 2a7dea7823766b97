#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace polycampaign::inline v1::testing::bsg {

/// The part of the API that creates, prices and stops campaigns, and the account's balance and senders.
class Writing {
 public:
  explicit Writing(VendorSimulator& simulator) noexcept : simulator_{simulator} {}

  /// Returns the response to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<HttpResponse> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  using Json = nlohmann::ordered_json;
  struct Seen {
    std::string body{};
    std::chrono::sys_seconds at{};
  };

  [[nodiscard]] HttpResponse send(HttpRequest const& request, std::string_view kind);
  [[nodiscard]] HttpResponse stop(std::string_view id);
  [[nodiscard]] HttpResponse price(HttpRequest const& request);
  [[nodiscard]] HttpResponse balance() const;
  [[nodiscard]] HttpResponse senders(RequestTarget const& target) const;
  [[nodiscard]] bool repeated(HttpRequest const& request);
  /// Fills in what the body asks for. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<HttpResponse> read_order(Json const& body, std::string_view kind,
                                                       SimulatedOrder& order);
  [[nodiscard]] std::optional<HttpResponse> read_groups(Json const& body, SimulatedOrder& order);
  [[nodiscard]] std::optional<HttpResponse> read_start(Json const& body, SimulatedOrder& order) const;

  VendorSimulator& simulator_;
  std::deque<Seen> seen_{};
};

}  // namespace polycampaign::inline v1::testing::bsg
