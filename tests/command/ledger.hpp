#pragma once

#include "polycampaign/providers.hpp"

namespace polycampaign::test {

/// A fictional vendor that has everything around campaigns, and nothing else. Its tests serve it.
[[nodiscard]] Provider const& ledger() noexcept;
/// A vendor that has none of it.
[[nodiscard]] Provider const& mute() noexcept;

}  // namespace polycampaign::test
