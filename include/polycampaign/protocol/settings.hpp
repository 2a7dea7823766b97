#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"
#include "polycampaign/setting.hpp"

#include <span>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// Returns the account's settings if all of them are in `known`, none is empty and no required one is
/// missing. Errors: `configuration`, naming the setting. For an unknown setting, the message lists the known
/// ones; for an empty one, it gives the Secret's own problem (environment variable or file). It quotes no
/// value.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Settings> check_settings(std::span<Setting const> known,
                                                                  Settings settings);

/// Moves a setting out. Returns an empty Secret if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT Secret take_secret(Settings& settings, std::string_view name);
/// Returns a setting that is not secret, or `otherwise` if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string take_text(Settings& settings, std::string_view name,
                                                        std::string_view otherwise = {});

/// Checks that there is a secret. Errors: `configuration`, with `name` and the Secret's own problem.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> check_secret(std::string_view name, Secret const& secret);
/// Checks that there is a secret and that a header can carry it: spaces, control characters and bytes beyond
/// ASCII could end the header, or be sent as something else. Errors: `configuration`, with `name`, the
/// Secret's source and what is wrong.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> check_header_secret(std::string_view name,
                                                                   Secret const& secret);

}  // namespace polycampaign::inline v1::protocol
