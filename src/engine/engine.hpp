#pragma once

#include "engine/blocking.hpp"
#include "engine/core.hpp"
#include "runtime/worker_pool.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::engine {

/// Runs the exchanges and conversations of one client: authentication, pacing, retries, deadlines,
/// cancellation. All members may be called from several threads at once. The destructor ends every call in
/// flight with `canceled`, including those of pagers, and makes no request. It waits for the callbacks that
/// the engine runs itself, unless it is called on a thread of the engine's pool. See
/// docs/decisions/0001-how-exchanges-are-driven.md.
class Engine {
 public:
  explicit Engine(EngineOptions options);
  ~Engine();
  Engine(Engine const&) = delete;
  Engine& operator=(Engine const&) = delete;

  [[nodiscard]] std::shared_ptr<Core> const& core() const noexcept { return core_; }
  [[nodiscard]] std::shared_ptr<runtime::TaskGroup> const& tasks() const noexcept { return tasks_; }

  /// Runs a conversation and blocks. None of its requests may do more than `most`. The effect of an error
  /// covers all its requests together.
  template <class T>
  [[nodiscard]] Result<T> run(std::function<Result<T>(protocol::Conversation&)> const& script,
                              CallOptions const& options, Action most) {
    BlockingConversation conversation{core_, options, most};
    auto result = script(conversation);
    if (result) return result;
    auto error = core_->completed(std::move(result).error());
    error.effect = conversation.effect();
    return error;
  }

  /// Starts a conversation and returns; occupies no thread while it waits. `done` is called once, by the
  /// executor or on one of the engine's few threads. It is called before this function returns only if no
  /// thread can be started (`unavailable`).
  template <class T>
  // NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved
  void start(std::function<Result<T>(protocol::Conversation&)> script, CallOptions options, Action most,
             Completion<T> done) {
    auto const result = std::make_shared<std::optional<Result<T>>>();
    start_conversation(
        [script = std::move(script), result](protocol::Conversation& it) { result->emplace(script(it)); },
        std::move(options), most,
        [core = core_, result, done = std::move(done)](std::optional<Error> refused, Effect effect) {
          if (!refused && !**result) refused = std::move(**result).error();
          if (refused) {
            refused->effect = effect;
            result->emplace(core->completed(*std::move(refused)));
          }
          core->call_back([result, done] { done(std::move(**result)); });
        });
  }

  /// Ends the session at the vendor if there is one. First, every call in flight ends with `canceled`, and so
  /// do all later ones, whether or not the logout succeeds. Errors: those of the logout.
  [[nodiscard]] Result<void> close(CallOptions const& options);
  void start_close(CallOptions options, Completion<void> done);

 private:
  void start_conversation(std::function<void(protocol::Conversation&)> script, CallOptions options,
                          Action most, std::function<void(std::optional<Error>, Effect)> done);
  void end_calls() noexcept;

  std::shared_ptr<runtime::TaskGroup> tasks_;
  std::shared_ptr<Core> core_;
  CancelSource destroyed_{};  // ends logouts, too
};

}  // namespace polycampaign::inline v1::engine
