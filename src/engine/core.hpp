#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/log.hpp"
#include "polycampaign/pacing.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/retry_policy.hpp"
#include "polycampaign/transport.hpp"

#include "engine/authenticator.hpp"
#include "engine/decode_threads.hpp"
#include "engine/pacer.hpp"
#include "engine/retry.hpp"
#include "runtime/clock.hpp"
#include "runtime/worker_pool.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace polycampaign::inline v1::engine {

/// What a client is made of; checked by its factory.
struct EngineOptions {
  std::shared_ptr<Adapter const> adapter{};
  std::shared_ptr<Transport> transport{};
  std::shared_ptr<runtime::Clock> clock = std::make_shared<runtime::Clock>();
  std::shared_ptr<runtime::WorkerPool> pool{};  ///< null: one of the engine's own
  std::chrono::milliseconds timeout{30'000};
  std::chrono::milliseconds connect_timeout{10'000};
  RetryPolicy retry{};
  Pacing pacing{};  ///< absent members limit nothing
  std::string user_agent_suffix{};
  LogSink log{};
  Executor executor{};  ///< null: completions run on the engine's threads
};

/// What all calls of one client share. Calls, pagers and asynchronous tasks keep it alive beyond the client;
/// once `closed` is canceled they all end. It knows none of them. All members may be used from several
/// threads at once.
struct Core {
  explicit Core(EngineOptions options);

  /// Why nothing more should be done for a call; nothing while it may go on. A log-out is made although the
  /// client is closed.
  [[nodiscard]] std::optional<Error> given_up(CallOptions const& call, bool logging_out = false) const;
  /// Decides, and charges the client's budget for a retry.
  [[nodiscard]] RetryDecision decide(FailedAttempt failed);
  void succeeded();

  /// Text without any secret of the vendor's adapter, of the last sessions, or of `used`.
  [[nodiscard]] std::string masked(std::string text, SessionPtr const& used = nullptr) const;
  /// An error that happened outside of any request (an argument refused by the vendor's adapter): with
  /// provider, and masked.
  [[nodiscard]] Error completed(Error error, SessionPtr const& used = nullptr) const;
  /// Hands the event to the sink, whatever that does; no lock may be held. Only to be called when `log` is
  /// set.
  void report(LogEvent const& event) const noexcept;
  /// Whether this thread is in the sink. What it asks for there must not wait for calls that wait for the
  /// sink.
  [[nodiscard]] bool in_sink() const noexcept;
  /// Why the pool took no task.
  [[nodiscard]] Error unthreaded() const;
  /// Runs a completion where the application wants it, once, whatever the executor does.
  void call_back(std::function<void()> completion) const;

  std::shared_ptr<Adapter const> const adapter;
  std::shared_ptr<Transport> const transport;
  std::shared_ptr<runtime::Clock> const clock;
  std::chrono::milliseconds const timeout;
  std::chrono::milliseconds const connect_timeout;
  RetryPolicy const retry;
  std::string const user_agent;
  LogSink const log;
  Executor const executor;
  bool const has_log_in;

  Authenticator authenticator{};
  Pacer pacer;
  DecodeThreads decode_threads{};
  CancelSource closed{};

 private:
  std::mutex budget_mutex_{};
  RetryBudget budget_{};
};

}  // namespace polycampaign::inline v1::engine
