#pragma once

#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>

namespace polycampaign::inline v1::runtime {

/// Work that proceeds in steps. Each step runs on some thread of a WorkerPool, never on two at once.
class Task {
 public:
  Task() = default;
  virtual ~Task() = default;
  Task(Task const&) = delete;
  Task& operator=(Task const&) = delete;

  /// Does everything that can be done now. Returns true if that was the last step. Otherwise it is called
  /// again after `waker` was woken or the time `wake_at` has come. The waker is the same every time.
  [[nodiscard]] virtual bool poll(std::shared_ptr<Waker> const& waker) = 0;
  [[nodiscard]] virtual std::optional<TimePoint> wake_at() const = 0;
};

/// A few threads that do for asynchronous calls what the thread of a blocking caller does for its own call.
/// They start with the first tasks and end with the pool. By then, only tasks that end by themselves may be
/// left. Several owners of tasks may share a pool. All members may be called from several threads at once.
class WorkerPool {
 public:
  explicit WorkerPool(std::shared_ptr<Clock> clock, std::size_t threads = 2);
  /// Waits until all tasks have ended. On one of its own threads it cannot wait; the threads then end by
  /// themselves after the last task.
  ~WorkerPool();
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

 private:
  friend class TaskGroup;
  struct State;
  struct Threads;
  struct Members;
  [[nodiscard]] std::unique_ptr<Task> add(std::unique_ptr<Task> task, std::shared_ptr<Members> const& group);

  std::shared_ptr<State> state_;
  std::unique_ptr<Threads> threads_;
};

/// The tasks of one owner in a pool. All members may be called from several threads at once.
class TaskGroup {
 public:
  explicit TaskGroup(std::shared_ptr<WorkerPool> pool);
  /// Calls `stop`.
  ~TaskGroup();
  TaskGroup(TaskGroup const&) = delete;
  TaskGroup& operator=(TaskGroup const&) = delete;

  /// Adds a task. Returns null if the pool took it, or the task itself if no thread can be started or `stop`
  /// was called.
  [[nodiscard]] std::unique_ptr<Task> add(std::unique_ptr<Task> task);
  /// Accepts no more tasks, waits until those of this group have ended, and releases the pool. Tell the tasks
  /// to end before you call it. On one of the pool's threads it does not wait.
  void stop() noexcept;
  /// Polls each task of the group once more.
  void wake_all() noexcept;

 private:
  std::shared_ptr<WorkerPool::Members> const members_;
  std::mutex mutex_{};
  std::shared_ptr<WorkerPool> pool_;
};

}  // namespace polycampaign::inline v1::runtime
