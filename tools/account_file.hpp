#pragma once

#include "account.hpp"
#include "vendors.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::command {

/// The accounts in the order of the text. `path` names the text in errors; the files that it refers to by a
/// relative path are looked for beside it. Errors: `configuration`, as `PATH:LINE:COLUMN: what is wrong`;
/// they hold no value but those of `provider`. `vendors` must live as long as the accounts.
[[nodiscard]] Result<std::vector<Account>> parse_accounts(std::string_view text, std::string const& path,
                                                          Vendors const& vendors);

/// Reads `accounts.toml`: the file given, else the one that POLYCAMPAIGN_CONFIG names, else
/// `polycampaign/accounts.toml` in XDG_CONFIG_HOME or `~/.config`. Errors: `configuration`; when there is
/// none, with the places that were looked at and how to start.
[[nodiscard]] Result<std::vector<Account>> load_accounts(std::optional<std::string> const& file,
                                                         Vendors const& vendors);

}  // namespace polycampaign::inline v1::command
