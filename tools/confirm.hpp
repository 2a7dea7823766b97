#pragma once

#include "commands.hpp"

#include <string_view>

namespace polycampaign::inline v1::command {

/// Returns whether the user agrees. With `yes`, asks nothing. Otherwise shows `plan` and asks on the
/// terminal; without a terminal, the answer is no, with an error that names --yes.
[[nodiscard]] bool confirmed(Context& context, Interrupts const& interrupts, std::string_view plan,
                             std::string_view question, bool yes);

}  // namespace polycampaign::inline v1::command
