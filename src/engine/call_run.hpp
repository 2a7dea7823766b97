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

/// One call, from obtaining a token to its end: a state machine that never waits. `poll` does everything that
/// can be done now. If the call has not ended, poll again after the waker was woken or the time `wake_at` has
/// come. In between, a blocking caller waits, an asynchronous caller is queued again, and a prefetched page
/// is left alone. Use from one thread at a time. The destructor abandons the call.
class CallRun {
 public:
  using Value = protocol::Conversation::Value;
  using Decode = protocol::Conversation::Decode;

  /// The references must outlive this object. A large response is decoded on its own thread. If the call is
  /// given up, that thread is left behind, so `decode` must own what it needs. `logout_session` is the
  /// session of a logout: the call uses it as it is, and works on a closed client.
  CallRun(std::shared_ptr<Core> core, protocol::Call const& call, Decode decode, CallOptions const& options,
          std::shared_ptr<runtime::Waker> waker, SessionPtr logout_session = nullptr);
  ~CallRun();
  CallRun(CallRun const&) = delete;
  CallRun& operator=(CallRun const&) = delete;

  /// Returns true when the call has ended.
  [[nodiscard]] bool poll();
  /// Sends the first request if that requires no login, no wait and nobody else's turn. Never ends the call:
  /// errors are found when the call is polled.
  void start_ahead();
  /// Gives up the turn and the login, because nobody will poll for a while and others would wait for them. A
  /// request in flight stays in flight.
  void park();
  /// Returns when to poll again even if the waker is not woken. Nothing: only when it is woken.
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;

  /// Returns whether a request has been made.
  [[nodiscard]] bool sent() const noexcept { return attempt_.number > 0; }
  /// Returns whether a response has arrived that has not been decoded.
  [[nodiscard]] bool undecoded() const {
    return state_ == State::decoding || (state_ == State::in_flight && pending_->arrived());
  }

  /// After the end: returns the error, or nothing on success.
  [[nodiscard]] std::optional<Error> const& error() const noexcept { return error_; }
  /// After the end without an error: returns the decoded answer, once.
  [[nodiscard]] Value take_value() noexcept { return std::exchange(value_, nullptr); }
  /// Returns when the last response arrived.
  [[nodiscard]] runtime::TimePoint answered_at() const noexcept { return attempt_.answered_at; }

 private:
  enum class State {
    ready,      // to be sent, but may still need a token or its turn
    in_flight,  // waits for the response
    decoding,   // waits for the thread that decodes the response
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
  std::optional<runtime::TimePoint> turn_at_;  // when to ask for the turn again
  SessionPtr refused_;                         // rejected by the vendor
  std::unique_ptr<Login> login_;
  std::optional<PendingResponse> pending_;
  std::optional<Decoding> decoding_;
  Attempt attempt_{};  // the last one; while the call is ready, its session is that of the next
  int limited_ = 0;    // attempts that were rate limited
  std::optional<runtime::TimePoint> limited_since_;
  std::optional<Error> limit_;  // the last such error
  bool replayed_ = false;       // sent again with a new token; at most once
  Effect effect_ = Effect::none;
  runtime::TimePoint begun_at_;
  runtime::TimePoint wake_at_{};  // in flight: when to give up the response; sleeping: when to continue
  std::optional<Error> error_;
  Value value_;
};

}  // namespace polycampaign::inline v1::engine
