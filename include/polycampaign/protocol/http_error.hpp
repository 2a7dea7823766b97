#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::protocol {

/// The error that an HTTP status means by itself: 401 `unauthenticated`; 403 `permission_denied`; 404
/// `not_found`; 409 `conflict`; 429 `rate_limited`; other 4xx `invalid_argument`; 5xx `unavailable`; 1xx and
/// 3xx `protocol`. Nothing for 2xx. Effect `none` for 4xx but 408, else `unknown`. `detail` (already safe) is
/// added to the message. Retry-After is taken over as by `retry_after`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Error> http_error(HttpResponse const& response,
                                                                  std::string_view detail = {});

/// The error of a response whose body is an error response: what the HTTP status means, or `rejected` with
/// effect `none` when the status is a success. `words` are the vendor's, made safe (`safe_text`). The caller
/// refines the code (`refine`) and sets `vendor_code`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error refusal(HttpResponse const& response, std::string_view words);

/// Gives an error the code that the vendor's own words mean, and what follows from it: `transient` for
/// `network`, `unavailable` and `rate_limited`; effect `unknown` for codes that are no refusal
/// (`unavailable`, `protocol`, ...), else as it was. Does nothing when the error has that code already.
POLYCAMPAIGN_EXPORT void refine(Error& error, ErrorCode code) noexcept;

/// Whether an error of this code says that the vendor has refused, and so done nothing.
[[nodiscard]] POLYCAMPAIGN_EXPORT bool is_refusal(ErrorCode code) noexcept;

/// The error of an answer whose body cannot be read: what the HTTP status means, else `unreadable`. Effect
/// `none` for a read.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error no_answer(HttpResponse const& response, std::string what,
                                                  Action action = Action::read);

/// An answer that the API may not give: `protocol`, effect `unknown`. `what` says what is wrong with it, or
/// what was expected.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error unreadable(HttpResponse const& response, std::string what);

/// How a header says when to come back.
enum class WaitForm : std::uint8_t {
  retry_after,    ///< seconds, or an HTTP date: RFC 9110
  seconds,        ///< seconds from now, also with decimals: most `X-RateLimit-Reset`
  epoch_seconds,  ///< seconds since 1970: other `X-RateLimit-Reset`
};

/// The wait that a header names. Dates and times since 1970 are taken relative to the response's Date header,
/// since an adapter has no clock: without one there is no wait. Moments in the past are a wait of zero.
/// Nothing when the header is absent or malformed.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::chrono::milliseconds> retry_after(
    HttpResponse const& response, std::string_view header = "Retry-After",
    WaitForm form = WaitForm::retry_after);

}  // namespace polycampaign::inline v1::protocol
