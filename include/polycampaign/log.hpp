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

/// The level of an event. A sink receives events of all levels and drops those it does not want.
enum class LogLevel : std::uint8_t {
  off,    ///< no event has this level; use it to show nothing
  error,  ///< someone must act: for example on a rejected credential, a certificate or an unknown effect
  warn,   ///< a call failed for another reason, or a request is retried
  info,   ///< for the application's own use; the library emits no such event
  debug,  ///< other requests, waits for a turn, and calls that succeeded or were canceled
  trace,  ///< for the application's own use; the library emits no such event
};

/// Returns the enumerator's name, as on the command line.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(LogLevel level) noexcept;
/// Returns the level with exactly this name, or nothing if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<LogLevel> parse_log_level(std::string_view name) noexcept;

/// One event. Safe to keep: it contains no header and no body, and of a URL only the parts that the vendor's
/// adapter declares harmless. It therefore contains no secret, phone number or message text.
struct LogEvent {
  /// What happened.
  enum class Kind : std::uint8_t {
    request,  ///< a request has ended, or no caller waits for it any longer; once per request
    /// A call has ended, or a step of it: a list makes one step per page, and some operations make several.
    call,
    turn,  ///< the call has started to wait for its turn (`ClientOptions::pacing`)
  };

  LogLevel level = LogLevel::info;       ///< the event's level
  Kind kind = Kind::request;             ///< what happened
  std::string provider{};                ///< the vendor's name in this library
  std::string operation{};               ///< `log_in`, `refresh`, `list`, `get`, ...
  int attempt = 0;                       ///< 1 for the first request of a call; 0 for events of other kinds
  std::string method{};                  ///< the method of the request, or of the call's requests
  std::string url{};                     ///< anything that `Adapter::loggable` does not name is `REDACTED`
  int http_status = 0;                   ///< 0 if there was no response
  std::chrono::microseconds duration{};  ///< of the request, or of the step of a call with its waits
  std::uint64_t request_bytes = 0;       ///< size of the body
  std::uint64_t response_bytes = 0;      ///< size of the body
  std::optional<ErrorCode> error{};      ///< absent if there was no error
  /// After an error: whether the vendor may have processed the request.
  Effect effect = Effect::none;
  std::string message{};  ///< for people: what the library decided, or the error's message
};

/// Formats the event as one line for people.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_string(LogEvent const& event);

/// Receives the events of a client. The client calls it on the thread where the event happened, possibly on
/// several threads at once. The events of one call arrive in order. A sink must not throw and should be
/// quick, because the call waits for it.
///
/// The library holds no lock during the call. A sink may therefore call `report()` and `resume_token()` of
/// any list, `next_page()` of an AsyncPager (`invalid_argument` while that one waits for a page), and any
/// member of any client, including the client that reports the event. Requests that it makes through that
/// client are reported in turn. A sink must not read the next element of the Pager that the event belongs to,
/// wait for an asynchronous call of the client, or destroy the client.
using LogSink = std::function<void(LogEvent const&)>;

}  // namespace polycampaign::inline v1
