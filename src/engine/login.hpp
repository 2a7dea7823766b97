#pragma once

#include "engine/call_run.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// Fetches a token on behalf of the call that got the duty: refresh, else log-in, each with its retries.
/// Driven like a CallRun, by the call that owns it.
class Login {
 public:
  /// How long a log-in is not tried again that was forbidden for another reason than its credential: by a
  /// proxy's 403, or because the address is blocked.
  static constexpr std::chrono::seconds rest{60};

  /// The references must outlive this.
  Login(std::shared_ptr<Core> core, Authenticator::Renewal renewal, CallOptions const& options,
        std::shared_ptr<runtime::Waker> waker);
  ~Login();
  Login(Login const&) = delete;
  Login& operator=(Login const&) = delete;

  /// True when it has ended: then the authenticator knows.
  [[nodiscard]] bool poll();
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const { return run_->wake_at(); }
  /// Once ended: why there is no token.
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
