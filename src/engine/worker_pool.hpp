#pragma once

#include "engine/runtime.hpp"
#include "engine/waker.hpp"

#include <cstddef>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

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
/// started with the first tasks. All members may be called from several threads at once.
class WorkerPool {
 public:
  explicit WorkerPool(std::shared_ptr<Runtime> runtime, std::size_t threads = 2);
  ~WorkerPool();
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  /// Null when the task was taken; the task itself when no thread can be had, or after `stop`.
  [[nodiscard]] std::unique_ptr<Task> add(std::unique_ptr<Task> task);
  /// Takes no more tasks, and waits until all have ended; tell them to before. On one of its own threads it
  /// cannot wait: the threads then end by themselves behind the last task. The destructor does the same.
  void stop() noexcept;
  /// Polls every task once more.
  void wake_all() noexcept;

 private:
  struct State;
  struct Threads;
  std::shared_ptr<State> state_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace polycampaign::inline v1::engine
