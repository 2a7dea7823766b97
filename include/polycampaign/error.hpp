#pragma once

#include "polycampaign/export.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Why a call failed, in terms that an application can act on. New codes may be added at the end.
enum class ErrorCode : std::uint8_t {
  canceled,           ///< the caller canceled, or the client was closed
  deadline_exceeded,  ///< the caller's deadline or timeout passed
  network,            ///< DNS failure, no connection, or a transfer that broke off
  tls,                ///< TLS handshake or certificate failure
  protocol,           ///< the response is not one that the vendor's API may return
  /// The vendor is overloaded or broken (HTTP 5xx and the vendor's own codes), or this process has no file
  /// descriptor or thread left.
  unavailable,
  unauthenticated,     ///< the vendor rejected the credential
  permission_denied,   ///< the credential is valid, but does not permit this
  invalid_argument,    ///< the vendor, or the library before any request, rejected a value
  not_found,           ///< there is no such campaign
  conflict,            ///< the state does not allow this, or it is a duplicate
  rate_limited,        ///< too many requests
  insufficient_funds,  ///< the balance does not cover the call
  rejected,            ///< the vendor rejected the request for a reason that has no code of its own
  unsupported,         ///< this vendor does not support the operation
  configuration,       ///< the client was set up wrongly; no request was made
};

/// Returns the code's name as spelled above, for logs and JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(ErrorCode code) noexcept;

/// Whether a failed call may have changed something at the vendor. Always `none` for reads.
enum class Effect : std::uint8_t {
  /// What was requested did not happen and will not, so repeating the call cannot do it twice. If something
  /// was created on the way, the message names it. Every failed read has this effect, even if the vendor
  /// processed it.
  none,
  unknown,  ///< the vendor may have processed it: check before you retry
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Effect effect) noexcept;

/// A failed call. A plain value.
struct Error {
  /// Why the call failed.
  ErrorCode code = ErrorCode::protocol;
  /// Whether the vendor may have processed the request.
  Effect effect = Effect::none;
  /// True: the same call may succeed later without any change.
  bool transient = false;
  /// The wait that the vendor asked for. Absent if the vendor named none, which is not the same as zero.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// The number of requests that were started, including the failed one. 0 if there was none.
  int attempts = 0;
  /// The HTTP status of the response. 0 if there was none.
  int http_status = 0;
  /// The vendor's own code as a string. Empty if the vendor gave none.
  std::string vendor_code{};
  /// The vendor's name in this library (`yeastar`, `bsg`, ...). Empty if no vendor was involved.
  std::string provider{};
  /// An explanation for people. Safe to log: it contains no secret, phone number or message text.
  std::string message{};
};

/// Formats the error as one line:
/// `provider: code: message (HTTP 503, vendor code -99, 3 attempts, effect unknown)`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(Error const& error);

}  // namespace polycampaign::inline v1
