#pragma once

#include "polycampaign/error.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::testing {

/// The error of whoever set up a fake or a simulator wrongly.
[[nodiscard]] inline Error configuration_error(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace polycampaign::inline v1::testing
