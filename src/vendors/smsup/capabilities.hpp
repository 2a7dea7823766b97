#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/smsup.hpp"

namespace polycampaign::inline v1::smsup {

/// Returns the capabilities for responses in that format: XML records have no status.
[[nodiscard]] Capabilities const& capabilities(Format format) noexcept;

}  // namespace polycampaign::inline v1::smsup
