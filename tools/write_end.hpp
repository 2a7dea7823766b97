#pragma once

#include "polycampaign/error.hpp"

#include "commands.hpp"

/// How commands that change something end.
namespace polycampaign::inline v1::command {

/// Returns the exit status for a failed operation: `unresolved` if the vendor may have carried it out;
/// `usage` if it was refused before any request that changes something; otherwise `nothing`.
[[nodiscard]] int status_of(Error const& error) noexcept;

/// Reports the error and returns its exit status.
[[nodiscard]] int failed(Context& context, Error const& error, Account const& account);

}  // namespace polycampaign::inline v1::command
