#include "engine/worker_pool.hpp"

#include <algorithm>
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

namespace polycampaign::inline v1::engine {

/// Shared by the pool, its threads and the wakers, so that each may be the last.
struct WorkerPool::State : std::enable_shared_from_this<State> {
  using Id = std::uint64_t;
  using Timers = std::multimap<TimePoint, Id>;

  struct Entry {
    std::unique_ptr<Task> task;
    std::shared_ptr<Waker> waker;
    Timers::iterator timer;
    bool queued = false;
    bool running = false;
    bool woken = false;  // while it was running
  };

  class TaskWaker final : public Waker {
   public:
    TaskWaker(std::shared_ptr<State> state, Id id) : state_{std::move(state)}, id_{id} {}
    void wake() noexcept override { state_->wake(id_); }

   private:
    std::shared_ptr<State> state_;
    Id id_;
  };

  explicit State(std::shared_ptr<Runtime> environment) : runtime{std::move(environment)} {}

  std::shared_ptr<Runtime> const runtime;
  Event changed;
  std::mutex mutex;
  std::unordered_map<Id, Entry> live;
  std::deque<Id> queue;
  Timers timers;
  std::multiset<TimePoint> watched;  // how long each idle thread waits
  Id last_id = 0;
  bool stopping = false;

  void add(std::unique_ptr<Task> task) {
    {
      std::lock_guard const lock{mutex};
      auto const id = ++last_id;
      live.emplace(id, Entry{std::move(task), std::make_shared<TaskWaker>(shared_from_this(), id),
                             timers.end(), true});
      queue.push_back(id);
    }
    changed.wake();
  }

  void wake(Id id) {
    std::lock_guard const lock{mutex};
    if (auto const found = live.find(id); found != live.end()) wake(id, found->second);
  }

  void wake_all() {
    std::lock_guard const lock{mutex};
    for (auto& [id, entry] : live) wake(id, entry);
  }

  void work() {
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
      runtime->wait(changed, until);
      lock.lock();
      watched.erase(watching);
    }
    changed.wake();  // the other threads
  }

 private:
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

  /// Another thread idles that does not know of the earliest timer.
  [[nodiscard]] bool unwatched_timer() const {
    return !timers.empty() && !watched.empty() && timers.begin()->first < *watched.begin();
  }

  void enqueue_due() {
    if (timers.empty()) return;
    auto const now = runtime->now();
    for (auto it = timers.begin(); it != timers.end() && it->first <= now; it = timers.erase(it)) {
      auto& entry = live.at(it->second);
      entry.timer = timers.end();
      enqueue(it->second, entry);
    }
  }

  void run(Id id, std::unique_lock<std::mutex>& lock) {
    auto& entry = live.at(id);  // stays where it is: nobody else removes it
    entry.queued = false;
    entry.woken = false;
    entry.running = true;
    if (entry.timer != timers.end()) timers.erase(std::exchange(entry.timer, timers.end()));
    lock.unlock();
    auto const ended = entry.task->poll(entry.waker);
    std::optional<TimePoint> again;
    if (ended) {
      entry.task.reset();  // may be the last owner of anything, the pool included
    } else {
      again = entry.task->wake_at();
    }
    lock.lock();
    if (ended) {
      live.erase(id);
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

struct WorkerPool::Threads {
  std::mutex mutex;
  std::vector<std::thread> running;
  std::size_t const most;
  bool stopped = false;
};

WorkerPool::WorkerPool(std::shared_ptr<Runtime> runtime, std::size_t threads)
    : state_{std::make_shared<State>(std::move(runtime))}, threads_{new Threads{{}, {}, threads}} {}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::stop() noexcept {
  std::vector<std::thread> running;
  {
    std::lock_guard const lock{threads_->mutex};
    threads_->stopped = true;
    running = std::exchange(threads_->running, {});
  }
  {
    std::lock_guard const lock{state_->mutex};
    state_->stopping = true;
  }
  state_->changed.wake();
  auto const self = std::this_thread::get_id();
  auto const own = std::any_of(running.begin(), running.end(),
                               [&](auto const& thread) { return thread.get_id() == self; });
  for (auto& thread : running) {
    // Another worker may be in a callback that waits for this one: from here, none is waited for.
    if (own) {
      thread.detach();
    } else {
      thread.join();
    }
  }
}

void WorkerPool::wake_all() noexcept {
  state_->wake_all();
}

std::unique_ptr<Task> WorkerPool::add(std::unique_ptr<Task> task) {
  {
    std::lock_guard const lock{threads_->mutex};
    if (threads_->stopped) return task;
    if (threads_->running.size() < threads_->most) {
      try {
        threads_->running.emplace_back([state = state_] { state->work(); });
      } catch (std::system_error const&) {
        if (threads_->running.empty()) return task;
      }
    }
    state_->add(std::move(task));
  }
  return nullptr;
}

}  // namespace polycampaign::inline v1::engine
