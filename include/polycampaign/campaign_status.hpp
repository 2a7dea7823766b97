#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// A campaign's state, the same words for every vendor.
enum class StatusCode : std::uint8_t {
  unknown,      ///< the vendor gave no status, or a word that this library does not know
  draft,        ///< saved, nothing sent
  moderation,   ///< waits for a person at the vendor
  scheduled,    ///< waits for its time
  queued,       ///< accepted, waits for its turn
  sending,      ///< being sent
  retrying,     ///< failed messages are being sent again
  paused,       ///< halted, may go on (BSG: no funds)
  completed,    ///< everything was handed over; delivery reports may still move the counters
  canceled,     ///< ended by the user
  interrupted,  ///< ended by a fault of the system (Yeastar `stop`)
  rejected,     ///< refused by moderation
  failed,       ///< could not run
};

/// The enumerator's name, as in JSON and on the command line; `unknown` for a value out of range.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(StatusCode code) noexcept;
/// The code with exactly this name (`to_string`'s spelling); nothing for another word.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<StatusCode> parse_status_code(std::string_view name) noexcept;

/// Normalised state and the vendor's word for it.
struct CampaignStatus {
  /// The same words for every vendor.
  StatusCode code = StatusCode::unknown;
  /// As received (a number as its digits); absent when the vendor gave none.
  std::optional<std::string> vendor_word{};

  /// Whether the vendor will move the campaign no further without a new call; absent for `unknown`.
  [[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<bool> ended() const noexcept;

  friend bool operator==(CampaignStatus const&, CampaignStatus const&) = default;
};

}  // namespace polycampaign::inline v1
