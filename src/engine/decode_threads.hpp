#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace polycampaign::inline v1::engine {

/// Threads that decode large responses, so that whoever waits for one can still give up, and others are not
/// held up. One for each such response, started when it has come. All members may be called from several
/// threads at once.
class DecodeThreads {
 public:
  /// Bytes from which a response is decoded by a thread of its own. A full page of any built-in vendor is
  /// smaller.
  static constexpr std::size_t large = std::size_t{1024} * 1024;
  /// Threads at once; beyond, and after `join`, none is started.
  static constexpr std::size_t most = 16;

  DecodeThreads();
  ~DecodeThreads();
  DecodeThreads(DecodeThreads const&) = delete;
  DecodeThreads& operator=(DecodeThreads const&) = delete;

  /// Runs the job on a thread. False when none can be had: then it has not been run.
  [[nodiscard]] bool start(std::function<void()> job);
  /// Waits for all of them. On one of them it cannot wait for that one, which then ends by itself.
  void join() noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::engine
