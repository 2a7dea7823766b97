#include "polycampaign/cancel.hpp"

#include <atomic>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace polycampaign::inline v1 {

class detail::CancelState {
 public:
  using Callback = std::function<void()>;

  [[nodiscard]] bool canceled() const noexcept { return canceled_.load(std::memory_order_acquire); }

  void cancel() noexcept {
    std::unique_lock lock{mutex_};
    if (canceled_.exchange(true, std::memory_order_acq_rel)) return;
    runner_ = std::this_thread::get_id();
    while (!waiting_.empty()) {
      auto entry = waiting_.extract(std::prev(waiting_.end()));
      running_ = entry.key();
      lock.unlock();
      entry.mapped()();
      entry.mapped() = nullptr;  // what it holds dies before a waiting Registration goes on
      lock.lock();
      running_ = 0;
      finished_.notify_all();
    }
  }

  /// 0 when it was called at once.
  unsigned long long add(Callback callback) {
    {
      std::lock_guard const lock{mutex_};
      if (!canceled()) {
        waiting_.emplace_hint(waiting_.end(), ++last_id_, std::move(callback));
        return last_id_;
      }
    }
    callback();
    return 0;
  }

  void remove(unsigned long long id) noexcept {
    Waiting::node_type removed;  // declared first: dies after the lock is released
    std::unique_lock lock{mutex_};
    removed = waiting_.extract(id);
    if (removed.empty() && runner_ != std::this_thread::get_id()) {
      finished_.wait(lock, [&] { return running_ != id; });
    }
  }

 private:
  using Waiting = std::map<unsigned long long, Callback>;  // by id: thousands of calls may share a token

  std::mutex mutex_;
  std::condition_variable finished_;
  std::atomic<bool> canceled_{false};
  Waiting waiting_;
  unsigned long long last_id_ = 0;
  unsigned long long running_ = 0;  // the callback that runs now; 0: none
  std::thread::id runner_;          // the thread that runs the callbacks
};

CancelToken::CancelToken(std::shared_ptr<detail::CancelState> state) noexcept : state_{std::move(state)} {}

bool CancelToken::canceled() const noexcept {
  return state_ != nullptr && state_->canceled();
}

CancelToken::Registration CancelToken::on_cancel(std::function<void()> callback) const {
  if (state_ == nullptr || !callback) return {};
  auto const id = state_->add(std::move(callback));
  return id == 0 ? Registration{} : Registration{state_, id};
}

CancelToken::Registration::Registration(std::shared_ptr<detail::CancelState> state,
                                        unsigned long long id) noexcept
    : state_{std::move(state)}, id_{id} {}

CancelToken::Registration::Registration(Registration&& other) noexcept
    : state_{std::move(other.state_)}, id_{std::exchange(other.id_, 0)} {}

CancelToken::Registration& CancelToken::Registration::operator=(Registration&& other) noexcept {
  if (this != &other) {
    Registration const old{std::move(*this)};
    state_ = std::move(other.state_);
    id_ = std::exchange(other.id_, 0);
  }
  return *this;
}

CancelToken::Registration::~Registration() {
  if (state_ != nullptr) state_->remove(id_);
}

CancelSource::CancelSource() : state_{std::make_shared<detail::CancelState>()} {}

CancelToken CancelSource::token() const noexcept {
  return CancelToken{state_};
}

void CancelSource::cancel() noexcept {
  // a local owner: a callback may destroy this source
  auto const state = state_;
  if (state != nullptr) state->cancel();
}

}  // namespace polycampaign::inline v1
