#include "engine/call_run.hpp"

#include "engine/conversation_effect.hpp"
#include "engine/login.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace polycampaign::inline v1::engine {

namespace {

using std::chrono::milliseconds;

// The transport's own timeout error is more precise than ours, so the transport gets this much longer to
// report it.
constexpr milliseconds transport_grace{25};

milliseconds per_request(CallOptions const& options, Core const& core, runtime::TimePoint now) {
  auto timeout = options.timeout.value_or(core.timeout);
  if (options.deadline)
    timeout = (std::min)(timeout, std::chrono::ceil<milliseconds>(*options.deadline - now));
  return (std::max)(timeout, milliseconds{1});
}

}  // namespace

CallRun::CallRun(std::shared_ptr<Core> core, protocol::Call const& call, Decode decode,
                 CallOptions const& options, std::shared_ptr<runtime::Waker> waker, SessionPtr logout_session)
    : core_{std::move(core)},
      call_{call},
      decode_{std::move(decode)},
      options_{options},
      waker_{std::move(waker)},
      logout_session_{std::move(logout_session)},
      report_{*core_, call_},
      begun_at_{core_->clock->now()} {
  if (options_.timeout && *options_.timeout <= milliseconds{0})
    finish(Error{.code = ErrorCode::invalid_argument, .message = "CallOptions::timeout must be positive"});
}

CallRun::~CallRun() {
  if (!core_->log || state_ == State::ended || !sent()) return;
  Error error{.code = ErrorCode::canceled, .message = "the caller stopped waiting for the call"};
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
        } else if (core_->clock->now() >= wake_at_) {
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
  if (state_ != State::ready || attempt_.number > 0 || login_ || given_up()) return;
  if (call_.authenticated && core_->has_log_in) {
    attempt_.session = core_->authenticator.ready(core_->clock->now());
    if (attempt_.session == nullptr) return;
  }
  if (auto slot = core_->pacer.spare(core_->clock->now())) send(*std::move(slot));
}

void CallRun::park() {
  turn_.leave();
  login_.reset();
}

std::optional<runtime::TimePoint> CallRun::wake_at() const {
  if (state_ == State::decoding) return options_.deadline;
  if (state_ != State::ready) return wake_at_;
  auto at = login_ ? login_->wake_at() : turn_at_;
  if (options_.deadline && (!at || *options_.deadline < *at)) at = options_.deadline;
  return at;
}

