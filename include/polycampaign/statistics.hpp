#pragma once

#include "polycampaign/compact_optional.hpp"
#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// A counter from 0 to 2^63-1. Absent means that the vendor did not report it, which is not zero. A negative
/// number counts as absent.
using Count = CompactOptional<std::int64_t>;

/// A counter that only this vendor has, under the vendor's name.
struct VendorCounter {
  std::string name{};      ///< as the vendor spells it
  std::int64_t value = 0;  ///< 0 to 2^63-1
  friend bool operator==(VendorCounter const&, VendorCounter const&) = default;
};

/// A percentage as the vendor wrote it, under the vendor's name. It is neither computed nor checked.
struct ReportedRate {
  std::string name{};  ///< as the vendor spells it
  std::string text{};  ///< as it was written, such as `97.5` or `97.5 %`
  friend bool operator==(ReportedRate const&, ReportedRate const&) = default;
};

/// The counters of one campaign at the time of the call.
struct Statistics {
  // milestones, cumulative
  Count recipients{};  ///< phone numbers that the campaign targets
  Count filtered{};    ///< phone numbers removed before sending
  Count messages{};    ///< messages created
  Count submitted{};   ///< messages handed over to the network so far

  // an exclusive partition of `messages`
  Count pending{};      ///< not yet handed over to the network
  Count in_flight{};    ///< handed over, with the delivery report still to come
  Count delivered{};    ///< arrived on a phone; messages that were read are included
  Count undelivered{};  ///< rejected by the network or the phone
  Count expired{};      ///< not delivered in time
  Count failed{};       ///< could not be sent
  Count unreported{};   ///< no delivery report will ever come

  // engagement
  Count read{};      ///< messages that were opened; part of `delivered`
  Count replies{};   ///< messages that recipients sent back
  Count opt_outs{};  ///< recipients who asked to receive no more
  Count clicks{};    ///< visits of tracked links, as the vendor counts them

  std::vector<VendorCounter> vendor_counters{};  ///< in the order of the record
  std::vector<ReportedRate> reported_rates{};    ///< in the order of the record

  friend bool operator==(Statistics const&, Statistics const&) = default;
};

/// Returns a ratio of two counters, where 1 means all. The name states both counters. Returns nothing if
/// either of them is absent or the denominator is zero. Vendors count at different moments, so a ratio above
/// 1 is possible, and the library does not hide it.
/// @{
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> delivered_per_message(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> delivered_per_submitted(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> delivered_per_recipient(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> failed_per_message(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> read_per_delivered(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> replies_per_delivered(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> opt_outs_per_delivered(Statistics const& s) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<double> clicks_per_delivered(Statistics const& s) noexcept;
/// @}

/// Returns pending + in_flight + delivered + undelivered + expired + failed + unreported, or nothing if any
/// of them is absent.
[[nodiscard]] POLYCAMPAIGN_EXPORT Count partition_sum(Statistics const& s) noexcept;

}  // namespace polycampaign::inline v1
