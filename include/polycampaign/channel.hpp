#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1 {

/// What a campaign is sent over.
enum class Channel : std::uint8_t {
  unknown,   ///< the vendor named one that this library does not know; `Campaign::notes` has the word
  sms,       ///< text messages, long ones in parts
  whatsapp,  ///< WhatsApp Business
  viber,     ///< Viber Business
  rcs,       ///< RCS Business Messaging
};

/// The enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Channel channel) noexcept;

/// The channel of that name, in any case, blanks around it ignored; `unknown` for another word.
[[nodiscard]] POLYCAMPAIGN_EXPORT Channel parse_channel(std::string_view word) noexcept;

}  // namespace polycampaign::inline v1
