#pragma once

#include "polycampaign/testing/simulated_campaign.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::smsup {

/// The form of a campaign in a response, as the simulator's switches select it.
struct RecordForm {
  bool xml = false;
  bool detail = false;  ///< `GET /campaign/:id`; otherwise the list
  bool oldest = false;  ///< as on the pages of 2018: the status is a number, and there are fewer members
  bool with_status = true;
  bool with_sent = false;
  bool number_ids = false;
  bool number_counters = false;
  bool nulls = false;  ///< what a campaign does not have (yet) is null
  bool quoted_dates = false;
  std::string_view lists = "array";
};

/// Returns the word for a campaign's status, one of five.
[[nodiscard]] std::string_view status_label(StatusCode status) noexcept;
/// Returns how many numbers were handed over so far, after filtering.
[[nodiscard]] std::int64_t sent(SimulatedCampaign const& campaign) noexcept;
/// Returns the sending date in UTC: the planned one, or the creation date of a campaign that is sent at once.
[[nodiscard]] std::chrono::sys_seconds sending_date(SimulatedCampaign const& campaign) noexcept;

[[nodiscard]] nlohmann::ordered_json record(SimulatedCampaign const& campaign, RecordForm const& form);

/// Writes JSON. `escaped` writes `\uXXXX` for everything beyond ASCII, and `\/`, as PHP does by default.
[[nodiscard]] std::string to_json(nlohmann::ordered_json const& document, bool escaped);
/// Writes the document below `<response>` by the vendor's rules: the elements of an array follow one another,
/// an empty array is nothing, and null is the word `null`.
[[nodiscard]] std::string to_xml(nlohmann::ordered_json const& document);

}  // namespace polycampaign::inline v1::testing::smsup
