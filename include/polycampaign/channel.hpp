#pragma once

#include "polycampaign/export.hpp"

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1 {

/// What a campaign is sent over. `unknown`: the vendor named one that this library does not know.
enum class Channel : std::uint8_t {
  unknown,
  sms,
  whatsapp,
  viber,
  rcs
};

[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Channel channel) noexcept;

/// Any case, blanks around it ignored; `unknown` for another word.
[[nodiscard]] POLYCAMPAIGN_EXPORT Channel parse_channel(std::string_view word) noexcept;

}  // namespace polycampaign::inline v1
