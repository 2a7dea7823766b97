#include "engine/logout.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

Logout::Logout(std::shared_ptr<Core> core, SessionPtr session, CallOptions options)
    : core_{std::move(core)}, session_{std::move(session)}, options_{std::move(options)} {
  if (session_ != nullptr) log_out_ = core_->adapter->revoke(session_->token);
}

bool Logout::poll(std::shared_ptr<runtime::Waker> const& waker) {
  if (!log_out_) return true;
  if (!run_)
    run_.emplace(core_, log_out_->call, protocol::Conversation::erased(log_out_->decode), options_, waker,
                 session_);
  return run_->poll();
}

std::optional<runtime::TimePoint> Logout::wake_at() const {
  return run_ ? run_->wake_at() : std::nullopt;
}

Result<void> Logout::result() const {
  // If the vendor no longer knows the session, the logout has achieved its purpose.
  if (!run_ || !run_->error() || run_->error()->code == ErrorCode::unauthenticated) return {};
  return *run_->error();
}

}  // namespace polycampaign::inline v1::engine
