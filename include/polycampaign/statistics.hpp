#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// A counter: 0 to 2^63-1. Absent means that the vendor did not tell, which is not zero.
using Count = std::optional<std::int64_t>;

/// A vendor's counter that has no normalised place, under the vendor's name.
struct VendorCounter {
  std::string name{};      ///< as the vendor spells it
  std::int64_t value = 0;  ///< 0 to 2^63-1
  friend bool operator==(VendorCounter const&, VendorCounter const&) = default;
};

/// A percentage as the vendor wrote it, under the vendor's name: not computed, not checked.
struct ReportedRate {
  std::string name{};  ///< as the vendor spells it
  std::string text{};  ///< `97.5`, `97.5 %`: whatever was written
  friend bool operator==(ReportedRate const&, ReportedRate const&) = default;
};

/// Counters of one campaign at the time of the call.
struct Statistics {
  // milestones, cumulative
  Count recipients{};  ///< numbers targeted, before filtering
  Count filtered{};    ///< numbers removed before sending
  Count messages{};    ///< messages created
  Count submitted{};   ///< messages handed over to the network so far

  // an exclusive partition of `messages`
  Count pending{};      ///< not yet handed over
  Count in_flight{};    ///< handed over, report awaited
  Count delivered{};    ///< delivered, read ones included
  Count undelivered{};  ///< the network or the phone refused
  Count expired{};      ///< not delivered in time
  Count failed{};       ///< could not be sent
  Count unreported{};   ///< no report will come

  // engagement
  Count read{};      ///< messages that were opened; part of `delivered`
  Count replies{};   ///< messages that came back
  Count opt_outs{};  ///< people who asked for no more
  Count clicks{};    ///< visits of tracked links, as the vendor counts them

  std::vector<VendorCounter> vendor_counters{};  ///< in the order of the record
  std::vector<ReportedRate> reported_rates{};    ///< in the order of the record

  friend bool operator==(Statistics const&, Statistics const&) = default;
};

/// A fraction from 0 upward, 1 being all: the name states both counters. Absent when either is unknown or the
/// denominator is zero. Vendors count at different moments, so a result above 1 is possible and is not
/// hidden.
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

/// pending + in_flight + delivered + undelivered + expired + failed + unreported; absent unless all are
/// known.
[[nodiscard]] POLYCAMPAIGN_EXPORT Count partition_sum(Statistics const& s) noexcept;

}  // namespace polycampaign::inline v1
