#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/refusals.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::yeastar {

/// The part of the API that creates, changes, deletes and retries campaigns, and the message channels.
class Writing {
 public:
  using Json = nlohmann::ordered_json;
  /// What a refusal is, or the content of the answer.
  struct Answer {
    std::optional<Refusal> refusal{};  ///< nothing: a success
    std::string field{};               ///< of an invalid parameter
    std::string validation{};          ///< what is wrong with it
    Json content = Json::object();
  };

  explicit Writing(VendorSimulator& simulator);

  /// Returns the answer to an authorized request, or nothing if it is none of these. `area` and `operation`
  /// are the last two segments of the path.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target,
                                             std::string_view area, std::string_view operation);

 private:
  [[nodiscard]] Answer create(Json const& body);
  [[nodiscard]] Answer update(Json const& body);
  [[nodiscard]] Answer remove(std::string_view id);
  [[nodiscard]] Answer retry(std::string_view id);
  [[nodiscard]] Answer channels(RequestTarget const& target, bool searching) const;
  [[nodiscard]] Answer channel(std::string_view id) const;
  /// Reads the recipients into the order. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<Answer> read_recipients(Json const& body, SimulatedOrder& order) const;

  VendorSimulator& simulator_;
};

}  // namespace polycampaign::inline v1::testing::yeastar
