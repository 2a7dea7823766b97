#pragma once

#include "polycampaign/result.hpp"

#include "commands.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace polycampaign::inline v1::command {

struct AccountsRequest {
  Format format = Format::table;
};
struct ListSwitchesRequest {};
struct DemoRequest {};
/// Nothing to do but to print this: help, version.
struct PrintRequest {
  std::string text{};
};

/// A command line that was understood.
struct Arguments {
  std::optional<std::string> config{};
  std::vector<std::string> accounts{};
  LogLevel log_level = LogLevel::warn;
  std::variant<PrintRequest, ListRequest, GetRequest, DecodeRequest, CapabilitiesRequest, AccountsRequest,
               DemoRequest, SimulateRequest, ListSwitchesRequest>
      request{};
};

/// Errors: `invalid_argument`, naming what was not understood and the nearest known word. Times before `now`
/// count from it. Reads POLYCAMPAIGN_LOG. `vendors` must live as long as what is returned.
[[nodiscard]] Result<Arguments> parse_arguments(int argc, char const* const* argv,
                                                std::chrono::sys_seconds now, Vendors const& vendors);

/// `--errors`, wherever it stands: needed to tell that the rest was not understood.
[[nodiscard]] ErrorFormat error_format(int argc, char const* const* argv) noexcept;

}  // namespace polycampaign::inline v1::command
