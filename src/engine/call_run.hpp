#pragma once

#include "engine/call_report.hpp"
#include "engine/core.hpp"
#include "engine/decoding.hpp"
#include "engine/pending_response.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::engine {

class Login;

/// One call on its way from "needs a token" to its end: a state machine that never waits. `poll` does all
/// that can be done now; when it could not end, poll again after the waker was woken or `wake_at` has come. A
/// blocking caller waits in between, an asynchronous one is queued again, a prefetched page is simply left
/// alone. One thread at a time; its destruction abandons the call.
class CallRun {
 public:
  using Value = protocol::Conversation::Value;
  using Decode = protocol::Conversation::Decode;

  /// The references must outlive this. A large response is decoded by a thread of its own, which a call that
  /// is given up leaves behind: `decode` holds what it needs. `logout_session` is the session of a log-out:
  /// that call uses it as it is and works on a closed client.
  CallRun(std::shared_ptr<Core> core, protocol::Call const& call, Decode decode, CallOptions const& options,
          std::shared_ptr<runtime::Waker> waker, SessionPtr logout_session = nullptr);
  ~CallRun();
  CallRun(CallRun const&) = delete;
  CallRun& operator=(CallRun const&) = delete;

  /// True when the call has ended.
  [[nodiscard]] bool poll();
  /// Sends the first request if that takes no log-in, no wait and nobody else's turn. Never ends the call:
  /// whatever is wrong is found when it is polled.
  void start_ahead();
  /// Nobody will poll for a while: gives up what others would wait for, its turn and its log-in. A request
  /// that is on its way stays there.
  void park();
  /// When to poll again even if nobody wakes; nothing: only then.
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;

  /// Whether a request has been made.
  [[nodiscard]] bool sent() const noexcept { return attempt_.number > 0; }

  /// Once ended: nothing on success.
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return error_; }
  /// Once ended without an error: the decoded answer, once.
  [[nodiscard]] Value take_value() noexcept { return std::exchange(value_, nullptr); }
  /// When the last answer arrived.
  [[nodiscard]] runtime::TimePoint answered_at() const noexcept { return attempt_.answered_at; }

 private:
  enum class State {
    ready,      // to be sent, perhaps still in want of a token or of its turn
    in_flight,  // waits for the answer
    decoding,   // waits for the thread that decodes it
    sleeping,   // waits before the next attempt
    ended
  };

  [[nodiscard]] bool authorize();
  [[nodiscard]] std::optional<Pacer::Slot> pace();
  void send(Pacer::Slot slot);
  [[nodiscard]] bool receive();
  void arrived(PendingResponse::Arrival arrival);
  void decode(HttpResponse response);
  [[nodiscard]] bool decoded();
  void answered(Result<Value> answer);
  void failed(Error error);
  void learn_pace(Error const& error);
  void abandoned(Error error);
  void finish(std::optional<Error> error);
  [[nodiscard]] std::optional<Error> given_up() const;
  [[nodiscard]] bool repeatable() const noexcept;

  std::shared_ptr<Core> core_;
  protocol::Call const& call_;
  Decode decode_;
  CallOptions const& options_;
  std::shared_ptr<runtime::Waker> waker_;
  SessionPtr logout_session_;
  CallReport report_;

  State state_ = State::ready;
  Pacer::Turn turn_;
  std::optional<runtime::TimePoint> turn_at_;  // when to ask for it again
  SessionPtr refused_;                         // called invalid by the vendor
  std::unique_ptr<Login> login_;
  std::optional<PendingResponse> pending_;
  std::optional<Decoding> decoding_;
  Attempt attempt_{};  // the last one; its session is that of the next while the call is ready
  int limited_ = 0;    // attempts that were refused for their rate
  std::optional<runtime::TimePoint> limited_since_;
  std::optional<Error> limit_;  // the last such refusal
  bool replayed_ = false;       // once, with a new token
  Effect effect_ = Effect::none;
  runtime::TimePoint begun_at_;
  runtime::TimePoint wake_at_{};  // in flight: when the answer is given up; sleeping: when to go on
  std::optional<Error> error_;
  Value value_;
};

}  // namespace polycampaign::inline v1::engine
