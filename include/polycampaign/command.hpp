#pragma once

#include "polycampaign/command_export.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <span>

namespace polycampaign::inline v1 {

/// A vendor that the command offers in addition to the library's own. Constant data; everything it refers to
/// must stay valid until `run_command` returns.
struct CommandVendor {
  /// Its `name` and the names of its settings consist of lower-case letters, digits, `-` and `_`. None of its
  /// functions may be null.
  Provider provider{};
  /// The vendor's simulator; its name may differ from the provider's. Null: `simulate` and `demo` leave the
  /// vendor out.
  testing::SimulatedVendor const* simulator = nullptr;
};

/// Runs the `polycampaign` command and returns the exit status for `main`. The vendors in `more` are
/// available everywhere that the library's own vendors are:
///
///     constexpr polycampaign::CommandVendor more[] = {{acme::provider, &acme::simulated_vendor}};
///     int main(int argc, char** argv) { return polycampaign::run_command(argc, argv, more); }
///
/// Results go to standard output, everything else to standard error. The exit status is one of these:
///
/// * 0: success.
/// * 1: some accounts failed, or one ended early (what was received is printed), or the results could not be
///   written.
/// * 2: a usage or configuration error, such as a vendor in `more` whose name is taken or malformed.
/// * 3: no account returned data, the vendor refused, or `decode` rejected its input.
/// * 4: the vendor may have carried out what was requested.
/// * 128 plus the signal's number: the command ended because of SIGINT, SIGTERM or SIGHUP.
///
/// Treat it as a whole program, not as a function to call along the way. Call it once per process, on the
/// process's only thread; it is not re-entrant.
///
/// * Signals: it ignores SIGPIPE. While it queries or simulates vendors, it handles SIGINT, SIGTERM, SIGHUP
///   and SIGUSR1; it leaves the first three alone if they are ignored. Both settings stay in place after it
///   returns.
/// * Standard streams: if standard input, output or error is closed, it opens /dev/null in its place.
/// * Environment: it reads POLYCAMPAIGN_CONFIG, POLYCAMPAIGN_LOG, NO_COLOR, COLUMNS, HOME and
///   XDG_CONFIG_HOME.
/// * Exceptions: an exception on its thread ends it with status 3 and prints the exception's text to standard
///   error. A vendor's functions must not throw, because it also calls them on its own threads.
[[nodiscard]] POLYCAMPAIGN_COMMAND_EXPORT int run_command(int argc, char const* const* argv,
                                                          std::span<CommandVendor const> more = {}) noexcept;

}  // namespace polycampaign::inline v1
