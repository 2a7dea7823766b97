#pragma once

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/yeastar/orders.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::yeastar {

/// Returns whether the PBX sends a campaign now, or sends failed messages of one again.
[[nodiscard]] bool is_busy(VendorSimulator const& simulator);

/// The part of the API that creates, changes, deletes and retries campaigns, the message channels, and the
/// phonebooks.
class Writing {
 public:
  using Json = nlohmann::ordered_json;

  explicit Writing(VendorSimulator& simulator);

  /// Returns the answer to an authorized request, or nothing if it is none of these. `area` and `operation`
  /// are the last two segments of the path.
  [[nodiscard]] std::optional<Answer> answer(HttpRequest const& request, RequestTarget const& target,
                                             std::string_view area, std::string_view operation);
  /// Returns a campaign's record with what the request asked for.
  [[nodiscard]] Json complete(SimulatedCampaign const& campaign, Json record) const;

 private:
  [[nodiscard]] Answer create(Json const& body);
  [[nodiscard]] Answer update(Json const& body);
  [[nodiscard]] Answer remove(std::string_view id);
  [[nodiscard]] Answer retry(std::string_view id);
  [[nodiscard]] Answer channels(RequestTarget const& target, bool searching) const;
  [[nodiscard]] Answer channel(std::string_view id) const;
  [[nodiscard]] Answer channels_with(std::string_view ids) const;

  VendorSimulator& simulator_;
  std::map<std::int64_t, Json> shown_{};  // by the campaign's number: `OrderReader::shown`
};

}  // namespace polycampaign::inline v1::testing::yeastar
