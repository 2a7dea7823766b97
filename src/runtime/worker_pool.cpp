#include "runtime/worker_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::runtime {

/// State that a group's tasks share, guarded by the pool's mutex.
struct WorkerPool::Members {
  std::size_t live = 0;
  std::condition_variable ended{};  // no task is left
};

/// Shared by the pool, its threads and the wakers, so that any of them may be the last owner.
struct WorkerPool::State : std::enable_shared_from_this<State> {
  using Id = std::uint64_t;
  using Timers = std::multimap<TimePoint, Id>;

  struct Entry {
    std::unique_ptr<Task> task;
    std::shared_ptr<Waker> waker;
    std::shared_ptr<Members> group;
    Timers::iterator timer;
    bool queued = false;
    bool running = false;
    bool woken = false;  // woken while it was running
  };

  class TaskWaker final : public Waker {
   public:
    TaskWaker(std::shared_ptr<State> state, Id id) : state_{std::move(state)}, id_{id} {}
    void wake() noexcept override { state_->wake(id_); }

   private:
    std::shared_ptr<State> state_;
    Id id_;
  };

  explicit State(std::shared_ptr<Clock> environment) : clock{std::move(environment)} {}

  std::shared_ptr<Clock> const clock;
  Event changed;
  std::mutex mutex;
  std::unordered_map<Id, Entry> live;
  std::deque<Id> queue;
  Timers timers;
  std::multiset<TimePoint> watched;  // the time until which each idle thread waits
  Id last_id = 0;
  bool stopping = false;

  void add(std::unique_ptr<Task> task, std::shared_ptr<Members> const& group) {
    {
      std::lock_guard const lock{mutex};
      auto const id = ++last_id;
      live.emplace(id, Entry{std::move(task), std::make_shared<TaskWaker>(shared_from_this(), id), group,
                             timers.end(), true});
      ++group->live;
      queue.push_back(id);
    }
    changed.wake();
  }

  void wake(Id id) {
    std::lock_guard const lock{mutex};
    if (auto const found = live.find(id); found != live.end()) wake(id, found->second);
  }

  void wake_all(std::shared_ptr<Members> const& group) {
    std::lock_guard const lock{mutex};
    for (auto& [id, entry] : live)
      if (entry.group == group) wake(id, entry);
  }

  void wait_for(Members& group) {
    // Another thread of this pool may be in a callback that waits for this one, so a pool thread waits for
    // none.
    if (working_for == this) return;
    std::unique_lock lock{mutex};
    group.ended.wait(lock, [&] { return group.live == 0; });
  }

  void work() {
    working_for = this;
    std::unique_lock lock{mutex};
    for (;;) {
      enqueue_due();
      if (!queue.empty()) {
        auto const id = queue.front();
        queue.pop_front();
        if (!queue.empty() || unwatched_timer()) changed.wake();
        run(id, lock);
        continue;
      }
      if (stopping && live.empty()) break;
      auto const until = timers.empty() ? std::nullopt : std::optional{timers.begin()->first};
      auto const watching = watched.insert(until.value_or((TimePoint::max)()));
      lock.unlock();
      clock->wait(changed, until);
      lock.lock();
      watched.erase(watching);
    }
    changed.wake();  // wake the other threads
  }

 private:
  static thread_local State const* working_for;

  void wake(Id id, Entry& entry) {
    if (entry.running) {
      entry.woken = true;
    } else {
      enqueue(id, entry);
      changed.wake();
    }
  }

  void enqueue(Id id, Entry& entry) {
    if (entry.queued) return;
    entry.queued = true;
    queue.push_back(id);
  }

  /// Returns whether another thread is idle but does not know of the earliest timer.
  [[nodiscard]] bool unwatched_timer() const {
    return !timers.empty() && !watched.empty() && timers.begin()->first < *watched.begin();
  }

  void enqueue_due() {
    if (timers.empty()) return;
    auto const now = clock->now();
    for (auto it = timers.begin(); it != timers.end() && it->first <= now; it = timers.erase(it)) {
      auto& entry = live.at(it->second);
      entry.timer = timers.end();
      enqueue(it->second, entry);
    }
  }

  void run(Id id, std::unique_lock<std::mutex>& lock) {
    auto& entry = live.at(id);  // stays valid: nobody else removes it
    entry.queued = false;
    entry.woken = false;
    entry.running = true;
    if (entry.timer != timers.end()) timers.erase(std::exchange(entry.timer, timers.end()));
    lock.unlock();
    auto const ended = entry.task->poll(entry.waker);
    std::optional<TimePoint> again;
    if (ended) {
      entry.task.reset();  // may be the last owner of anything, even of the pool
    } else {
      again = entry.task->wake_at();
    }
    lock.lock();
    if (ended) {
      auto const group = std::move(entry.group);
      live.erase(id);
      if (--group->live == 0) group->ended.notify_all();
      return;
    }
    entry.running = false;
    if (entry.woken) {
      enqueue(id, entry);
    } else if (again) {
      entry.timer = timers.emplace(*again, id);
    }
  }
};

thread_local WorkerPool::State const* WorkerPool::State::working_for = nullptr;

struct WorkerPool::Threads {
  std::mutex mutex;
  std::vector<std::thread> running;
  std::size_t const most;
};

WorkerPool::WorkerPool(std::shared_ptr<Clock> clock, std::size_t threads)
    : state_{std::make_shared<State>(std::move(clock))}, threads_{new Threads{{}, {}, threads}} {}

WorkerPool::~WorkerPool() {
  {
    std::lock_guard const lock{state_->mutex};
    state_->stopping = true;
  }
  state_->changed.wake();
  auto const self = std::this_thread::get_id();
  auto& running = threads_->running;
  auto const own = std::any_of(running.begin(), running.end(),
                               [&](auto const& thread) { return thread.get_id() == self; });
  for (auto& thread : running) {
    if (own) {
      thread.detach();
    } else {
      thread.join();
    }
  }
}

std::unique_ptr<Task> WorkerPool::add(std::unique_ptr<Task> task, std::shared_ptr<Members> const& group) {
  std::lock_guard const lock{threads_->mutex};
  if (threads_->running.size() < threads_->most) {
    try {
      threads_->running.emplace_back([state = state_] { state->work(); });
    } catch (std::system_error const&) {
      if (threads_->running.empty()) return task;
    }
  }
  state_->add(std::move(task), group);
  return nullptr;
}

TaskGroup::TaskGroup(std::shared_ptr<WorkerPool> pool)
    : members_{std::make_shared<WorkerPool::Members>()}, pool_{std::move(pool)} {}

TaskGroup::~TaskGroup() {
  stop();
}

std::unique_ptr<Task> TaskGroup::add(std::unique_ptr<Task> task) {
  std::lock_guard const lock{mutex_};
  return pool_ == nullptr ? std::move(task) : pool_->add(std::move(task), members_);
}

void TaskGroup::stop() noexcept {
  std::shared_ptr<WorkerPool> pool;
  {
    std::lock_guard const lock{mutex_};
    pool.swap(pool_);
  }
  if (pool != nullptr) pool->state_->wait_for(*members_);
}

void TaskGroup::wake_all() noexcept {
  std::lock_guard const lock{mutex_};
  if (pool_ != nullptr) pool_->state_->wake_all(members_);
}

}  // namespace polycampaign::inline v1::runtime
