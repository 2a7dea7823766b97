#pragma once

#include "engine/call_run.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// The logout of a closed client. Driven like a CallRun.
class Logout {
 public:
  Logout(std::shared_ptr<Core> core, SessionPtr session, CallOptions options);

  [[nodiscard]] bool poll(std::shared_ptr<runtime::Waker> const& waker);
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;
  /// Returns the result after the end.
  [[nodiscard]] Result<void> result() const;

 private:
  std::shared_ptr<Core> core_;
  SessionPtr session_;
  CallOptions options_;
  std::optional<protocol::Exchange<protocol::Done>> log_out_;
  std::optional<CallRun> run_;
};

}  // namespace polycampaign::inline v1::engine
