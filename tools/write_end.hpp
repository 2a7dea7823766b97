#pragma once

#include "polycampaign/error.hpp"

#include "commands.hpp"

#include <string>
#include <string_view>

/// How commands that change something end.
namespace polycampaign::inline v1::command {

/// Returns the exit status for a failed operation: `unresolved` if the vendor may have carried it out;
/// `usage` if it was refused before any request that changes something; otherwise `nothing`.
[[nodiscard]] int status_of(Error const& error) noexcept;

/// Writes the rest of the output and returns the exit status for a failed operation that was reported. If a
/// signal interrupted it in time, that is the signal's.
[[nodiscard]] int finish_failed(Context& context, Interrupts const& interrupts, Error const& error);

/// Reports the error and returns its exit status.
[[nodiscard]] int failed(Context& context, Error const& error, Account const& account);

/// Returns the beginning of a command that uses the same accounts file and account, to be continued.
[[nodiscard]] std::string command_for(Context const& context, Account const& account);

/// Returns a word as a shell reads it.
[[nodiscard]] std::string shell_word(std::string_view word);

}  // namespace polycampaign::inline v1::command
