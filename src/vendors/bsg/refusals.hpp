#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <optional>

namespace polycampaign::inline v1::bsg {

/// The error in an answer: its HTTP status, the same number as `code` in the body, or the older API's
/// `error`, which comes with HTTP 200. Nothing when none of them says no.
[[nodiscard]] std::optional<Error> refusal(wire::JsonValue root, HttpResponse const& response);

/// An answer without content that says something: `rejected` with its words. Nothing when it has none.
[[nodiscard]] std::optional<Error> message_only(wire::JsonValue root, HttpResponse const& response);

}  // namespace polycampaign::inline v1::bsg
