#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace polycampaign::inline v1::engine {

/// A token with its expiry times on our own clock. The calls that use it share it, so that each can say which
/// token was rejected.
struct Session {
  protocol::Token token{};
  /// Absent if the vendor reported none; the vendor then rejects the token when it has expired.
  std::optional<runtime::TimePoint> ends_at{};
  std::optional<runtime::TimePoint> refresh_ends_at{};  ///< absent if the vendor reported none
};
using SessionPtr = std::shared_ptr<Session const>;

/// One session for all threads of a client. It holds no thread and makes no request: it gives exactly one
/// call at a time the duty to fetch a token, and wakes the others when that is done. All members may be
/// called from several threads at once.
class Authenticator {
 public:
  /// The right and duty to fetch a token. If it is destroyed before it is settled, because its call was
  /// canceled, another waiting call takes over.
  class Renewal {
   public:
    Renewal(Renewal&& other) noexcept;
    Renewal& operator=(Renewal&&) = delete;
    ~Renewal();

    /// Returns the session to replace, or null if there is none.
    [[nodiscard]] SessionPtr const& old() const noexcept { return old_; }
    /// Stores a new token, whose response arrived at `arrived`.
    void settle(protocol::Token token, runtime::TimePoint arrived, std::chrono::sys_seconds system_now);
    /// Records that the login was refused. The refusal is remembered until `until`, or for good, and returned
    /// to every call that would try again.
    void refuse(Error error, std::optional<runtime::TimePoint> until);
    /// Records that no new token is available for now. Returns true if the old one is still valid: it stays
    /// in use, and the next attempt is postponed a little.
    [[nodiscard]] bool keep_old(runtime::TimePoint now);

   private:
    friend class Authenticator;
    Renewal(Authenticator& owner, SessionPtr old) noexcept;
    Authenticator* owner_;
    SessionPtr old_;
  };

  struct Wait {};
  /// What a call must do: use a session, end with the remembered refusal, fetch a token, or wait until its
  /// waker is woken and ask again.
  using Answer = std::variant<SessionPtr, Error, Renewal, Wait>;

  /// Decides what a call must do. `refused`: the session that the vendor has just rejected for this call, or
  /// null. `impatient`: the call that has the duty may be waiting for this one, so this call fetches its own
  /// token.
  [[nodiscard]] Answer acquire(SessionPtr const& refused, runtime::TimePoint now,
                               std::shared_ptr<runtime::Waker> const& waker, bool impatient = false);

  /// Returns the session if it can be used immediately, or null.
  [[nodiscard]] SessionPtr ready(runtime::TimePoint now) const;
  /// Returns the session for its logout. Afterwards, there is no session.
  [[nodiscard]] SessionPtr take();
  /// Returns the sessions whose tokens must not be visible: the current one and the one before. Either may be
  /// null.
  [[nodiscard]] std::array<SessionPtr, 2> known() const;

 private:
  [[nodiscard]] bool usable(runtime::TimePoint now) const;
  [[nodiscard]] bool remembers_refusal(runtime::TimePoint now) const;
  [[nodiscard]] bool due(runtime::TimePoint now) const { return renew_at_ && now >= *renew_at_; }
  /// Ends the renewal and wakes all waiting calls.
  void release(std::unique_lock<std::mutex> lock);

  std::mutex mutable mutex_;
  SessionPtr current_;
  SessionPtr previous_;
  std::optional<runtime::TimePoint> renew_at_;
  bool rejected_ = false;  // the vendor rejected the current token
  int renewing_ = 0;       // calls that have the duty: one, plus those that a log sink makes
  std::optional<Error> refusal_;
  std::optional<runtime::TimePoint> refusal_ends_at_;  // absent: never ends
  std::vector<std::shared_ptr<runtime::Waker>> waiters_;
};

}  // namespace polycampaign::inline v1::engine
