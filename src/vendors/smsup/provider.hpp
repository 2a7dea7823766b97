#pragma once

#include "polycampaign/providers.hpp"

namespace polycampaign::inline v1::smsup {

/// Returns the entry of SMSUP and SMSFactor for the registry.
[[nodiscard]] Provider const& provider() noexcept;

}  // namespace polycampaign::inline v1::smsup
