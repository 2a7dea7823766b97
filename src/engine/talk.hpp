#pragma once

#include "engine/call_run.hpp"
#include "engine/effect.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace polycampaign::inline v1::engine {

/// A conversation that takes no thread while it waits. Its script is run until it asks for an answer that is
/// not there yet, and left by an error; when the answer has come, it is run again from its beginning with the
/// answers so far. Every request is made once, however often the script is run: see
/// docs/decisions/0005-conversations-run-again.md. Driven like a CallRun; its destruction abandons it.
class Talk final : private protocol::Conversation {
 public:
  /// Keeps its result itself; what an earlier run of it kept does not count.
  using Script = std::function<void(protocol::Conversation&)>;

  Talk(std::shared_ptr<Core> core, Script script, CallOptions options);
  ~Talk() override;

  /// True when the script has run to its end. The waker is the same every time.
  [[nodiscard]] bool poll(std::shared_ptr<Waker> const& waker);
  [[nodiscard]] std::optional<TimePoint> wake_at() const;
  /// Nobody will poll for a while: what others would wait for is given up.
  void park();
  /// Of the whole conversation, when it has failed.
  [[nodiscard]] Effect effect() const noexcept { return conduct_.effect(); }

 private:
  struct Step;

  [[nodiscard]] Result<Value> perform(protocol::Call const& call, Decode decode) override;
  [[nodiscard]] Result<Value> repeat(Step const& step, protocol::Call const& call);
  [[nodiscard]] bool waits() const noexcept;

  std::shared_ptr<Core> core_;
  Script script_;
  CallOptions options_;
  std::shared_ptr<Waker> waker_{};
  std::vector<std::unique_ptr<Step>> steps_{};
  std::size_t next_ = 0;  // in this run of the script
  Conduct conduct_{};
  std::optional<Error> strayed_{};  // the script asked for something else than before
};

}  // namespace polycampaign::inline v1::engine
