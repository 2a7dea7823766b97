#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/smsup/records.hpp"
#include "vendors/smsup/refusals.hpp"
#include "wire/campaigns.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// An answer in each of the two formats.
namespace polycampaign::inline v1::smsup {

/// The campaigns of a list, or of a detail.
struct Answer {
  std::vector<Campaign> campaigns{};
  /// What the answer held, whatever it was.
  std::int64_t records = 0;
  /// Campaigns of the whole list, where the answer tells.
  std::optional<std::int64_t> total{};
};

/// `response` may have any status. Errors: what the body or the HTTP status says; `protocol` for anything
/// else.
/// @{
[[nodiscard]] Result<Answer> read_json_answer(HttpResponse response, Reading const& reading, bool is_list);
[[nodiscard]] Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading, bool is_list);
/// @}

/// To read so many records into.
[[nodiscard]] wire::Campaigns campaigns_of(std::size_t records);
/// The answer that these make. Errors: `protocol`, when they are none.
[[nodiscard]] Result<Answer> finished_answer(wire::Campaigns campaigns, Envelope const& envelope,
                                             HttpResponse const& response, bool is_list);

}  // namespace polycampaign::inline v1::smsup
