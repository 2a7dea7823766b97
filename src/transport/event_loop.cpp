#include "transport/event_loop.hpp"

#include "transport/curl_error.hpp"
#include "transport/descriptors.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace polycampaign::inline v1::transport {
namespace {

constexpr std::size_t most_idle_transfers = 32;
constexpr long least_idle_connections = 32;
// The maximum delay caused by the first failed wake-up, which happens if something has closed libcurl's
// descriptors. Afterwards, the second constant applies.
constexpr int longest_wait = 1'000;
constexpr int longest_wait_of_the_deaf = 20;
constexpr char const* closed = "the transport was closed";

void complete(std::unique_ptr<Job> job, Result<HttpResponse> result) {
  // From here on, nobody can cancel the job, and no callback of the token runs.
  job->registration = {};
  job->completion(std::move(result));
}

// One at a time: while the descriptors of one handle are searched for, none of our other handles has any that
// are not hidden yet.
constinit std::mutex making;

// Returns null if no file descriptor is free. Without the descriptors that wake it, libcurl still creates a
// handle, which would sleep forever.
MultiHandle make_multi() {
  std::lock_guard const lock{making};
  MultiHandle multi{curl_multi_init()};
  if (!multi || curl_multi_wakeup(multi.get()) != CURLM_OK) return nullptr;
  hide_wakeup_descriptors(multi.get());
  return multi;
}

}  // namespace

EventLoop::EventLoop(TransferSettings settings, MultiHandle multi, std::unique_ptr<Transfer> first)
    : settings_{std::move(settings)}, multi_{std::move(multi)} {
  idle_.push_back(std::move(first));
}

Result<std::shared_ptr<EventLoop>> EventLoop::make(TransferSettings settings, int max_connections_per_host) {
  // The first transfer shows whether this libcurl supports the settings.
  auto first = Transfer::make(settings);
  if (!first) return std::move(first).error();
  auto multi = make_multi();
  if (!multi) return no_descriptor("libcurl cannot start");
  auto const per_host = static_cast<long>(max_connections_per_host);
  curl_multi_setopt(multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, per_host);
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, std::max(least_idle_connections, 4 * per_host));
  return std::shared_ptr<EventLoop>{new EventLoop{std::move(settings), std::move(multi), *std::move(first)}};
}

void EventLoop::submit(std::unique_ptr<Job> job) {
  std::unique_lock lock{mutex_};
  if (!stopping_) {
    queue_.push_back(std::move(job));
    return wake(std::move(lock));
  }
  lock.unlock();
  auto error = job->error(ErrorCode::canceled, closed);
  complete(std::move(job), std::move(error));
}

void EventLoop::notice_cancellation() {
  std::unique_lock lock{mutex_};
  cancellation_ = true;
  wake(std::move(lock));
}

void EventLoop::stop() {
  std::unique_lock lock{mutex_};
  stopping_ = true;
  wake(std::move(lock));
}

void EventLoop::wake(std::unique_lock<std::mutex> lock) {
  if (!std::exchange(asleep_, false)) return;
  // Wake without holding the lock, which the woken thread needs first of all. However, that thread could
  // finish all its work before this one is done with the handle, and the transport could be destroyed with
  // it.
  ++wakers_;
  lock.unlock();
  if (curl_multi_wakeup(multi_.get()) != CURLM_OK) deaf_ = true;
  --wakers_;
}

void EventLoop::run() {
  while (take()) {
    int running = 0;
    auto const problem = curl_multi_perform(multi_.get(), &running);
    collect();
    sweep();
    if (problem != CURLM_OK) {
      while (!active_.empty()) finish(*active_.back(), CURLE_FAILED_INIT);
    }
    wait();
  }
  shut_down();
}

bool EventLoop::take() {
  {
    std::lock_guard const lock{mutex_};
    asleep_ = false;
    if (stopping_) return false;
    incoming_.swap(queue_);
    sweep_due_ = std::exchange(cancellation_, false);
  }
  for (auto& job : incoming_) begin(std::move(job));
  incoming_.clear();
  return true;
}