/// Returns true if the request can be signed. Otherwise the call waits for a token, or has ended.
bool CallRun::authorize() {
  for (;;) {
    if (auto error = given_up()) {
      finish(std::move(error));
      return false;
    }
    if (logout_session_ != nullptr) {
      attempt_.session = logout_session_;
      return true;
    }
    if (!call_.authenticated || !core_->has_log_in) return true;
    if (login_) {
      if (!login_->poll()) return false;
      auto const failed = std::exchange(login_, nullptr);
      if (failed->error()) {
        auto error = *failed->error();
        attempt_.number += error.attempts;
        error.effect = Effect::none;  // the login's effect; this call has not been sent
        finish(std::move(error));
        return false;
      }
      continue;  // check again: the login took time
    }
    auto answer = core_->authenticator.acquire(refused_, core_->clock->now(), waker_, core_->in_sink());
    if (auto* session = std::get_if<SessionPtr>(&answer)) {
      attempt_.session = std::move(*session);
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

/// Returns a slot, or nothing if the call waits for its turn or has ended. It comes after `authorize`, so
/// that a call with a slot needs nothing else, least of all a login that would wait for this slot.
std::optional<Pacer::Slot> CallRun::pace() {
  auto const first = core_->in_sink() || (core_->has_log_in && !call_.authenticated);
  auto const waited = turn_.waiting();
  auto const now = core_->clock->now();
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
                    "the call's deadline would pass before its turn under the account's rate and concurrency "
                    "limits (ClientOptions::pacing)"};
    finish(limit_ ? std::move(limit_) : std::move(error));
  } else if (!waited && !limit_ && core_->log) {
    report_.turn(attempt_);
  }
  return std::nullopt;
}

void CallRun::send(Pacer::Slot slot) {
  auto request = call_.request;
  constexpr std::size_t most_of_signing = 6;
  // Reallocation would leave a copy behind.
  request.headers.reserve(request.headers.size() + most_of_signing);
  request.headers.push_back({"User-Agent", core_->user_agent});
  core_->adapter->sign(request, attempt_.session ? &attempt_.session->token : nullptr);
  attempt_.sent_at = core_->clock->now();
  TransferOptions transfer{.timeout = per_request(options_, *core_, attempt_.sent_at),
                           .connect_timeout = core_->connect_timeout};
  wake_at_ = runtime::later(attempt_.sent_at, transfer.timeout) + transport_grace;
  if (options_.deadline) wake_at_ = (std::min)(wake_at_, *options_.deadline);
  ++attempt_.number;
  state_ = State::in_flight;
  pending_.emplace(*core_->transport, std::move(request), std::move(transfer), std::move(slot), core_->clock,
                   waker_);
}

/// Returns false while there is no response yet.
bool CallRun::receive() {
  attempt_.http_status = 0;
  attempt_.response_bytes = 0;
  // A response that has arrived counts, even if nobody wants to wait any longer: it says what really
  // happened.
  if (auto arrival = pending_->take()) {
    arrived(*std::move(arrival));
    return true;
  }
  auto error = given_up();
  auto const by_caller = error.has_value();
  if (!error) {
    if (core_->clock->now() < wake_at_) return false;
    error = Error{.code = ErrorCode::deadline_exceeded,
                  .transient = true,
                  .message = "no response within the timeout of the request"};
  }
  auto what = pending_->abandon();
  if (auto* arrival = std::get_if<PendingResponse::Arrival>(&what)) {  // arrived at this very moment
    arrived(std::move(*arrival));
    return true;
  }
  pending_.reset();
  attempt_.answered_at = core_->clock->now();
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
  attempt_.answered_at = arrival.at;
  if (!arrival.result) return failed(std::move(arrival.result).error());
  attempt_.http_status = arrival.result->status;
  attempt_.response_bytes = arrival.result->body.size();
  decode(*std::move(arrival.result));
}

void CallRun::decode(HttpResponse response) {
  if (response.body.size() < DecodeThreads::large) return answered(decode_(std::move(response)));
  decoding_.emplace(core_->decode_threads, core_->adapter, decode_, std::move(response), waker_);
  state_ = State::decoding;
}

/// Returns false while the response is being decoded.
bool CallRun::decoded() {
  auto answer = decoding_->take();
  if (answer) {
    decoding_.reset();
    answered(*std::move(answer));
    return true;
  }
  auto error = given_up();
  if (!error) return false;
  error->effect = Effect::unknown;  // only the answer would show the effect
  abandoned(*std::move(error));
  return true;
}

void CallRun::answered(Result<Value> answer) {
  if (!answer) {
    auto error = std::move(answer).error();
    error.effect = effect_of_answer(call_, attempt_.http_status, error);
    return failed(std::move(error));
  }
  value_ = *std::move(answer);
  core_->succeeded();
  if (core_->log) report_.request(attempt_, LogLevel::debug, nullptr, "succeeded");
  finish(std::nullopt);
}

/// Ends the call because nobody waits for the answer any longer.
void CallRun::abandoned(Error error) {
  attempt_.answered_at = core_->clock->now();
  if (call_.request.action == Action::read) error.effect = Effect::none;
  if (core_->log) report_.request(attempt_, LogLevel::debug, &error, "abandoned");
  finish(std::move(error));
}

/// Applies what a response means for the rate of later requests of any call. Its status has already been
/// applied.
void CallRun::learn_pace(Error const& error) {
  auto const limited = error.code == ErrorCode::rate_limited;
  if (!limited && !(error.code == ErrorCode::unavailable && error.retry_after)) return;
  core_->pacer.learn(
      attempt_.sent_at, attempt_.answered_at,
      {.kind = limited ? Outcome::Kind::refused : Outcome::Kind::unknown, .retry_after = error.retry_after});
}

/// Handles a failed request: the call ends, or continues with another request.
void CallRun::failed(Error error) {
  learn_pace(error);
  advise(error);
  if (call_.request.action == Action::read) error.effect = Effect::none;
  if (error.effect == Effect::unknown) effect_ = Effect::unknown;

  if (error.code == ErrorCode::unauthenticated && attempt_.session != nullptr && logout_session_ == nullptr &&
      !replayed_ && (repeatable() || error.effect == Effect::none)) {
    if (core_->log) report_.request(attempt_, LogLevel::warn, &error, "retrying with a new token");
    replayed_ = true;
    refused_ = attempt_.session;
    state_ = State::ready;
    return;
  }

  auto const now = core_->clock->now();
  if (error.code == ErrorCode::rate_limited) {
    if (!limited_since_) limited_since_ = now;
    limit_ = error;
  } else {
    limit_.reset();
  }
  auto decision =
      core_->decide({.action = call_.request.action,
                     .error = error,
                     .attempt = attempt_.number - (replayed_ ? 1 : 0) - limited_,
                     .random = core_->clock->random(),
                     .remaining = options_.deadline ? std::optional{*options_.deadline - now} : std::nullopt,
                     .held = core_->pacer.held(now),
                     .limited_for = limited_since_ ? now - *limited_since_ : std::chrono::nanoseconds{}});
  if (decision.limited && logout_session_ != nullptr)
    decision = {.reason = "not retried, a logout does not wait for a rate limit"};
  if (!decision.wait) {
    if (core_->log) report_.request(attempt_, LogLevel::debug, &error, decision.reason);
    finish(std::move(error));
    return;
  }
  if (core_->log) {
    auto const wait = std::chrono::duration_cast<milliseconds>(*decision.wait);
    report_.request(attempt_, LogLevel::warn, &error, "retrying in " + std::to_string(wait.count()) + " ms");
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
      error->effect = Effect::unknown;  // from an earlier attempt
    }
    error->attempts = attempt_.number;
    error_ = core_->completed(*std::move(error), attempt_.session);
  }
  if (!core_->log) return;
  report_.end(attempt_, error_ ? &*error_ : nullptr, begun_at_);
}

std::optional<Error> CallRun::given_up() const {
  auto error = core_->given_up(options_, logout_session_ != nullptr);
  if (!error || error->code != ErrorCode::deadline_exceeded) return error;
  if (state_ == State::ready && limit_)
    error->message += " after the vendor refused the request: " + limit_->message;
  else if (turn_.waiting())
    error->message +=
        " while it waited for its turn under the account's rate and concurrency limits "
        "(ClientOptions::pacing)";
  return error;
}

bool CallRun::repeatable() const noexcept {
  return call_.request.action == Action::read || call_.request.action == Action::idempotent_write;
}

}  // namespace polycampaign::inline v1::engine
