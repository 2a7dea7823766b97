#pragma once

#include "polycampaign/async_pager.hpp"

#include "engine/list_reader.hpp"
#include "runtime/worker_pool.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::engine {

/// A list whose pages are passed to a callback, driven by the pool. It may outlive the engine; its pages then
/// end with `canceled`.
template <class Op>
class AsyncList : public AsyncPageSource<typename Op::Item> {
 public:
  using Item = typename Op::Item;
  using NextPage = typename ListReader<Op>::NextPage;

  AsyncList(std::shared_ptr<Core> core, std::shared_ptr<runtime::TaskGroup> tasks, Op operation,
            ListOptions options)
      : shared_{std::make_shared<Shared>(std::move(core), std::move(operation), std::move(options))},
        tasks_{std::move(tasks)} {}
  ~AsyncList() override { shared_->left.cancel(); }

  void next_page(Completion<std::optional<Page<Item>>> done) override {
    if (!shared_->begin_page())
      return shared_->refuse(std::move(done), {.code = ErrorCode::invalid_argument,
                                               .message = "another page of this list is still pending"});
    auto const refused = tasks_->add(std::make_unique<PageTask>(shared_, std::move(done)));
    if (refused != nullptr) static_cast<PageTask&>(*refused).refuse(shared_->core->unthreaded());
  }

  [[nodiscard]] ListReport report() const override {
    std::lock_guard const lock{shared_->mutex};
    return shared_->busy ? shared_->report : shared_->reader.report();
  }

  [[nodiscard]] std::string resume_token(std::size_t delivered) const override {
    std::lock_guard const lock{shared_->mutex};
    return shared_->busy ? shared_->token : shared_->reader.resume_token(delivered);
  }

 private:
  struct Shared {
    Shared(std::shared_ptr<Core> engine, Op operation, ListOptions options)
        : core{std::move(engine)},
          cancel{options.call.cancel},
          reader{core, std::move(operation), std::move(options)} {}

    std::shared_ptr<Core> const core;
    CancelToken const cancel;  // the caller's token
    CancelSource left{};       // canceled when the application destroys its reader
    std::mutex mutex{};        // guards the next three members
    bool busy = false;         // a page is pending; its task then owns `reader` and needs no lock
    ListReport report{};       // while `busy`: the state at the last poll
    std::string token{};       // while `busy`: resumes after everything that was delivered
    ListReader<Op> reader;

    /// Returns false if another page is pending.
    bool begin_page() {
      std::lock_guard const lock{mutex};
      if (std::exchange(busy, true)) return false;
      report = reader.report();
      token = reader.resume_token(static_cast<std::size_t>(-1));
      return true;
    }

    void end_page() {
      std::lock_guard const lock{mutex};
      busy = false;
    }

    std::optional<NextPage> poll(std::shared_ptr<runtime::Waker> const& waker) {
      auto page = left.token().canceled() ? std::optional<NextPage>{reader.leave()} : reader.poll(waker);
      if (page) {
        end_page();
      } else {
        auto seen = reader.report();
        std::lock_guard const lock{mutex};
        report = std::move(seen);
      }
      return page;
    }

    void refuse(Completion<std::optional<Page<Item>>> done, Error error) const {
      core->call_back([done = std::move(done), error = core->completed(std::move(error))] { done(error); });
    }
  };

  class PageTask final : public runtime::Task {
   public:
    PageTask(std::shared_ptr<Shared> shared, Completion<std::optional<Page<Item>>> done)
        : shared_{std::move(shared)}, done_{std::move(done)} {}

    bool poll(std::shared_ptr<runtime::Waker> const& waker) override {
      if (!std::exchange(begun_, true)) {
        auto const wake = [waker] { waker->wake(); };
        by_reader_ = shared_->left.token().on_cancel(wake);
        if (shared_->cancel.can_be_canceled()) by_caller_ = shared_->cancel.on_cancel(wake);
      }
      auto page = shared_->poll(waker);
      if (!page) return false;
      auto const result = std::make_shared<NextPage>(*std::move(page));
      shared_->core->call_back([done = std::move(done_), result] { done(std::move(*result)); });
      return true;
    }

    std::optional<runtime::TimePoint> wake_at() const override { return shared_->reader.wake_at(); }

    void refuse(Error error) {
      shared_->end_page();
      shared_->refuse(std::move(done_), std::move(error));
    }

   private:
    std::shared_ptr<Shared> shared_;
    Completion<std::optional<Page<Item>>> done_;
    bool begun_ = false;
    CancelToken::Registration by_reader_;
    CancelToken::Registration by_caller_;
  };

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<runtime::TaskGroup> tasks_;
};

}  // namespace polycampaign::inline v1::engine
