#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// The part of the API that creates, changes and deletes campaigns, templates, audiences and contacts, and
/// the account's senders.
class Writing {
 public:
  using Json = nlohmann::ordered_json;
  /// What goes wrong, or the document of the answer.
  struct Answer {
    int status = 200;
    std::string message{};  ///< of a refusal
    int code = 0;           ///< of a refusal
    Json data{};            ///< null: no body
    Json pagination{};      ///< of a list
  };

  Writing(VendorSimulator& simulator, std::string_view account_id) noexcept
      : simulator_{simulator}, account_id_{account_id} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  [[nodiscard]] Answer add_campaign(Json const& data);
  [[nodiscard]] Answer change_campaign(std::string const& id, Json const& data);
  [[nodiscard]] Answer delete_campaign(std::string const& id);
  [[nodiscard]] Answer add_template(Json const& data);
  [[nodiscard]] Answer templates(RequestTarget const& target) const;
  [[nodiscard]] Answer add_audience(Json const& data);
  [[nodiscard]] Answer audience(std::string const& id) const;
  [[nodiscard]] Answer add_contacts(std::string const& id, Json const& data);
  [[nodiscard]] Answer senders(RequestTarget const& target) const;
  /// Reads contacts into a list. Returns the refusal, if there is one.
  [[nodiscard]] std::optional<Answer> read_contacts(Json const& data,
                                                    std::vector<SimulatedRecipient>& members) const;
  [[nodiscard]] Json audience_record(SimulatedAddressBook const& list) const;
  [[nodiscard]] Answer page(Json all, RequestTarget const& target, char const* path) const;

  VendorSimulator& simulator_;
  std::string_view account_id_;
};

}  // namespace polycampaign::inline v1::testing::dexatel
