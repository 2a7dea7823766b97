#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace polycampaign::inline v1::testing {

/// The form of generated ids.
enum class SimulatedId : std::uint8_t {
  number,  ///< digits
  uuid,    ///< a version 4 UUID
  mixed,   ///< 24 hexadecimal digits for some, decimal digits for others; for lists only
};

/// Describes a vendor's campaigns, so that simulated ones can be generated. Constant data; whatever the spans
/// and the string refer to must stay valid as long as the simulator.
struct CampaignShape {
  /// The statuses that the vendor has. They include `completed`, and `queued` or `sending` for new campaigns.
  /// If there are at least as many campaigns as statuses, each status occurs. Empty: scheduled, sending,
  /// completed, canceled and failed.
  std::span<StatusCode const> statuses{};
  /// The channels that the vendor has. Four fifths of the campaigns use the first one. The rest is drawn from
  /// all of them, so a channel that is listed twice occurs twice as often. Empty: SMS.
  std::span<Channel const> channels{};
  /// Whether a list contains only one channel. If so, all requested campaigns use the first channel, and an
  /// eighth as many campaigns are added between them, which use the other channels in turn.
  bool lists_one_channel = false;

  SimulatedId ids = SimulatedId::number;       ///< campaign ids: numbers or UUIDs
  SimulatedId list_ids = SimulatedId::number;  ///< ids of `SimulatedCampaign::lists`
  /// The oldest campaign has the number 10^16 + this. Lists whose ids are numbers also begin above 10^16. If
  /// an id passes through 32 bits or binary floating point, it comes back changed, and a test can notice.
  std::int64_t first_number = 1;
  std::int64_t number_step = 1;  ///< from one campaign to the next; at least 1

  bool number_senders = false;  ///< `+` and digits; otherwise mostly words, sometimes digits
  std::size_t min_lists = 0;    ///< minimum number of lists, phonebooks or audiences per campaign
  std::size_t max_lists = 1;    ///< maximum number; not below `min_lists`

  std::int64_t max_messages = 100'000;  ///< maximum per campaign; at least 1
  bool filters = false;         ///< whether the vendor counts numbers that were removed before sending
  bool counts_expired = false;  ///< whether the vendor counts expired messages separately from failed ones
  bool all_buckets = false;  ///< whether it also counts undelivered, unreported and read messages separately
  /// ISO 4217 code: costs are decimals with two to seven places. `credits`: whole numbers. Empty: the vendor
  /// reports no cost.
  std::string_view currency{};
};

}  // namespace polycampaign::inline v1::testing
