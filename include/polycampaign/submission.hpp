#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_status.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// What the vendor answered to the creation of a campaign. An absent member means that the vendor did not
/// report it.
///
/// Threads: a plain value, not synchronized.
struct Submission {
  ProviderName provider{};  ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  /// The vendor's id of the campaign. Absent if the vendor did not report it and it could not be found; a
  /// note then says so.
  std::optional<std::string> id{};
  /// Never `completed`: no vendor has sent a campaign when it answers. If the vendor gives no word for the
  /// campaign's status, this is `draft`, `scheduled` or `queued`, depending on what was requested.
  CampaignStatus status{};
  /// How many numbers were submitted: as the vendor counted them, otherwise as many as were sent to it.
  Count recipients{};
  Count filtered{};  ///< how many of them the vendor removed; 0 if it says that it removed none
  std::vector<VendorCounter> filtered_by{};   ///< why it removed them, by the vendor's names
  std::optional<Cost> cost{};                 ///< what it will cost, or has cost, as the vendor says
  CompactOptional<Timestamp> scheduled_at{};  ///< when it will start; absent if it starts at once
  std::vector<std::string> notes{};           ///< what the caller should know, one sentence each

  friend bool operator==(Submission const&, Submission const&) = default;
};

/// Who counted recipients and parts.
enum class CountedBy : std::uint8_t {
  library,  ///< polycampaign, from the text and the recipients; it knows neither prices nor stop lists
  vendor,   ///< the vendor
};

/// What a campaign would reach, and what it would cost. Nothing is created.
///
/// Threads: a plain value, not synchronized.
struct Estimate {
  ProviderName provider{};                    ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  CountedBy counted_by = CountedBy::library;  ///< who counted; the library counts what the vendor does not
  Count recipients{};                         ///< numbers; absent for lists that the vendor did not count
  Count parts{};                              ///< parts of the longest message
  Count messages{};                           ///< messages that would be sent, one for each number
  Count filtered{};                           ///< numbers that the vendor would remove
  std::vector<VendorCounter> filtered_by{};   ///< why, by the vendor's names
  std::optional<Cost> cost{};                 ///< absent if the vendor has no estimate
  std::vector<std::string> notes{};           ///< what the caller should know, one sentence each

  friend bool operator==(Estimate const&, Estimate const&) = default;
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(CountedBy by) noexcept;

}  // namespace polycampaign::inline v1
