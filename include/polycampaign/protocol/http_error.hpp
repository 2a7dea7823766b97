#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// The error that an HTTP status means by itself: 401 `unauthenticated`; 403 `permission_denied`; 404
/// `not_found`; 409 `conflict`; 429 `rate_limited`; other 4xx `invalid_argument`; 5xx `unavailable`; 1xx and
/// 3xx `protocol`. Nothing for 2xx. Effect `none` for 4xx, else `unknown`. `detail` (already safe) is added
/// to the message. Retry-After in seconds is taken over; as a date only together with the response's own Date
/// header.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Error> http_error(HttpResponse const& response,
                                                                  std::string_view detail = {});

/// The error of an answer whose body says no: what the HTTP status means, or `rejected` when that is a
/// success. `words` are the vendor's, made safe (`safe_text`). Effect `none`: a refusal is an answer. The
/// caller refines `code` and sets `vendor_code`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error refusal(HttpResponse const& response, std::string_view words);

/// The error of an answer whose body cannot be read: what the HTTP status means, else `unreadable`. Effect
/// `none` for a read.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error no_answer(HttpResponse const& response, std::string what,
                                                  Action action = Action::read);

/// An answer that the API may not give: `protocol`, effect `unknown`. `what` says what is wrong with it, or
/// what was expected.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error unreadable(HttpResponse const& response, std::string what);

/// Retry-After as seconds, or as an HTTP date relative to the Date header; nothing when absent or malformed.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::chrono::milliseconds> retry_after(
    HttpResponse const& response);

}  // namespace polycampaign::inline v1::protocol
