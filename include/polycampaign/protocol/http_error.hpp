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

/// Returns the error that an HTTP status means by itself: 401 `unauthenticated`; 403 `permission_denied`; 404
/// `not_found`; 409 `conflict`; 429 `rate_limited`; other 4xx `invalid_argument`; 5xx `unavailable`; 1xx and
/// 3xx `protocol`. Returns nothing for 2xx. The effect is `none` for 4xx except 408, otherwise `unknown`.
/// `detail`, which must already be safe, is added to the message. The wait is that of `retry_after`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Error> http_error(HttpResponse const& response,
                                                                  std::string_view detail = {});

/// Returns the error of a response whose body reports an error: what the HTTP status means, or `rejected`
/// with effect `none` if the status is a success. `words` are the vendor's, made safe (`safe_text`). The
/// caller refines the code (`refine`) and sets `vendor_code`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error refusal(HttpResponse const& response, std::string_view words);

/// Sets the code that the vendor's own words mean, and what follows from it: `transient` for `network`,
/// `unavailable` and `rate_limited`, and effect `unknown` for codes that are not refusals (`unavailable`,
/// `protocol`, ...). For other codes, the effect stays as it was. Does nothing if the error already has the
/// code.
POLYCAMPAIGN_EXPORT void refine(Error& error, ErrorCode code) noexcept;

/// Returns whether an error with this code means that the vendor rejected the request, and therefore did
/// nothing.
[[nodiscard]] POLYCAMPAIGN_EXPORT bool is_refusal(ErrorCode code) noexcept;

/// Returns the error of a response whose body cannot be read: what the HTTP status means, or `unreadable` if
/// the status is a success. The effect is `none` for a read.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error no_answer(HttpResponse const& response, std::string what,
                                                  Action action = Action::read);

/// Returns the error of a response that the API may not return: `protocol`, effect `unknown`. `what` says
/// what is wrong with the response, or what was expected.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error unreadable(HttpResponse const& response, std::string what);

/// How a header states the time to wait.
enum class WaitForm : std::uint8_t {
  retry_after,    ///< seconds, or an HTTP date: RFC 9110
  seconds,        ///< seconds from now, decimals allowed: most `X-RateLimit-Reset` headers
  epoch_seconds,  ///< seconds since 1970: other `X-RateLimit-Reset` headers
};

/// Returns the wait that a header states. An adapter has no clock, so dates and times since 1970 are relative
/// to the response's Date header; without one, there is no wait. A moment in the past is a wait of zero.
/// Returns nothing if the header is absent or malformed.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::chrono::milliseconds> retry_after(
    HttpResponse const& response, std::string_view header = "Retry-After",
    WaitForm form = WaitForm::retry_after);

}  // namespace polycampaign::inline v1::protocol
