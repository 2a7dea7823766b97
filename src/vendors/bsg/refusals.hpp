#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::bsg {

/// Returns the error that a response reports: by its HTTP status, by the same number as `code` in the body,
/// or by the older API's `error`, which comes with HTTP 200. Returns nothing if it reports none.
[[nodiscard]] std::optional<Error> refusal(wire::JsonValue root, HttpResponse const& response);

/// Returns `rejected` with the words of a response that has a message and no content. Returns nothing if it
/// has no words.
[[nodiscard]] std::optional<Error> message_only(wire::JsonValue root, HttpResponse const& response);

/// Returns the error of a successful response to a write that lacks what was `expected`: `protocol` with
/// effect `unknown` and the vendor's words. If the response lists `errors`, it is `message_only`.
[[nodiscard]] Error without_outcome(wire::JsonValue root, HttpResponse const& response, std::string expected);

/// Returns whether BSG reports too many requests: by HTTP 429, or by the same number as `code` in the body.
[[nodiscard]] bool is_too_many(Error const& error) noexcept;

/// Returns such an error with what BSG documents it for: equal requests within a short time, of which the
/// first may have been carried out. It is `conflict` with effect `unknown`. `what` is a sentence about that.
[[nodiscard]] Error of_equal_requests(Error error, std::string_view what);

}  // namespace polycampaign::inline v1::bsg
