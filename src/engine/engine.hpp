#pragma once

#include "engine/blocking.hpp"
#include "engine/core.hpp"
#include "engine/worker_pool.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::engine {

/// Runs the exchanges and conversations of one client: authentication, retries, deadlines, cancellation.
/// All members may be called from several threads at once. Destroying it ends every call in flight with
/// `cancelled`, those of its pagers included, without any request, and waits for the callbacks (not when that
/// happens in one of them). See docs/decisions/0001-how-exchanges-are-driven.md.
class Engine {
 public:
  explicit Engine(EngineOptions options);
  ~Engine();
  Engine(Engine const&) = delete;
  Engine& operator=(Engine const&) = delete;

  [[nodiscard]] std::shared_ptr<Core> const& core() const noexcept { return core_; }

  /// Blocks.
  template <class T>
  [[nodiscard]] Result<T> run(protocol::Exchange<T> const& exchange, CallOptions const& options = {}) {
    return BlockingConversation{core_, options}.run(exchange);
  }

  /// Called once, on one of the engine's few threads, never before `start` returns on the caller's own,
  /// except when no thread can be had (`unavailable`). Must not throw.
  template <class T>
  using Completion = std::function<void(Result<T>)>;

  /// Starts an exchange and returns. Takes no thread while it waits.
  template <class T>
  void start(protocol::Exchange<T> exchange, CallOptions options, Completion<T> done) {
    auto const value = std::make_shared<std::optional<T>>();
    auto accept = [decode = std::move(exchange.decode),
                   value](HttpResponse response) -> std::optional<Error> {
      auto decoded = decode(std::move(response));
      if (!decoded) return std::move(decoded).error();
      value->emplace(*std::move(decoded));
      return std::nullopt;
    };
    start_call(std::move(exchange.call), std::move(accept), std::move(options),
               [done = std::move(done), value](std::optional<Error> error) {
                 if (error) {
                   done(*std::move(error));
                 } else {
                   done(**std::move(value));
                 }
               });
  }

  /// Starts a conversation and returns. It occupies one of the engine's threads while it lasts.
  template <class T>
  void start(std::function<Result<T>(protocol::Conversation&)> talk, CallOptions options,
             Completion<T> done) {
    start_talk(
        [core = core_, talk = std::move(talk), done](protocol::Conversation& conversation) {
          auto result = talk(conversation);
          done(result ? std::move(result) : core->completed(std::move(result).error()));
        },
        std::move(options), [done](Error error) { done(std::move(error)); });
  }

  /// Ends the session at the vendor where there is one. First every call in flight ends with `cancelled`, and
  /// so do all later ones, whatever becomes of the log-out. Errors: those of the log-out.
  [[nodiscard]] Result<void> close(CallOptions const& options);

 private:
  void start_call(protocol::Call call, CallRun::Accept accept, CallOptions options,
                  std::function<void(std::optional<Error>)> done);
  void start_talk(std::function<void(protocol::Conversation&)> talk, CallOptions options,
                  std::function<void(Error)> failed);

  void end_calls() noexcept;

  std::shared_ptr<Core> core_;
  WorkerPool pool_;
};

}  // namespace polycampaign::inline v1::engine
