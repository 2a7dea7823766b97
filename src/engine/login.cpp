#include "engine/login.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

/// Returns whether the vendor did not judge the credential.
bool undecided(Error const& error) noexcept {
  switch (error.code) {
    case ErrorCode::canceled:
    case ErrorCode::deadline_exceeded:
    case ErrorCode::network:
    case ErrorCode::tls:
    case ErrorCode::unavailable:
    case ErrorCode::rate_limited: return true;
    default: return false;
  }
}

}  // namespace

Login::Login(std::shared_ptr<Core> core, Authenticator::Renewal renewal, CallOptions const& options,
             std::shared_ptr<runtime::Waker> waker)
    : core_{std::move(core)}, renewal_{std::move(renewal)}, options_{options}, waker_{std::move(waker)} {
  std::optional<protocol::Exchange<protocol::Token>> refresh;
  if (auto const& old = renewal_.old();
      old != nullptr && !(old->refresh_ends_at && core_->clock->now() >= *old->refresh_ends_at))
    refresh = core_->adapter->refresh(old->token);
  refreshing_ = refresh.has_value();
  begin(refresh ? *std::move(refresh) : *core_->adapter->log_in());
}

Login::~Login() {
  run_.reset();
  wipe(exchange_.call.request);
}

void Login::begin(protocol::Exchange<protocol::Token> exchange) {
  run_.reset();
  wipe(exchange_.call.request);
  exchange_ = std::move(exchange);
  exchange_.call.authenticated = false;  // it would wait for itself
  run_ = std::make_unique<CallRun>(core_, exchange_.call, protocol::Conversation::erased(exchange_.decode),
                                   options_, waker_);
}

bool Login::poll() {
  while (run_->poll()) {
    if (!run_->error()) {
      auto const token = run_->take_value();
      renewal_.settle(std::move(*static_cast<protocol::Token*>(token.get())), run_->answered_at(),
                      core_->clock->system_now());
      return true;
    }
    if (!refreshing_ || undecided(*run_->error())) {
      failed(*run_->error());
      return true;
    }
    refreshing_ = false;
    begin(*core_->adapter->log_in());
  }
  return false;
}

void Login::failed(Error error) {
  auto const now = core_->clock->now();
  auto const credential = error.code == ErrorCode::unauthenticated;
  auto const forbidden = error.code == ErrorCode::permission_denied;
  if (!credential && renewal_.keep_old(now)) return;
  if (forbidden)
    error.message += "; the client does not try to log in again for " + std::to_string(rest.count()) + " s";
  error_ = error;
  if (!credential && !forbidden) return;
  error.attempts = 0;  // later calls return this error and make no request
  renewal_.refuse(std::move(error), credential ? std::nullopt : std::optional{now + rest});
}

}  // namespace polycampaign::inline v1::engine
