#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace polycampaign::inline v1::outbox {

/// A thread that runs what it is given, in order. It starts with the first task; the destructor runs what is
/// left and ends it.
///
/// Threads: `post` may be called from any thread.
class Worker {
 public:
  Worker() = default;
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;
  ~Worker() {
    {
      std::lock_guard const lock{mutex_};
      ending_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }

  /// Returns false, without keeping the task, if the system creates no thread. After a first task, it always
  /// returns true.
  [[nodiscard]] bool post(std::function<void()> task) {
    std::lock_guard const lock{mutex_};
    if (!thread_.joinable()) {
      try {
        thread_ = std::thread{[this] { run(); }};
      } catch (std::system_error const&) {
        return false;
      }
    }
    tasks_.push_back(std::move(task));
    // Under the lock: the task may end the worker as soon as it is released.
    changed_.notify_one();
    return true;
  }

 private:
  void run() {
    std::unique_lock lock{mutex_};
    for (;;) {
      changed_.wait(lock, [&] { return ending_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      task = nullptr;
      lock.lock();
    }
  }

  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::deque<std::function<void()>> tasks_{};
  bool ending_ = false;
  std::thread thread_{};
};

}  // namespace polycampaign::inline v1::outbox
