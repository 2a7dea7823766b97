#pragma once

#include "polycampaign/result.hpp"

#include <string>

namespace polycampaign::inline v1::command {

/// Returns the whole content of a file. If `dash` is set, `-` is standard input. Errors: `invalid_argument`,
/// with the system's reason as the message.
[[nodiscard]] Result<std::string> read_file(std::string const& path, bool dash = false);

}  // namespace polycampaign::inline v1::command
