#pragma once

#include "polycampaign/providers.hpp"

namespace polycampaign::inline v1::dexatel {

/// Returns the entry of Dexatel for the registry.
[[nodiscard]] Provider const& provider() noexcept;

}  // namespace polycampaign::inline v1::dexatel
