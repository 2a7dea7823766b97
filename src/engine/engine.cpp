#include "engine/engine.hpp"

#include "engine/conversation_run.hpp"
#include "engine/logout.hpp"

namespace polycampaign::inline v1::engine {

namespace {

/// An asynchronous call. The pool drives what a blocking caller drives on its own thread.
class ConversationTask final : public runtime::Task {
 public:
  ConversationTask(std::shared_ptr<Core> core, ConversationRun::Script script, CallOptions options,
                   Action most, std::function<void(std::optional<Error>, Effect)> done)
      : cancel_{options.cancel},
        run_{std::move(core), std::move(script), std::move(options), most},
        done_{std::move(done)} {}

  bool poll(std::shared_ptr<runtime::Waker> const& waker) override {
    if (!std::exchange(begun_, true) && cancel_.can_be_canceled())
      by_caller_ = cancel_.on_cancel([waker] { waker->wake(); });
    if (!run_.poll(waker)) return false;
    done_(std::nullopt, run_.effect());
    return true;
  }

  std::optional<runtime::TimePoint> wake_at() const override { return run_.wake_at(); }

  void fail(Error error) { done_(std::move(error), Effect::none); }

 private:
  CancelToken cancel_;
  ConversationRun run_;
  std::function<void(std::optional<Error>, Effect)> done_;
  bool begun_ = false;
  CancelToken::Registration by_caller_;
};

/// A logout that ends when its caller cancels or the engine is destroyed.
class LogoutTask final : public runtime::Task {
 public:
  LogoutTask(std::shared_ptr<Core> core, SessionPtr session, CallOptions options, CancelToken destroyed,
             Completion<void> done)
      : core_{core},
        by_caller_{std::exchange(options.cancel, stop_.token())},
        by_engine_{std::move(destroyed)},
        logout_{std::move(core), std::move(session), std::move(options)},
        done_{std::move(done)} {}

  bool poll(std::shared_ptr<runtime::Waker> const& waker) override {
    if (!std::exchange(begun_, true)) {
      auto const stop = [source = stop_, waker]() mutable {
        source.cancel();
        waker->wake();
      };
      caller_ = by_caller_.on_cancel(stop);
      engine_ = by_engine_.on_cancel(stop);
    }
    if (!logout_.poll(waker)) return false;
    finish(logout_.result());
    return true;
  }

  std::optional<runtime::TimePoint> wake_at() const override { return logout_.wake_at(); }

  void finish(Result<void> result) {
    core_->call_back([done = done_, result = std::move(result)] { done(result); });
  }

 private:
  std::shared_ptr<Core> core_;
  CancelSource stop_{};
  CancelToken by_caller_;
  CancelToken by_engine_;
  Logout logout_;
  Completion<void> done_;
  bool begun_ = false;
  CancelToken::Registration caller_;
  CancelToken::Registration engine_;
};

}  // namespace

Engine::Engine(EngineOptions options)
    : tasks_{std::make_shared<runtime::TaskGroup>(
          options.pool != nullptr ? std::move(options.pool)
                                  : std::make_shared<runtime::WorkerPool>(options.clock))},
      core_{std::make_shared<Core>(std::move(options))} {}

Engine::~Engine() {
  end_calls();
  destroyed_.cancel();
  tasks_->stop();
  core_->decode_threads.join();
}

void Engine::end_calls() noexcept {
  core_->closed.cancel();
  tasks_->wake_all();
}

void Engine::start_conversation(std::function<void(protocol::Conversation&)> script, CallOptions options,
                                Action most, std::function<void(std::optional<Error>, Effect)> done) {
  auto const refused = tasks_->add(std::make_unique<ConversationTask>(
      core_, std::move(script), std::move(options), most, std::move(done)));
  if (refused != nullptr) static_cast<ConversationTask&>(*refused).fail(core_->unthreaded());
}

Result<void> Engine::close(CallOptions const& options) {
  end_calls();
  Logout logout{core_, core_->authenticator.take(), options};
  auto const event = std::make_shared<runtime::Event>();
  drive(
      *core_, event, options, [&] { return logout.poll(event); }, [&] { return logout.wake_at(); });
  return logout.result();
}

void Engine::start_close(CallOptions options, Completion<void> done) {
  end_calls();
  auto const refused = tasks_->add(std::make_unique<LogoutTask>(
      core_, core_->authenticator.take(), std::move(options), destroyed_.token(), std::move(done)));
  if (refused != nullptr) static_cast<LogoutTask&>(*refused).finish(core_->completed(core_->unthreaded()));
}

}  // namespace polycampaign::inline v1::engine
