#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace polycampaign::inline v1::engine {

/// Threads that decode large responses. A caller that waits for such a response can still give up, and other
/// calls are not delayed. Each large response gets a thread of its own when it has arrived. All members may
/// be called from several threads at once.
class DecodeThreads {
 public:
  /// Size in bytes from which a response is decoded on its own thread. A full page of any built-in vendor is
  /// smaller.
  static constexpr std::size_t large = std::size_t{1024} * 1024;
  /// Maximum number of threads. Beyond it, and after `join`, no thread is started.
  static constexpr std::size_t most = 16;

  DecodeThreads();
  ~DecodeThreads();
  DecodeThreads(DecodeThreads const&) = delete;
  DecodeThreads& operator=(DecodeThreads const&) = delete;

  /// Runs the job on a thread. Returns false if no thread is available; the job has then not run.
  [[nodiscard]] bool start(std::function<void()> job);
  /// Waits for all threads. If it is called on one of them, it does not wait for that one, which ends by
  /// itself.
  void join() noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::engine
