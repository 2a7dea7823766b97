#pragma once

#include "polycampaign/providers.hpp"

namespace polycampaign::inline v1::yeastar {

/// Returns the entry of Yeastar. Settings: `base_url`, `client_id`, `client_secret`.
[[nodiscard]] Provider const& provider() noexcept;

}  // namespace polycampaign::inline v1::yeastar
