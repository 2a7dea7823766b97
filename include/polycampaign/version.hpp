#pragma once

#include "polycampaign/export.hpp"

#include <string_view>

#define POLYCAMPAIGN_VERSION_MAJOR 0
#define POLYCAMPAIGN_VERSION_MINOR 1
#define POLYCAMPAIGN_VERSION_PATCH 0

namespace polycampaign::inline v1 {

/// Returns the version of the linked library: `0.1.0`. The macros give the version of the headers that were
/// compiled.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view version() noexcept;

}  // namespace polycampaign::inline v1
