#include "engine/call_report.hpp"

#include "polycampaign/protocol/redact.hpp"

#include <string>

namespace polycampaign::inline v1::engine {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

/// Returns the level of a call's end.
LogLevel level_of(Error const& error) noexcept {
  if (error.effect == Effect::unknown) return LogLevel::error;
  switch (error.code) {
    case ErrorCode::canceled: return LogLevel::debug;
    case ErrorCode::tls:
    case ErrorCode::protocol:
    case ErrorCode::unauthenticated:
    case ErrorCode::permission_denied:
    case ErrorCode::insufficient_funds:
    case ErrorCode::configuration: return LogLevel::error;
    default: return LogLevel::warn;
  }
}

}  // namespace

void advise(Error& error) {
  // it is not known whether a retry would do it twice
  if (error.effect == Effect::unknown) return;
  auto const limited = error.code == ErrorCode::rate_limited;
  if (!limited && !error.retry_after) return;
  auto& text = error.message;
  text += text.ends_with('.') ? " " : ". ";
  if (error.retry_after) {
    auto const wait = std::chrono::ceil<std::chrono::seconds>(*error.retry_after);
    text += "Retry after " + std::to_string(wait.count()) + " s";
  }
  if (limited)
    text += std::string{error.retry_after ? ", or set" : "Set"} +
            " requests_per_second for this account (ClientOptions::pacing)";
}

void CallReport::request(Attempt const& attempt, LogLevel level, Error const* error,
                         std::string_view note) const {
  core_.report(event(attempt, level, error, note));
}

void CallReport::turn(Attempt const& attempt) const {
  auto turn = event(attempt, LogLevel::debug, nullptr,
                    "waiting for its turn under the account's rate and concurrency limits");
  turn.kind = LogEvent::Kind::turn;
  turn.attempt = 0;
  turn.duration = {};
  core_.report(turn);
}

void CallReport::end(Attempt const& attempt, Error const* error, runtime::TimePoint begun_at) const {
  auto end = event(attempt, error != nullptr ? level_of(*error) : LogLevel::debug, error,
                   error != nullptr ? "failed" : "succeeded");
  end.kind = LogEvent::Kind::call;
  end.attempt = 0;
  end.duration = duration_cast<microseconds>(core_.clock->now() - begun_at);
  core_.report(end);
}

LogEvent CallReport::event(Attempt const& attempt, LogLevel level, Error const* error,
                           std::string_view note) const {
  LogEvent event{.level = level,
                 .provider = std::string{core_.adapter->capabilities().provider},
                 .operation = std::string{call_.operation},
                 .attempt = attempt.number,
                 .method = call_.request.method,
                 .url = core_.masked(protocol::redacted_url(call_.request.url, core_.adapter->loggable()),
                                     attempt.session),
                 .http_status = attempt.http_status,
                 .duration = duration_cast<microseconds>(attempt.answered_at - attempt.sent_at),
                 .request_bytes = call_.request.body.size(),
                 .response_bytes = attempt.response_bytes,
                 .message = std::string{note}};
  if (error != nullptr) {
    event.error = error->code;
    event.effect = error->effect;
    event.message += ": " + core_.masked(error->message, attempt.session);
  }
  return event;
}

}  // namespace polycampaign::inline v1::engine
