#pragma once

#include "polycampaign/result.hpp"

#include <string>

namespace polycampaign::inline v1::command {

/// A file's whole content; `-` is standard input where `dash` is set. Errors: `invalid_argument` with the
/// system's reason as the message.
[[nodiscard]] Result<std::string> read_file(std::string const& path, bool dash = false);

}  // namespace polycampaign::inline v1::command
