#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <optional>

namespace polycampaign::inline v1::bsg {

/// Returns the error that a response reports: by its HTTP status, by the same number as `code` in the body,
/// or by the older API's `error`, which comes with HTTP 200. Returns nothing if it reports none.
[[nodiscard]] std::optional<Error> refusal(wire::JsonValue root, HttpResponse const& response);

/// Returns `rejected` with the words of a response that has a message and no content. Returns nothing if it
/// has no words.
[[nodiscard]] std::optional<Error> message_only(wire::JsonValue root, HttpResponse const& response);

}  // namespace polycampaign::inline v1::bsg
