#include "engine/call_run.hpp"

#include "polycampaign/protocol/redact.hpp"

#include "engine/conversation_effect.hpp"
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

/// Adds what the reader of the message can do about a limit or an outage.
void advise(Error& error) {
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

CallRun::CallRun(std::shared_ptr<Core> core, protocol::Call const& call, Decode decode,
                 CallOptions const& options, std::shared_ptr<Waker> waker, SessionPtr logout_session)
    : core_{std::move(core)},
      call_{call},
      decode_{std::move(decode)},
      options_{options},
      waker_{std::move(waker)},
      logout_session_{std::move(logout_session)},
      begun_at_{core_->runtime->now()} {
  if (options_.timeout && *options_.timeout <= milliseconds{0})
    finish(Error{.code = ErrorCode::invalid_argument, .message = "CallOptions::timeout must be positive"});
}

CallRun::~CallRun() {
  if (!core_->log || state_ == State::ended || !sent()) return;
  Error error{.code = ErrorCode::cancelled, .message = "nobody waits for it any more"};
  if (state_ == State::in_flight) {
    auto const what = pending_->abandon();
    auto const* effect = std::get_if<Effect>(&what);
    error.effect = effect != nullptr ? *effect : Effect::unknown;
    abandoned(std::move(error));
  } else if (state_ == State::decoding) {
    error.effect = Effect::unknown;
    abandoned(std::move(error));
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
      case State::decoding:
        if (!decoded()) return false;
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
  if (state_ == State::decoding) return options_.deadline;
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
    if (logout_session_ != nullptr) {
      session_ = logout_session_;
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
      continue;  // it took time
    }
    auto answer = core_->authenticator.acquire(refused_, core_->runtime->now(), waker_, core_->in_sink());
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
  auto const first = core_->in_sink() || (core_->has_log_in && !call_.authenticated);
  auto const waited = turn_.waiting();
  auto const now = core_->runtime->now();
  if (auto const reported = core_->pacer.reported(now); reported > core_->retry.max_retry_after) {
    Error error{.code = ErrorCode::rate_limited,
                .transient = true,
                .retry_after = std::chrono::ceil<milliseconds>(reported),
                .message = "rate limited by the vendor"};
    advise(error);
    finish(limit_ ? std::move(limit_) : std::move(error));
    return std::nullopt;
  }
  auto answer = core_->pacer.ask(turn_, first, now, waker_);
  if (auto* slot = std::get_if<Pacer::Slot>(&answer)) return std::move(*slot);
  turn_at_ = std::get<Pacer::Wait>(answer).not_before;
  if (turn_at_ && options_.deadline && *turn_at_ >= *options_.deadline) {
    Error error{.code = ErrorCode::deadline_exceeded,
                .message =
                    "the call's deadline would pass before its turn comes: the account's requests are "
                    "paced (ClientOptions::pacing)"};
    finish(limit_ ? std::move(limit_) : std::move(error));
  } else if (!waited && !limit_ && core_->log) {
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
  core_->adapter->sign(request, session_ ? &session_->token : nullptr);
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
    arrived(*std::move(arrival));
    return true;
  }
  auto error = given_up();
  auto const by_caller = error.has_value();
  if (!error) {
    if (core_->runtime->now() < wake_at_) return false;
    error = Error{.code = ErrorCode::deadline_exceeded,
                  .transient = true,
                  .message = "no answer within the time of one request"};
  }
  auto what = pending_->abandon();
  if (auto* arrival = std::get_if<PendingResponse::Arrival>(&what)) {  // in this very moment
    arrived(std::move(*arrival));
    return true;
  }
  pending_.reset();
  answered_at_ = core_->runtime->now();
  error->effect = std::get<Effect>(what);
  if (by_caller) {
    abandoned(*std::move(error));
  } else {
    failed(*std::move(error));
  }
  return true;
}

void CallRun::arrived(PendingResponse::Arrival arrival) {
  pending_.reset();
  answered_at_ = arrival.at;
  if (!arrival.result) return failed(std::move(arrival.result).error());
  http_status_ = arrival.result->status;
  response_bytes_ = arrival.result->body.size();
  decode(*std::move(arrival.result));
}

void CallRun::decode(HttpResponse response) {
  if (response.body.size() < DecodeThreads::large) return answered(decode_(std::move(response)));
  decoding_.emplace(core_->decode_threads, core_->adapter, decode_, std::move(response), waker_);
  state_ = State::decoding;
}

/// False while the answer is being decoded.
bool CallRun::decoded() {
  auto answer = decoding_->take();
  if (answer) {
    decoding_.reset();
    answered(*std::move(answer));
    return true;
  }
  auto error = given_up();
  if (!error) return false;
  error->effect = Effect::unknown;  // the answer would tell
  abandoned(*std::move(error));
  return true;
}

void CallRun::answered(Result<Value> answer) {
  if (!answer) {
    auto error = std::move(answer).error();
    error.effect = effect_of_answer(call_, http_status_, error);
    return failed(std::move(error));
  }
  value_ = *std::move(answer);
  core_->succeeded();
  if (core_->log) core_->report(event(LogLevel::debug, nullptr, "answered"));
  finish(std::nullopt);
}

/// Nobody waits for the answer any more.
void CallRun::abandoned(Error error) {
  answered_at_ = core_->runtime->now();
  if (call_.request.action == Action::read) error.effect = Effect::none;
  if (core_->log) core_->report(event(LogLevel::debug, &error, "abandoned"));
  finish(std::move(error));
}

/// What an answer means for the requests that follow, of any call. The status has been looked at already.
void CallRun::learn_pace(Error const& error) {
  auto const limited = error.code == ErrorCode::rate_limited;
  if (!limited && !(error.code == ErrorCode::unavailable && error.retry_after)) return;
  core_->pacer.learn(
      sent_at_, answered_at_,
      {.kind = limited ? Outcome::Kind::refused : Outcome::Kind::unknown, .retry_after = error.retry_after});
}

/// A request has failed: the call ends, or goes on with another one.
void CallRun::failed(Error error) {
  learn_pace(error);
  advise(error);
  if (call_.request.action == Action::read) error.effect = Effect::none;
  if (error.effect == Effect::unknown) effect_ = Effect::unknown;

  if (error.code == ErrorCode::unauthenticated && session_ != nullptr && logout_session_ == nullptr &&
      !replayed_ && (repeatable() || error.effect == Effect::none)) {
    if (core_->log) core_->report(event(LogLevel::warn, &error, "sent again with a new token"));
    replayed_ = true;
    refused_ = session_;
    state_ = State::ready;
    return;
  }

  auto const now = core_->runtime->now();
  if (error.code == ErrorCode::rate_limited) {
    if (!limited_since_) limited_since_ = now;
    limit_ = error;
  } else {
    limit_.reset();
  }
  auto decision =
      core_->decide({.action = call_.request.action,
                     .error = error,
                     .attempt = attempts_ - (replayed_ ? 1 : 0) - limited_,
                     .random = core_->runtime->random(),
                     .remaining = options_.deadline ? std::optional{*options_.deadline - now} : std::nullopt,
                     .held = core_->pacer.held(now),
                     .limited_for = limited_since_ ? now - *limited_since_ : std::chrono::nanoseconds{}});
  if (decision.limited && logout_session_ != nullptr)
    decision = {.reason = "nobody waits long for a log-out"};
  if (!decision.wait) {
    if (core_->log) core_->report(event(LogLevel::debug, &error, decision.reason));
    finish(std::move(error));
    return;
  }
  if (core_->log) {
    auto const wait = std::chrono::duration_cast<milliseconds>(*decision.wait);
    core_->report(event(LogLevel::warn, &error, "sent again in " + std::to_string(wait.count()) + " ms"));
  }
  if (decision.limited) {
    ++limited_;
    state_ = State::ready;
    return;
  }
  wake_at_ = now + *decision.wait;
  state_ = State::sleeping;
}

void CallRun::finish(std::optional<Error> error) {
  state_ = State::ended;
  turn_.leave();
  login_.reset();
  pending_.reset();
  decoding_.reset();
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
  auto error = core_->given_up(options_, logout_session_ != nullptr);
  if (!error || error->code != ErrorCode::deadline_exceeded) return error;
  if (state_ == State::ready && limit_)
    error->message += " after the request was refused: " + limit_->message;
  else if (turn_.waiting())
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
      .provider = std::string{core_->adapter->capabilities().provider},
      .operation = std::string{call_.operation},
      .attempt = attempts_,
      .method = call_.request.method,
      .url = core_->masked(protocol::redacted_url(call_.request.url, core_->adapter->loggable()), session_),
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
