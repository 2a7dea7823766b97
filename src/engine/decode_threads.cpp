#include "engine/decode_threads.hpp"

#include <algorithm>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Shared with the threads, because one of them may outlive the DecodeThreads.
struct DecodeThreads::State {
  std::mutex mutex{};
  std::vector<std::thread> running{};
  std::vector<std::thread::id> ended{};
  bool stopped = false;
};

DecodeThreads::DecodeThreads() : state_{std::make_shared<State>()} {}

DecodeThreads::~DecodeThreads() {
  join();
}

bool DecodeThreads::start(std::function<void()> job) {
  std::lock_guard const lock{state_->mutex};
  auto& running = state_->running;
  for (auto const id : std::exchange(state_->ended, {})) {
    auto const thread =
        std::find_if(running.begin(), running.end(), [&](auto const& one) { return one.get_id() == id; });
    thread->join();
    running.erase(thread);
  }
  if (state_->stopped || running.size() >= most) return false;
  try {
    running.emplace_back([state = state_, job = std::move(job)]() mutable {
      std::exchange(job, nullptr)();  // destroy what the job holds before the thread counts as ended
      std::lock_guard const ending{state->mutex};
      if (!state->stopped) state->ended.push_back(std::this_thread::get_id());
    });
  } catch (std::system_error const&) {
    return false;
  }
  return true;
}

void DecodeThreads::join() noexcept {
  std::vector<std::thread> running;
  {
    std::lock_guard const lock{state_->mutex};
    state_->stopped = true;
    running = std::exchange(state_->running, {});
    state_->ended.clear();
  }
  for (auto& thread : running) {
    if (thread.get_id() == std::this_thread::get_id()) {
      thread.detach();
    } else {
      thread.join();
    }
  }
}

}  // namespace polycampaign::inline v1::engine
