#pragma once

#include "polycampaign/providers.hpp"

namespace polycampaign::inline v1::bsg {

/// Returns the entry of BSG. Settings: `api_key`, `base_url`, `time_zone`.
[[nodiscard]] Provider const& provider() noexcept;

}  // namespace polycampaign::inline v1::bsg
