#include "engine/engine.hpp"

namespace polycampaign::inline v1::engine {

namespace {

/// An asynchronous call: the same machine that a blocking caller drives, driven by the pool.
class CallTask final : public Task {
 public:
  CallTask(std::shared_ptr<Core> core, protocol::Call call, CallRun::Accept accept, CallOptions options,
           std::function<void(std::optional<Error>)> done)
      : core_{std::move(core)},
        call_{std::move(call)},
        accept_{std::move(accept)},
        options_{std::move(options)},
        done_{std::move(done)} {}

  bool poll(std::shared_ptr<Waker> const& waker) override {
    if (!run_) {
      run_.emplace(core_, call_, accept_, options_, waker);
      if (options_.cancel.can_be_cancelled())
        by_caller_ = options_.cancel.on_cancel([waker] { waker->wake(); });
    }
    if (!run_->poll()) return false;
    done_(run_->error());
    return true;
  }

  std::optional<TimePoint> wake_at() const override { return run_->wake_at(); }

  void fail(Error error) { done_(std::move(error)); }

 private:
  std::shared_ptr<Core> core_;
  protocol::Call call_;
  CallRun::Accept accept_;
  CallOptions options_;
  std::function<void(std::optional<Error>)> done_;
  std::optional<CallRun> run_;
  CancelToken::Registration by_caller_;
};

/// Straight-line code of several requests: it blocks its thread.
class TalkTask final : public Task {
 public:
  TalkTask(std::shared_ptr<Core> core, std::function<void(protocol::Conversation&)> talk, CallOptions options)
      : talk_{std::move(talk)}, conversation_{std::move(core), std::move(options)} {}

  bool poll(std::shared_ptr<Waker> const&) override {
    talk_(conversation_);
    return true;
  }

  std::optional<TimePoint> wake_at() const override { return std::nullopt; }

 private:
  std::function<void(protocol::Conversation&)> talk_;
  BlockingConversation conversation_;
};

Error no_thread() {
  return {.code = ErrorCode::unavailable, .transient = true, .message = "no thread can be started"};
}

}  // namespace

Engine::Engine(EngineOptions options)
    : core_{std::make_shared<Core>(std::move(options))}, pool_{core_->runtime} {}

Engine::~Engine() {
  end_calls();
}

void Engine::end_calls() noexcept {
  core_->closed.cancel();
  pool_.wake_all();
}

void Engine::start_call(protocol::Call call, CallRun::Accept accept, CallOptions options,
                        std::function<void(std::optional<Error>)> done) {
  auto const refused = pool_.add(std::make_unique<CallTask>(core_, std::move(call), std::move(accept),
                                                            std::move(options), std::move(done)));
  if (refused != nullptr) static_cast<CallTask&>(*refused).fail(core_->completed(no_thread()));
}

void Engine::start_talk(std::function<void(protocol::Conversation&)> talk, CallOptions options,
                        std::function<void(Error)> failed) {
  if (pool_.add(std::make_unique<TalkTask>(core_, std::move(talk), std::move(options))) != nullptr)
    failed(core_->completed(no_thread()));
}

Result<void> Engine::close(CallOptions const& options) {
  end_calls();
  auto const session = core_->authenticator.take();
  if (session == nullptr) return {};
  auto const log_out = core_->vendor->revoke(session->token);
  if (!log_out) return {};
  CallRun::Accept const accept = [&](HttpResponse response) -> std::optional<Error> {
    auto done = log_out->decode(std::move(response));
    if (done) return std::nullopt;
    return std::move(done).error();
  };
  auto const event = std::make_shared<Event>();
  CallRun run{core_, log_out->call, accept, options, event, session};
  auto const error = drive(*core_, run, event, options);
  // A session that the vendor does not know any more is what was wanted.
  if (!error || error->code == ErrorCode::unauthenticated) return {};
  return *error;
}

}  // namespace polycampaign::inline v1::engine
