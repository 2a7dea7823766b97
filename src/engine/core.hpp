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

/// The parts and options of a client. Its factory has checked them.
struct EngineOptions {
  std::shared_ptr<Adapter const> adapter{};
  std::shared_ptr<Transport> transport{};
  std::shared_ptr<runtime::Clock> clock = std::make_shared<runtime::Clock>();
  std::shared_ptr<runtime::WorkerPool> pool{};  ///< null: the engine creates its own
  std::chrono::milliseconds timeout{30'000};
  std::chrono::milliseconds connect_timeout{10'000};
  RetryPolicy retry{};
  Pacing pacing{};  ///< absent members set no limit
  std::string user_agent_suffix{};
  LogSink log{};
  Executor executor{};  ///< null: completions run on the engine's threads
};

/// What all calls of one client share. Calls, pagers and asynchronous tasks keep it alive after the client is
/// destroyed; when `closed` is canceled, they all end. It holds no reference to them. All members may be used
/// from several threads at once.
struct Core {
  explicit Core(EngineOptions options);

  /// Returns why the call must stop, or nothing while it may continue. A logout continues although the client
  /// is closed.
  [[nodiscard]] std::optional<Error> given_up(CallOptions const& call, bool logging_out = false) const;
  /// Decides whether to retry, and charges the client's budget for a retry.
  [[nodiscard]] RetryDecision decide(FailedAttempt failed);
  void succeeded();

  /// Masks every secret of the vendor's adapter, of the last sessions and of `used`.
  [[nodiscard]] std::string masked(std::string text, SessionPtr const& used = nullptr) const;
  /// Completes an error with the provider's name and masks secrets. For example, an error that happened
  /// outside of a request, such as an argument that the vendor's adapter refused.
  [[nodiscard]] Error completed(Error error, SessionPtr const& used = nullptr) const;
  /// Passes the event to the sink and ignores exceptions. The caller must hold no lock, and may call this
  /// only if `log` is set.
  void report(LogEvent const& event) const noexcept;
  /// Returns whether this thread is inside the sink. What the sink requests must not wait for calls that wait
  /// for the sink.
  [[nodiscard]] bool in_sink() const noexcept;
  /// Returns the error for a task that the pool refused.
  [[nodiscard]] Error unthreaded() const;
  /// Runs a completion where the application wants it, exactly once, whatever the executor does.
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
