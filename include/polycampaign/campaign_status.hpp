#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// A campaign's state, in the same terms for every vendor.
enum class StatusCode : std::uint8_t {
  unknown,      ///< the vendor reported no status, or one that this library does not know
  draft,        ///< saved; nothing has been sent
  moderation,   ///< waiting for a person at the vendor to approve it
  scheduled,    ///< waiting for its start time
  queued,       ///< accepted, waiting to be sent
  sending,      ///< being sent
  retrying,     ///< failed messages are being resent
  paused,       ///< halted, may continue (BSG: no funds)
  completed,    ///< everything was handed over; delivery reports may still change the counters
  canceled,     ///< ended by the user
  interrupted,  ///< ended by a system fault (Yeastar `stop`)
  rejected,     ///< rejected by moderation
  failed,       ///< could not run
};

/// Returns the enumerator's name, as in JSON and on the command line; `unknown` for a value out of range.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(StatusCode code) noexcept;
/// Returns the code with exactly this name, spelled as `to_string` spells it, or nothing if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<StatusCode> parse_status_code(std::string_view name) noexcept;

/// The normalized state, and the vendor's own word for it.
struct CampaignStatus {
  /// The state, in the same terms for every vendor.
  StatusCode code = StatusCode::unknown;
  /// The status as received (a number as its digits). Absent if the vendor reported none.
  std::optional<std::string> vendor_word{};

  /// Returns whether the campaign stays in this state until someone makes a new call. Absent for `unknown`.
  [[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<bool> ended() const noexcept;

  friend bool operator==(CampaignStatus const&, CampaignStatus const&) = default;
};

}  // namespace polycampaign::inline v1
