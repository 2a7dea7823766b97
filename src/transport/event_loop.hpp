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

/// Runs transfers on one thread, which must own it together with the transport: the transport may die on that
/// very thread, inside a completion.
class EventLoop {
 public:
  /// Errors: `configuration`; `unavailable` when no file descriptor is free.
  [[nodiscard]] static Result<std::shared_ptr<EventLoop>> make(TransferSettings settings,
                                                               int max_connections_per_host);
  EventLoop(EventLoop const&) = delete;
  EventLoop& operator=(EventLoop const&) = delete;

  /// The I/O thread's life: returns after `stop`, when every job has been completed.
  void run();

  // From any thread.

  /// Takes over the job; completes it at once with `canceled` after `stop`.
  void submit(std::unique_ptr<Job> job);
  /// Has the loop look for canceled jobs.
  void notice_cancellation();
  /// Ends `run`: jobs not yet completed are completed there with `canceled`.
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

  TransferSettings const settings_;
  MultiHandle multi_;

  std::mutex mutex_;  // for the next four
  std::vector<std::unique_ptr<Job>> queue_;
  bool asleep_ = false;  // in curl_multi_poll, or about to be
  bool cancellation_ = false;
  bool stopping_ = false;
  std::atomic<bool> deaf_{false};  // it could not be woken: it has to look by itself
  std::atomic<int> wakers_{0};     // threads that hold the handle to wake the loop; rises under the lock only

  // The I/O thread's own.
  std::vector<std::unique_ptr<Job>> incoming_;
  std::vector<std::unique_ptr<Transfer>> active_;
  std::vector<std::unique_ptr<Transfer>> idle_;
  bool sweep_due_ = false;
  Job::Clock::time_point next_deadline_ = Job::Clock::time_point::max();  // never later than the earliest
};

}  // namespace polycampaign::inline v1::transport
