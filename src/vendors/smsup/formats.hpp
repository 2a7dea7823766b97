#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/smsup/records.hpp"
#include "vendors/smsup/refusals.hpp"
#include "wire/campaigns.hpp"
#include "wire/scalar.hpp"
#include "wire/xml.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Reads responses in each of the two formats.
namespace polycampaign::inline v1::smsup {

/// The campaigns of a list, or of a detail.
struct Answer {
  std::vector<Campaign> campaigns{};
  /// The number of records in the response, campaigns or not.
  std::int64_t records = 0;
  /// The number of campaigns in the whole list, if the response reports it.
  std::optional<std::int64_t> total{};
};

/// Returns whether a body is XML. The service falls back to it, whatever was requested.
[[nodiscard]] bool is_xml(std::string_view body) noexcept;
/// Returns an element's value. XML spells JSON's null as the word (pages "Webhook", "List").
[[nodiscard]] wire::Scalar scalar_of(wire::XmlNode node) noexcept;

/// Reads a response of any HTTP status. Errors: what the body or the HTTP status means; `protocol` for
/// anything else.
/// @{
[[nodiscard]] Result<Answer> read_json_answer(HttpResponse response, Reading const& reading, bool is_list);
[[nodiscard]] Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading, bool is_list);
/// @}

/// Returns an empty collection with room for that many records.
[[nodiscard]] wire::Campaigns campaigns_of(std::size_t records, Reading const& reading);
/// Returns the response that consists of these campaigns. Errors: `protocol` if it is not a valid one.
[[nodiscard]] Result<Answer> finished_answer(wire::Campaigns campaigns, Envelope const& envelope,
                                             HttpResponse const& response, bool is_list);

}  // namespace polycampaign::inline v1::smsup
