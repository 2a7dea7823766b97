#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"
#include "polycampaign/setting.hpp"

#include <span>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// The account's settings when all of them are in `known`, none is empty and every required one is there.
/// Errors: `configuration`, naming the setting, and for an unknown one the known; for an empty one with the
/// Secret's own problem (environment variable or file). No value is quoted.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Settings> check_settings(std::span<Setting const> known,
                                                                  Settings settings);

/// Moves a setting out; an empty Secret when there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT Secret take_secret(Settings& settings, std::string_view name);
/// A setting that is no secret; `otherwise` when there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string take_text(Settings& settings, std::string_view name,
                                                        std::string_view otherwise = {});

/// Success when there is one. Errors: `configuration`, with `name` and the Secret's own problem.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> check_secret(std::string_view name, Secret const& secret);
/// The same for one that stands in a header: blanks, control characters and bytes beyond ASCII could end the
/// header, or be sent as something else. Errors: `configuration`, with `name`, the Secret's source and what
/// is wrong.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<void> check_header_secret(std::string_view name,
                                                                   Secret const& secret);

}  // namespace polycampaign::inline v1::protocol
