#pragma once

#include "polycampaign/result.hpp"

#include "transport/curl_handle.hpp"
#include "transport/job.hpp"
#include "transport/transfer.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace polycampaign::inline v1::transport {

/// Runs transfers on one thread. That thread and the transport must both own it, because the transport may be
/// destroyed on that very thread, inside a completion.
class EventLoop {
 public:
  /// Creates a loop. Errors: `configuration`; `unavailable` if no file descriptor is free.
  [[nodiscard]] static Result<std::shared_ptr<EventLoop>> make(TransferSettings settings,
                                                               int max_connections_per_host);
  EventLoop(EventLoop const&) = delete;
  EventLoop& operator=(EventLoop const&) = delete;

  /// Runs the I/O thread. Returns after `stop`, when every job has been completed.
  void run();

  // These may be called from any thread.

  /// Takes the job. After `stop`, completes it immediately with `canceled`.
  void submit(std::unique_ptr<Job> job);
  /// Makes the loop look for canceled jobs.
  void notice_cancellation();
  /// Ends `run`, which completes all remaining jobs with `canceled`.
  void stop();

 private:
  EventLoop(TransferSettings settings, MultiHandle multi, std::unique_ptr<Transfer> first);

  void wake(std::unique_lock<std::mutex> lock);
  [[nodiscard]] bool take();
  void begin(std::unique_ptr<Job> job);
  void collect();
  void sweep();
  void wait();
  void finish(Transfer& transfer, CURLcode code);
  void abort(Transfer& transfer, Error error);
  [[nodiscard]] std::unique_ptr<Job> detach(Transfer& transfer);
  void shut_down();

  struct Done {
    std::unique_ptr<Job> job;
    Result<HttpResponse> result;
  };

  TransferSettings const settings_;
  MultiHandle multi_;

  std::mutex mutex_;  // guards the next four members
  std::vector<std::unique_ptr<Job>> queue_;
  bool asleep_ = false;  // in curl_multi_poll, or about to be
  bool cancellation_ = false;
  bool stopping_ = false;
  std::atomic<bool> deaf_{false};  // a wake-up failed, so the loop must check by itself
  // Threads that hold the handle to wake the loop. Incremented only under the lock.
  std::atomic<int> wakers_{0};

  // Used by the I/O thread only.
  std::vector<std::unique_ptr<Job>> incoming_;
  std::vector<std::unique_ptr<Transfer>> active_;
  std::vector<std::unique_ptr<Transfer>> idle_;
  std::vector<Done> done_;  // within `collect`
  bool sweep_due_ = false;
  // Never later than the earliest deadline.
  Job::Clock::time_point next_deadline_ = Job::Clock::time_point::max();
};

}  // namespace polycampaign::inline v1::transport
