#include "engine/call_run.hpp"

#include "polycampaign/protocol/redact.hpp"

#include "engine/login.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace polycampaign::inline v1::engine {

namespace {

using std::chrono::milliseconds;

// The transport's own time-out says more than ours: it gets this much longer to report it.
constexpr milliseconds transport_grace{25};

milliseconds per_request(CallOptions const& options, Core const& core, TimePoint now) {
  auto timeout = options.timeout.value_or(core.timeout);
  if (options.deadline)
    timeout = (std::min)(timeout, std::chrono::ceil<milliseconds>(*options.deadline - now));
  return (std::max)(timeout, milliseconds{1});
}

/// How loud the end of a call is.
LogLevel level_of(Error const& error) noexcept {
  if (error.effect == Effect::unknown) return LogLevel::error;
  switch (error.code) {
    case ErrorCode::cancelled: return LogLevel::debug;
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

CallRun::CallRun(std::shared_ptr<Core> core, protocol::Call const& call, Accept const& accept,
                 CallOptions const& options, std::shared_ptr<Waker> waker, SessionPtr farewell)
    : core_{std::move(core)},
      call_{call},
      accept_{accept},
      options_{options},
      waker_{std::move(waker)},
      farewell_{std::move(farewell)},
      begun_at_{core_->runtime->now()} {
  if (options_.timeout && *options_.timeout <= milliseconds{0})
    finish(Error{.code = ErrorCode::invalid_argument, .message = "CallOptions::timeout must be positive"});
}

CallRun::~CallRun() {
  if (!core_->log || state_ == State::ended || !sent()) return;
  Error error{.code = ErrorCode::cancelled, .message = "nobody waits for it any more"};
  if (state_ == State::in_flight) {
    abandon(std::move(error));
  } else {
    finish(std::move(error));
  }
}

bool CallRun::poll() {
  while (state_ != State::ended) {
    switch (state_) {
      case State::ready:
        turn_at_.reset();
        if (!authorize()) return state_ == State::ended;
        if (auto slot = pace()) {
          send(*std::move(slot));
          break;
        }
        return state_ == State::ended;
      case State::in_flight:
        if (!receive()) return false;
        break;
      case State::sleeping:
        if (auto error = given_up()) {
          finish(std::move(error));
        } else if (core_->runtime->now() >= wake_at_) {
          state_ = State::ready;
        } else {
          return false;
        }
        break;
      case State::ended: break;
    }
  }
  return true;
}

void CallRun::start_ahead() {
  if (state_ != State::ready || attempts_ > 0 || login_ || given_up()) return;
  if (call_.authenticated && core_->has_log_in) {
    session_ = core_->authenticator.ready(core_->runtime->now());
    if (session_ == nullptr) return;
  }
  if (auto slot = core_->pacer.spare(core_->runtime->now())) send(*std::move(slot));
}

void CallRun::park() {
  turn_.leave();
  login_.reset();
}

std::optional<TimePoint> CallRun::wake_at() const {
  if (state_ != State::ready) return wake_at_;
  auto at = login_ ? login_->wake_at() : turn_at_;
  if (options_.deadline && (!at || *options_.deadline < *at)) at = options_.deadline;
  return at;
}

/// True when the request can be signed; else the call waits for a token, or has ended.
bool CallRun::authorize() {
  for (;;) {
    if (auto error = given_up()) {
      finish(std::move(error));
      return false;
    }
    if (farewell_ != nullptr) {
      session_ = farewell_;
      return true;
    }
    if (!call_.authenticated || !core_->has_log_in) return true;
    if (login_) {
      if (!login_->poll()) return false;
      auto const failed = std::exchange(login_, nullptr);
      if (failed->error()) {
        auto error = *failed->error();
        attempts_ += error.attempts;
        error.effect = Effect::none;  // of the log-in; this call has not been sent
        finish(std::move(error));
        return false;
      }
    }
    auto answer = core_->authenticator.acquire(refused_, core_->runtime->now(), waker_);
    if (auto* session = std::get_if<SessionPtr>(&answer)) {
      session_ = std::move(*session);
      return true;
    }
    if (auto* refusal = std::get_if<Error>(&answer)) {
      finish(std::move(*refusal));
      return false;
    }
    if (std::holds_alternative<Authenticator::Wait>(answer)) return false;
    login_ =
        std::make_unique<Login>(core_, std::get<Authenticator::Renewal>(std::move(answer)), options_, waker_);
  }
}

/// A slot; nothing while the call waits for its turn, or when it has ended. After `authorize`, so that
/// whoever has a slot needs nothing else, least of all a log-in that would wait for this slot.
std::optional<Pacer::Slot> CallRun::pace() {
  auto const log_in = core_->has_log_in && !call_.authenticated;
  auto const waited = turn_.waiting();
  auto answer = core_->pacer.ask(turn_, log_in, core_->runtime->now(), waker_);
  if (auto* slot = std::get_if<Pacer::Slot>(&answer)) return std::move(*slot);
  turn_at_ = std::get<Pacer::Wait>(answer).not_before;
  if (turn_at_ && options_.deadline && *turn_at_ >= *options_.deadline) {
    finish(Error{.code = ErrorCode::deadline_exceeded,
                 .message =
                     "the call's deadline would pass before its turn comes: the account's requests are "
                     "paced (ClientOptions::pacing)"});
  } else if (!waited && core_->log) {
    auto turn = event(LogLevel::debug, nullptr, "waits for its turn: the account's requests are paced");
    turn.kind = LogEvent::Kind::turn;
    turn.attempt = 0;
    turn.duration = {};
    core_->report(turn);
  }
  return std::nullopt;
}

void CallRun::send(Pacer::Slot slot) {
  auto request = call_.request;
  constexpr std::size_t most_of_signing = 6;
  request.headers.reserve(request.headers.size() + most_of_signing);  // moving them would leave a copy behind
  request.headers.push_back({"User-Agent", core_->user_agent});
  core_->vendor->sign(request, session_ ? &session_->token : nullptr);
  sent_at_ = core_->runtime->now();
  TransferOptions transfer{.timeout = per_request(options_, *core_, sent_at_),
                           .connect_timeout = core_->connect_timeout};
  wake_at_ = later(sent_at_, transfer.timeout) + transport_grace;
  if (options_.deadline) wake_at_ = (std::min)(wake_at_, *options_.deadline);
  ++attempts_;
  state_ = State::in_flight;
  pending_.emplace(*core_->transport, std::move(request), std::move(transfer), std::move(slot),
                   core_->runtime, waker_);
}

/// False while there is no answer yet.
bool CallRun::receive() {
  http_status_ = 0;
  response_bytes_ = 0;
  // An answer that is there counts, even when nobody wants to wait any more: it is the truth.
  if (auto arrival = pending_->take()) {
    pending_.reset();
    answered_at_ = arrival->at;
    if (!arrival->result) {
      answered(std::move(arrival->result).error());
    } else {
      http_status_ = arrival->result->status;
      response_bytes_ = arrival->result->body.size();
      answered(accept_(*std::move(arrival->result)));
    }
    return true;
  }
  auto error = given_up();
  if (error) {
    abandon(*std::move(error));
    return true;
  }
  if (core_->runtime->now() < wake_at_) return false;
  answered_at_ = core_->runtime->now();
  answered(Error{.code = ErrorCode::deadline_exceeded,
                 .effect = pending_->abandon(),
                 .transient = true,
                 .message = "no answer within the time of one request"});
  pending_.reset();
  return true;
}

/// Nobody waits for the answer any more.
void CallRun::abandon(Error error) {
  error.effect = pending_->abandon();
  answered_at_ = core_->runtime->now();
  if (call_.request.action == Action::read) error.effect = Effect::none;
  if (core_->log) core_->report(event(LogLevel::debug, &error, "abandoned"));
  finish(std::move(error));
}

void CallRun::answered(std::optional<Error> error) {
  if (!error) {
    core_->succeeded();
    if (core_->log) core_->report(event(LogLevel::debug, nullptr, "answered"));
    finish(std::nullopt);
    return;
  }
  if (call_.request.action == Action::read) error->effect = Effect::none;
  if (error->effect == Effect::unknown) effect_ = Effect::unknown;

  if (error->code == ErrorCode::unauthenticated && session_ != nullptr && farewell_ == nullptr &&
      !replayed_ && (repeatable() || error->effect == Effect::none)) {
    if (core_->log) core_->report(event(LogLevel::warn, &*error, "sent again with a new token"));
    replayed_ = true;
    refused_ = session_;
    state_ = State::ready;
    return;
  }

  auto const now = core_->runtime->now();
  auto const decision = core_->decide(
      {.action = call_.request.action,
       .error = *error,
       .attempt = attempts_ - (replayed_ ? 1 : 0),
       .random = core_->runtime->random(),
       .remaining = options_.deadline ? std::optional{*options_.deadline - now} : std::nullopt});
  if (!decision.wait) {
    if (core_->log) core_->report(event(LogLevel::debug, &*error, decision.reason));
    finish(std::move(error));
    return;
  }
  if (core_->log) {
    auto const wait = std::chrono::duration_cast<milliseconds>(*decision.wait);
    core_->report(event(LogLevel::warn, &*error, "sent again in " + std::to_string(wait.count()) + " ms"));
  }
  wake_at_ = now + *decision.wait;
  state_ = State::sleeping;
}

void CallRun::finish(std::optional<Error> error) {
  state_ = State::ended;
  turn_.leave();
  login_.reset();
  pending_.reset();
  if (error) {
    if (call_.request.action == Action::read) {
      error->effect = Effect::none;
    } else if (effect_ == Effect::unknown) {
      error->effect = Effect::unknown;  // of an earlier attempt
    }
    error->attempts = attempts_;
    error_ = core_->completed(*std::move(error), session_);
  }
  if (!core_->log) return;
  auto end = event(error_ ? level_of(*error_) : LogLevel::debug, error_ ? &*error_ : nullptr,
                   error_ ? "failed" : "succeeded");
  end.kind = LogEvent::Kind::call;
  end.attempt = 0;
  end.duration = std::chrono::duration_cast<std::chrono::microseconds>(core_->runtime->now() - begun_at_);
  core_->report(end);
}

std::optional<Error> CallRun::given_up() const {
  auto error = core_->given_up(options_, farewell_ != nullptr);
  if (error && error->code == ErrorCode::deadline_exceeded && turn_.waiting())
    error->message +=
        " while it waited for its turn: the account's requests are paced (ClientOptions::pacing)";
  return error;
}

bool CallRun::repeatable() const noexcept {
  return call_.request.action == Action::read || call_.request.action == Action::idempotent_write;
}

/// Of the last attempt.
LogEvent CallRun::event(LogLevel level, Error const* error, std::string_view note) const {
  LogEvent event{
      .level = level,
      .provider = std::string{core_->vendor->capabilities().provider},
      .operation = std::string{call_.operation},
      .attempt = attempts_,
      .method = call_.request.method,
      .url = core_->masked(protocol::redacted_url(call_.request.url, core_->vendor->loggable()), session_),
      .http_status = http_status_,
      .duration = std::chrono::duration_cast<std::chrono::microseconds>(answered_at_ - sent_at_),
      .request_bytes = call_.request.body.size(),
      .response_bytes = response_bytes_,
      .message = std::string{note}};
  if (error != nullptr) {
    event.error = error->code;
    event.effect = error->effect;
    event.message += ": " + core_->masked(error->message, session_);
  }
  return event;
}

}  // namespace polycampaign::inline v1::engine
