#pragma once

#include "polycampaign/testing/simulated_campaign.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::smsup {

/// What a campaign looks like in an answer; filled from the simulator's switches.
struct RecordForm {
  bool xml = false;
  bool detail = false;  ///< `GET /campaign/:id`; else the list
  bool oldest = false;  ///< the pages of 2018: a number for the status, fewer members
  bool with_status = true;
  bool with_sent = false;
  bool number_ids = false;
  bool number_counters = false;
  bool nulls = false;  ///< what a campaign does not have (yet) is null
  bool quoted_dates = false;
  std::string_view lists = "array";
};

/// The word for a campaign's status, one of five.
[[nodiscard]] std::string_view status_label(StatusCode status) noexcept;
/// Numbers handed over so far, after filtering.
[[nodiscard]] std::int64_t sent(SimulatedCampaign const& campaign) noexcept;
/// The sending date: planned, or of creation for immediate ones. UTC.
[[nodiscard]] std::chrono::sys_seconds sending_date(SimulatedCampaign const& campaign) noexcept;

[[nodiscard]] nlohmann::ordered_json record(SimulatedCampaign const& campaign, RecordForm const& form);

/// `escaped`: everything beyond ASCII as `\uXXXX`, and `\/`, as PHP does by default.
[[nodiscard]] std::string to_json(nlohmann::ordered_json const& document, bool escaped);
/// The document below `<response>`, by the vendor's rules: an array is its elements one after another, an
/// empty array is nothing, null is the word `null`.
[[nodiscard]] std::string to_xml(nlohmann::ordered_json const& document);

}  // namespace polycampaign::inline v1::testing::smsup
