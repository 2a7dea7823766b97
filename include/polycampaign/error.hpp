#pragma once

#include "polycampaign/export.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Why a call failed, in terms an application can act on. New codes may be added at the end.
enum class ErrorCode : std::uint8_t {
  canceled,            ///< the caller's token was canceled, or the client was closed
  deadline_exceeded,   ///< the caller's deadline or timeout passed
  network,             ///< DNS, connection, or a transfer that broke off
  tls,                 ///< handshake or certificate
  protocol,            ///< the answer is not what the vendor's API may answer
  unavailable,         ///< the vendor is overloaded or broken (HTTP 5xx and the vendor's own codes)
  unauthenticated,     ///< the credential was refused
  permission_denied,   ///< the credential is good, but not for this
  invalid_argument,    ///< the vendor, or the library before any call, refuses a value
  not_found,           ///< no such campaign
  conflict,            ///< not in this state, or a duplicate
  rate_limited,        ///< too many requests
  insufficient_funds,  ///< the balance does not cover the call
  rejected,            ///< the vendor said no without a reason that has a code of its own
  unsupported,         ///< this vendor cannot do that
  configuration,       ///< the client was set up wrongly; no call was made
};

/// The code's name as spelt above, for logs and JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(ErrorCode code) noexcept;

/// Whether the vendor may have acted on a failed call. Always `none` for reads.
enum class Effect : std::uint8_t {
  none,     ///< the vendor did not act: sending again is safe
  unknown,  ///< it may have acted: look before sending again
};

/// The enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Effect effect) noexcept;

/// A failed call. A plain value.
struct Error {
  /// Why.
  ErrorCode code = ErrorCode::protocol;
  /// Whether the vendor may have acted.
  Effect effect = Effect::none;
  /// The same call may succeed later without any change.
  bool transient = false;
  /// The wait that the vendor asked for. Absent when it named none: not zero.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// Requests that were started, the failed one included; 0 when none was.
  int attempts = 0;
  /// 0 when there was no response.
  int http_status = 0;
  /// The vendor's own code as text; empty when it gave none.
  std::string vendor_code{};
  /// The vendor's name in this library (`yeastar`, `bsg`, ...); empty when no vendor was involved.
  std::string provider{};
  /// For people. Safe to log: holds no secret, phone number or message text.
  std::string message{};
};

/// One line: `provider: code: message (HTTP 503, vendor code -99, 3 attempts, effect unknown)`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(Error const& error);

}  // namespace polycampaign::inline v1