void EventLoop::begin(std::unique_ptr<Job> job) {
  if (job->canceled) {
    auto error = job->error(ErrorCode::canceled, "canceled");
    return complete(std::move(job), std::move(error));
  }
  if (idle_.empty()) {
    auto made = Transfer::make(settings_);
    if (!made) {
      auto error = job->error(ErrorCode::network, std::move(made.error().message));
      return complete(std::move(job), std::move(error));
    }
    idle_.push_back(*std::move(made));
  }
  auto& transfer = *idle_.back();
  transfer.place = active_.size();
  next_deadline_ = std::min(next_deadline_, job->deadline);
  active_.push_back(std::move(idle_.back()));
  idle_.pop_back();
  if (!transfer.begin(std::move(job)) || curl_multi_add_handle(multi_.get(), transfer.handle()) != CURLM_OK) {
    finish(transfer, CURLE_OUT_OF_MEMORY);
  }
}

void EventLoop::collect() {
  int left = 0;
  while (auto const* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    auto& transfer = Transfer::of(message->easy_handle);
    auto result = transfer.result(message->data.result);
    done_.push_back({detach(transfer), std::move(result)});
  }
  // Complete the oldest last. A thread usually waits for that one: when it wakes, the others are there as
  // well, and it need not wait for each of them.
  for (; !done_.empty(); done_.pop_back())
    complete(std::move(done_.back().job), std::move(done_.back().result));
}

// libcurl knows nothing of cancel tokens, and its CURLOPT_TIMEOUT_MS does not run while a transfer waits for
// one of the connections to its host.
void EventLoop::sweep() {
  auto const now =
      next_deadline_ == Job::Clock::time_point::max() ? Job::Clock::time_point{} : Job::Clock::now();
  if (!std::exchange(sweep_due_, false) && now < next_deadline_) return;
  next_deadline_ = Job::Clock::time_point::max();
  for (std::size_t i = 0; i < active_.size();) {
    auto& transfer = *active_[i];
    auto const& job = transfer.job();
    if (job.canceled) {
      abort(transfer, job.error(ErrorCode::canceled, "canceled"));
    } else if (job.deadline <= now) {
      abort(transfer, curl_error({.code = CURLE_OPERATION_TIMEDOUT}, job, {}));
    } else {
      next_deadline_ = std::min(next_deadline_, job.deadline);
      ++i;
    }
  }
}

void EventLoop::wait() {
  int most = deaf_ ? longest_wait_of_the_deaf : longest_wait;
  if (next_deadline_ != Job::Clock::time_point::max()) {
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(next_deadline_ - Job::Clock::now()).count();
    most = static_cast<int>(std::clamp<decltype(left)>(left, 0, most));
  }
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || cancellation_ || !queue_.empty()) return;
    asleep_ = true;
  }
  if (curl_multi_poll(multi_.get(), nullptr, 0, most, nullptr) != CURLM_OK)
    std::this_thread::sleep_for(std::chrono::milliseconds{longest_wait_of_the_deaf});  // do not spin
}

void EventLoop::finish(Transfer& transfer, CURLcode code) {
  auto result = transfer.result(code);
  complete(detach(transfer), std::move(result));
}

void EventLoop::abort(Transfer& transfer, Error error) {
  complete(detach(transfer), std::move(error));
}

std::unique_ptr<Job> EventLoop::detach(Transfer& transfer) {
  curl_multi_remove_handle(multi_.get(), transfer.handle());
  auto job = transfer.end();
  auto const place = transfer.place;
  auto own = std::move(active_[place]);
  if (place + 1 != active_.size()) {
    active_[place] = std::move(active_.back());
    active_[place]->place = place;
  }
  active_.pop_back();
  if (idle_.size() < most_idle_transfers) idle_.push_back(std::move(own));
  return job;
}

void EventLoop::shut_down() {
  while (!active_.empty()) {
    auto& transfer = *active_.back();
    abort(transfer, transfer.job().error(ErrorCode::canceled, closed));
  }
  // Nobody adds to the queue any longer.
  for (auto& job : queue_) {
    auto error = job->error(ErrorCode::canceled, closed);
    complete(std::move(job), std::move(error));
  }
  queue_.clear();
  // Do this here, not in the destructor: TLS connections write their closing messages where SIGPIPE is
  // blocked.
  idle_.clear();
  while (wakers_ != 0) std::this_thread::yield();
  multi_.reset();
}

}  // namespace polycampaign::inline v1::transport
