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
/// A request to print something, such as the help or the version, and exit.
struct PrintRequest {
  std::string text{};
};

/// The parsed command line.
struct Arguments {
  std::optional<std::string> config{};
  std::vector<std::string> accounts{};
  LogLevel log_level = LogLevel::warn;
  CsvStyle csv{};
  std::variant<PrintRequest, ListRequest, GetRequest, DecodeRequest, CapabilitiesRequest, AccountsRequest,
               DemoRequest, SimulateRequest, ListSwitchesRequest, CreateRequest, EstimateRequest,
               UpdateRequest, CancelRequest, DeleteRequest, RetryRequest, BalanceRequest, SendersRequest,
               ListsRequest, ListCreateRequest, ListAddRequest, ListDeleteRequest, MessagesRequest,
               RepliesRequest, OptOutsRequest, OutboxListRequest, OutboxReconcileRequest,
               OutboxResolveRequest>
      request{};
};

/// Parses the command line. Errors: `invalid_argument`, which names the word that is wrong and the nearest
/// known one. Ages such as `30d` count back from `now`. Reads POLYCAMPAIGN_LOG. `vendors` must live as long
/// as the result.
[[nodiscard]] Result<Arguments> parse_arguments(int argc, char const* const* argv,
                                                std::chrono::sys_seconds now, Vendors const& vendors);

/// Returns the value of `--errors`, wherever it is, because errors in the rest of the command line need it.
[[nodiscard]] ErrorFormat error_format(int argc, char const* const* argv) noexcept;

}  // namespace polycampaign::inline v1::command
