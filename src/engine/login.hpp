#pragma once

#include "engine/call_run.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// Fetches a token for the call that has the duty to do so: by refresh, otherwise by login, each with its
/// retries. Driven like a CallRun, by the call that owns it.
class Login {
 public:
  /// How long a login is not tried again if it was forbidden for a reason other than its credential: by a
  /// proxy's 403, or because the address is blocked.
  static constexpr std::chrono::seconds rest{60};

  /// The references must outlive this object.
  Login(std::shared_ptr<Core> core, Authenticator::Renewal renewal, CallOptions const& options,
        std::shared_ptr<runtime::Waker> waker);
  ~Login();
  Login(Login const&) = delete;
  Login& operator=(Login const&) = delete;

  /// Returns true when it has ended; the authenticator then knows the result.
  [[nodiscard]] bool poll();
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const { return run_->wake_at(); }
  /// After the end: returns why there is no token, or nothing.
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return error_; }

 private:
  void begin(protocol::Exchange<protocol::Token> exchange);
  void failed(Error error);

  std::shared_ptr<Core> core_;
  Authenticator::Renewal renewal_;
  CallOptions const& options_;
  std::shared_ptr<runtime::Waker> waker_;
  bool refreshing_ = false;
  protocol::Exchange<protocol::Token> exchange_;
  std::unique_ptr<CallRun> run_;
  std::optional<Error> error_;
};

}  // namespace polycampaign::inline v1::engine
