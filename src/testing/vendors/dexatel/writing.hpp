#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/dexatel/answer.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// The part of the API that creates, changes and deletes campaigns, templates, audiences and contacts, and
/// the account's senders.
class Writing {
 public:
  using Json = nlohmann::ordered_json;
  Writing(VendorSimulator& simulator, std::string_view account_id) noexcept
      : simulator_{simulator}, account_id_{account_id} {}

  /// Returns the answer to an authorized request, or nothing if it is none of these.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target);

 private:
  [[nodiscard]] std::optional<Answer> read(RequestTarget const& target) const;
  [[nodiscard]] Answer write(HttpRequest const& request, RequestTarget const& target);
  [[nodiscard]] Answer add_campaign(Json const& data);
  [[nodiscard]] Answer change_campaign(std::string const& id, Json const& data);
  [[nodiscard]] Answer delete_campaign(std::string const& id);
  [[nodiscard]] Answer add_template(Json const& data);
  [[nodiscard]] Answer get_template(std::string const& id) const;
  [[nodiscard]] Answer templates(RequestTarget const& target) const;
  [[nodiscard]] Answer add_audience(Json const& data);
  [[nodiscard]] Answer audience(std::string const& id) const;
  [[nodiscard]] Answer delete_audience(std::string const& id);
  [[nodiscard]] Answer audiences(RequestTarget const& target) const;
  [[nodiscard]] Answer add_contacts(std::string const& id, Json const& data);
  [[nodiscard]] Answer contacts(std::string const& id, RequestTarget const& target) const;
  [[nodiscard]] Answer senders(RequestTarget const& target) const;
  [[nodiscard]] Answer page(Json all, RequestTarget const& target) const;

  /// Reads the name of a campaign, which is unique. `id` is the campaign that may have it already.
  [[nodiscard]] std::string read_name(Json const& data, std::string_view id, Problems& problems) const;
  [[nodiscard]] std::optional<std::chrono::sys_seconds> read_schedule(Json const& data,
                                                                      Problems& problems) const;
  [[nodiscard]] Channel channel_of_audience(std::string const& id) const;
  [[nodiscard]] char const* template_status() const;
  [[nodiscard]] Json template_record(SimulatedTemplate const& form) const;
  [[nodiscard]] Json audience_record(SimulatedAddressBook const& list) const;
  [[nodiscard]] Answer one_audience(Json record, int status) const;
  [[nodiscard]] Json channel_value(Channel channel) const;

  VendorSimulator& simulator_;
  std::string_view account_id_;
  std::map<std::string, Channel, std::less<>> audience_channels_{};  // of those that requests created
};

}  // namespace polycampaign::inline v1::testing::dexatel
