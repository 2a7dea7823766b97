#pragma once

#include "polycampaign/error.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::testing {

/// Returns the error for a fake or a simulator that is set up incorrectly.
[[nodiscard]] inline Error configuration_error(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace polycampaign::inline v1::testing
