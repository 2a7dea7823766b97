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

/// How loud an event is. A sink gets all of them and leaves out what it does not want.
enum class LogLevel : std::uint8_t {
  off,    ///< no event has it: to show nothing
  error,  ///< somebody must act: a refused credential, a certificate, an unknown effect
  warn,   ///< a call failed otherwise, or a request is sent again
  info,   ///< for the application's own use: the library has no event of it
  debug,  ///< every request and every call that went well
  trace,  ///< for the application's own use: the library has no event of it
};

/// The enumerator's name, as on the command line.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(LogLevel level) noexcept;
/// The level of exactly this name; nothing for another word.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<LogLevel> parse_log_level(std::string_view name) noexcept;

/// One thing that happened. Safe to keep: it holds no header, no body, and of a URL only what the vendor's
/// adapter calls harmless, so no secret, phone number or message text.
struct LogEvent {
  /// What has happened.
  enum class Kind : std::uint8_t {
    request,  ///< a request has ended, or nobody waits for it any more: once for each
    call,     ///< the whole call has ended: once for each
    turn,     ///< the call has begun to wait for its turn (`ClientOptions::pacing`)
  };

  LogLevel level = LogLevel::info;  ///< how loud
  Kind kind = Kind::request;        ///< what has happened
  std::string provider{};           ///< the vendor's name in this library
  std::string operation{};          ///< `log_in`, `refresh`, `list`, `get`, ...
  int attempt = 0;                  ///< 1 for the first request of a call; 0 for an event of another kind
  std::string method{};             ///< of the request; for a call the last one's; empty when there was none
  std::string url{};                ///< what `Adapter::loggable` does not name is `REDACTED`
  int http_status = 0;              ///< 0 when there was no response
  std::chrono::microseconds duration{};  ///< of the request, or of the whole call with all waits
  std::uint64_t request_bytes = 0;       ///< body
  std::uint64_t response_bytes = 0;      ///< body
  std::optional<ErrorCode> error{};      ///< absent: it went well
  Effect effect = Effect::none;          ///< whether the vendor may have acted, when it failed
  std::string message{};                 ///< for people: what was decided, or the error's message
};

/// One line for people.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(LogEvent const& event);

/// Called on the thread that the event happened on, possibly on several at once; the events of one call come
/// in their order. Must not throw and should be quick: the call waits for it.
///
/// No lock is held meanwhile, so a sink may call `report()` and `resume_token()` of any list, `next_page()`
/// of an AsyncPager (`invalid_argument` while it waits for a page) and any member of any client, the one that
/// reports included; what it asks of that client is reported in turn. It must not ask the Pager that it is
/// told of for its next element, wait for an asynchronous call of the client, or destroy the client.
using LogSink = std::function<void(LogEvent const&)>;

}  // namespace polycampaign::inline v1
