#pragma once

#include <polycampaign/error.hpp>
#include <polycampaign/operation.hpp>
#include <polycampaign/result.hpp>
#include <polycampaign/transport.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>

/// What all of Heron's responses have in common.
namespace heron {

/// Returns the body if it is an object that reports success, otherwise the error.
[[nodiscard]] polycampaign::Result<nlohmann::json> open_body(polycampaign::HttpResponse const& response,
                                                             polycampaign::Action action);

/// Returns the cursor of the next page, which is empty if there is none, and why the next page cannot be
/// requested although there may be one.
[[nodiscard]] std::pair<std::string, std::optional<polycampaign::Error>> next_cursor(
    nlohmann::json const& body, polycampaign::HttpResponse const& response);

}  // namespace heron
