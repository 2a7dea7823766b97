#pragma once

#include "campaign_view.hpp"

#include <cstddef>

namespace polycampaign::inline v1::command {

[[nodiscard]] bool is_terminal(int file) noexcept;

/// Returns the width of a terminal. If it is unknown: COLUMNS, or else 80 for a terminal and 120 for anything
/// else.
[[nodiscard]] std::size_t columns_of(int file) noexcept;

/// Uses colors only on a terminal that has them, and not if NO_COLOR (no-color.org) is set and not empty.
[[nodiscard]] Look look_of(int file) noexcept;

}  // namespace polycampaign::inline v1::command
