#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

enum class LogLevel : std::uint8_t {
  off,
  error,
  warn,
  info,
  debug,
  trace
};

[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(LogLevel level) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<LogLevel> parse_log_level(std::string_view name) noexcept;

/// One thing that happened. Safe to keep: URLs and headers are built from an allow-list, so no event holds a
/// secret, a phone number or a message text.
struct LogEvent {
  enum class Kind : std::uint8_t {
    request,  ///< a request has ended, or nobody waits for it any more: once for each
    call,     ///< the whole call has ended: once for each
    turn,     ///< the call has begun to wait for its turn (`ClientOptions::pacing`)
  };

  LogLevel level = LogLevel::info;
  Kind kind = Kind::request;
  std::string provider{};
  std::string operation{};  ///< `log_in`, `refresh`, `list`, `get`, ...
  int attempt = 0;          ///< 1 for the first request of a call; 0 for an event of another kind
  std::string method{};
  std::string url{};  ///< query values that are not on the allow-list are `REDACTED`
  int http_status = 0;
  std::chrono::microseconds duration{};
  std::uint64_t request_bytes = 0;   ///< body
  std::uint64_t response_bytes = 0;  ///< body
  std::optional<ErrorCode> error{};
  Effect effect = Effect::none;
  std::string message{};
};

/// One line for people.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(LogEvent const& event);

/// Called on the thread that the event happened on, possibly on several at once. Must not throw and should be
/// quick.
using LogSink = std::function<void(LogEvent const&)>;

}  // namespace polycampaign::inline v1
