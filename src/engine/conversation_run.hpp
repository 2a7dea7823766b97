#pragma once

#include "engine/call_run.hpp"
#include "engine/conversation_effect.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace polycampaign::inline v1::engine {

/// A conversation that takes no thread while it waits. Its script is run until it asks for an answer that is
/// not there yet, and left by an error; when the answer has come, it is run again from its beginning with the
/// answers so far. Every request is made once, however often the script is run: see
/// docs/decisions/0005-conversations-run-again.md. Driven like a CallRun; its destruction abandons it.
class ConversationRun final : private protocol::Conversation {
 public:
  /// Keeps its result itself; what an earlier run of it kept does not count.
  using Script = std::function<void(protocol::Conversation&)>;

  /// No request may do more than `most`.
  ConversationRun(std::shared_ptr<Core> core, Script script, CallOptions options, Action most);
  ~ConversationRun() override;

  /// True when the script has run to its end. The waker is the same every time.
  [[nodiscard]] bool poll(std::shared_ptr<runtime::Waker> const& waker);
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;
  /// Nobody will poll for a while: what others would wait for is given up.
  void park();
  /// Of the whole conversation, when it has failed.
  [[nodiscard]] Effect effect() const noexcept { return effect_.effect(); }

 private:
  struct Step;

  [[nodiscard]] Result<Value> perform(protocol::Call const& call, Decode decode) override;
  [[nodiscard]] std::optional<Result<Value>> answered() override;
  [[nodiscard]] Result<Value> repeat(Step const& step, std::uint64_t call);
  [[nodiscard]] bool waits() const noexcept;

  std::shared_ptr<Core> core_;
  Script script_;
  CallOptions options_;
  Action most_;
  std::shared_ptr<runtime::Waker> waker_{};
  std::vector<std::unique_ptr<Step>> steps_{};
  std::size_t next_ = 0;  // in this run of the script
  ConversationEffect effect_{};
  std::optional<Error> strayed_{};  // the script asked for something else than before
};

}  // namespace polycampaign::inline v1::engine
