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

/// A token with its times on our own clock. Shared by the calls that use it, so that each can say which token
/// was refused.
struct Session {
  protocol::Token token{};
  std::optional<runtime::TimePoint> ends_at{};  ///< absent: not told; the vendor will say when it is over
  std::optional<runtime::TimePoint> refresh_ends_at{};  ///< absent: not told
};
using SessionPtr = std::shared_ptr<Session const>;

/// One session for all threads of a client. Holds no thread and makes no request: it hands the duty to fetch
/// a token to exactly one call at a time, and wakes the others when it is done. All members may be called
/// from several threads at once.
class Authenticator {
 public:
  /// The right and duty to fetch a token. When it dies unsettled (its call was canceled), another waiting
  /// call takes over.
  class Renewal {
   public:
    Renewal(Renewal&& other) noexcept;
    Renewal& operator=(Renewal&&) = delete;
    ~Renewal();

    /// The session to be replaced; null when there was none.
    [[nodiscard]] SessionPtr const& old() const noexcept { return old_; }
    /// There is a new token; its answer arrived at `arrived`.
    void settle(protocol::Token token, runtime::TimePoint arrived, std::chrono::sys_seconds system_now);
    /// The log-in was refused: remembered until then, or for good, and told to every call that would try
    /// again.
    void refuse(Error error, std::optional<runtime::TimePoint> until);
    /// No new token could be had for the moment. True when the old one is still good: it stays in use, and
    /// the next try is put off a little.
    [[nodiscard]] bool keep_old(runtime::TimePoint now);

   private:
    friend class Authenticator;
    Renewal(Authenticator& owner, SessionPtr old) noexcept;
    Authenticator* owner_;
    SessionPtr old_;
  };

  struct Wait {};
  /// What a call has to do: use a session, end with the remembered refusal, fetch a token, or wait until its
  /// waker is woken and ask again.
  using Answer = std::variant<SessionPtr, Error, Renewal, Wait>;

  /// `refused`: the session that the vendor has just called invalid for this call; else null.
  /// `impatient`: whoever has the duty may be waiting for this call; it fetches a token of its own.
  [[nodiscard]] Answer acquire(SessionPtr const& refused, runtime::TimePoint now,
                               std::shared_ptr<runtime::Waker> const& waker, bool impatient = false);

  /// The session if it can be used without any ado, else null.
  [[nodiscard]] SessionPtr ready(runtime::TimePoint now) const;
  /// The session for its log-out; there is none afterwards.
  [[nodiscard]] SessionPtr take();
  /// Whose tokens must not be seen: the current session and the one before. Either may be null.
  [[nodiscard]] std::array<SessionPtr, 2> known() const;

 private:
  [[nodiscard]] bool usable(runtime::TimePoint now) const;
  [[nodiscard]] bool remembers_refusal(runtime::TimePoint now) const;
  [[nodiscard]] bool due(runtime::TimePoint now) const { return renew_at_ && now >= *renew_at_; }
  /// Ends the renewal, wakes all who wait.
  void release(std::unique_lock<std::mutex> lock);

  std::mutex mutable mutex_;
  SessionPtr current_;
  SessionPtr previous_;
  std::optional<runtime::TimePoint> renew_at_;
  bool rejected_ = false;  // the vendor called the current token invalid
  int renewing_ = 0;       // calls that have the duty: one, and those that a log sink makes
  std::optional<Error> refusal_;
  std::optional<runtime::TimePoint> refusal_ends_at_;  // absent: never
  std::vector<std::shared_ptr<runtime::Waker>> waiters_;
};

}  // namespace polycampaign::inline v1::engine
