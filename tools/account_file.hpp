#pragma once

#include "account.hpp"
#include "vendors.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// Parses accounts, in the order of the text. `path` names the text in errors; relative paths of files in the
/// text are relative to the folder of `path`. Errors: `configuration`, as `PATH:LINE:COLUMN: what is wrong`.
/// They quote no value except that of `provider`. `vendors` must live as long as the accounts.
[[nodiscard]] Result<std::vector<Account>> parse_accounts(std::string_view text, std::string const& path,
                                                          Vendors const& vendors);

/// Reads `accounts.toml` from the given file, or else from the one that POLYCAMPAIGN_CONFIG names, or else
/// from `polycampaign/accounts.toml` in XDG_CONFIG_HOME or `~/.config`. Errors: `configuration`. If there is
/// no file, the error says where it was looked for and how to start.
[[nodiscard]] Result<std::vector<Account>> load_accounts(std::optional<std::string> const& file,
                                                         Vendors const& vendors);

}  // namespace polycampaign::inline v1::command
