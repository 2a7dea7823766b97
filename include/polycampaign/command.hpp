#pragma once

#include "polycampaign/command_export.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <span>

namespace polycampaign::inline v1 {

/// A vendor for the command, beside the library's own. Constant data; what it refers to must live until
/// `run_command` returns.
struct CommandVendor {
  /// `name` is lower-case letters, digits, `-` and `_`, as are those of its settings; no function is null.
  Provider provider{};
  /// Null: `simulate` and `demo` leave the vendor out. Its own name may differ.
  testing::SimulatedVendor const* simulator = nullptr;
};

/// The `polycampaign` command: what a program's `main` returns. With `more` vendors it is the same command,
/// which knows these wherever it knows the library's own:
///
///     constexpr polycampaign::CommandVendor more[] = {{acme::provider, &acme::simulated_vendor}};
///     int main(int argc, char** argv) { return polycampaign::run_command(argc, argv, more); }
///
/// Results go to standard output, everything else to standard error. Gives the exit status: 0; 1 when some
/// accounts failed or one ended early (what was received is printed), or results could not be written; 2
/// usage or configuration, such as a vendor of `more` whose name is taken or malformed; 3 when no account
/// returned data, or `decode` refused its input; 128 and the signal's number after SIGINT, SIGTERM or SIGHUP.
///
/// It is a program, not a function to call along the way: once in a process, on its only thread, not
/// re-entrant. It ignores SIGPIPE, and, while it asks vendors or simulates them, takes SIGINT, SIGTERM,
/// SIGHUP and SIGUSR1 for itself (those three not where they are ignored); both stay so. Where standard
/// input, output or error is closed, it opens /dev/null in its place. It reads the environment
/// (POLYCAMPAIGN_CONFIG, POLYCAMPAIGN_LOG, NO_COLOR, COLUMNS, HOME, XDG_CONFIG_HOME). An exception on its
/// thread ends it with 3, and with the exception's text on standard error; a vendor's functions, which it
/// also calls on threads of its own, must not throw.
[[nodiscard]] POLYCAMPAIGN_COMMAND_EXPORT int run_command(int argc, char const* const* argv,
                                                          std::span<CommandVendor const> more = {}) noexcept;

}  // namespace polycampaign::inline v1
