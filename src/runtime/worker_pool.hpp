#pragma once

#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>

namespace polycampaign::inline v1::runtime {

/// Something that goes on in steps, each on some thread of a WorkerPool, never on two at once.
class Task {
 public:
  Task() = default;
  virtual ~Task() = default;
  Task(Task const&) = delete;
  Task& operator=(Task const&) = delete;

  /// Does what can be done now; true when that was the last of it. Otherwise it is called again after
  /// `waker` was woken or `wake_at` has come. The waker is the same every time.
  [[nodiscard]] virtual bool poll(std::shared_ptr<Waker> const& waker) = 0;
  [[nodiscard]] virtual std::optional<TimePoint> wake_at() const = 0;
};

/// The few threads that do for asynchronous calls what a blocking caller's thread does for its own. They are
/// started with the first tasks, and end with the pool: then no task may be left but those that end by
/// themselves. May be shared by several owners of tasks. All members may be called from several threads at
/// once.
class WorkerPool {
 public:
  explicit WorkerPool(std::shared_ptr<Clock> clock, std::size_t threads = 2);
  /// Waits until all tasks have ended. On one of its own threads it cannot wait: the threads then end by
  /// themselves behind the last task.
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

/// The tasks of one owner on a pool. All members may be called from several threads at once.
class TaskGroup {
 public:
  explicit TaskGroup(std::shared_ptr<WorkerPool> pool);
  /// As `stop`.
  ~TaskGroup();
  TaskGroup(TaskGroup const&) = delete;
  TaskGroup& operator=(TaskGroup const&) = delete;

  /// Null when the task was taken; the task itself when no thread can be had, or after `stop`.
  [[nodiscard]] std::unique_ptr<Task> add(std::unique_ptr<Task> task);
  /// Takes no more tasks, waits until those of this group have ended (tell them to before), and lets the pool
  /// go. On one of the pool's threads it cannot wait.
  void stop() noexcept;
  /// Polls each of its tasks once more.
  void wake_all() noexcept;

 private:
  std::shared_ptr<WorkerPool::Members> const members_;
  std::mutex mutex_{};
  std::shared_ptr<WorkerPool> pool_;
};

}  // namespace polycampaign::inline v1::runtime
