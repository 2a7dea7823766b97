#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1 {

/// The channel that a campaign is sent through.
enum class Channel : std::uint8_t {
  /// The vendor named a channel that this library does not know. `Campaign::notes` contains the vendor's
  /// word.
  unknown,
  sms,       ///< text messages; long ones are sent in parts
  whatsapp,  ///< WhatsApp Business
  viber,     ///< Viber Business
  rcs,       ///< RCS Business Messaging
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Channel channel) noexcept;

/// Returns the channel with that name. Case and surrounding spaces are ignored. `unknown` for any other word.
[[nodiscard]] POLYCAMPAIGN_EXPORT Channel parse_channel(std::string_view word) noexcept;

}  // namespace polycampaign::inline v1
