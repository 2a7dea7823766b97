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

/// A conversation that occupies no thread while it waits. Its script runs until it asks for an answer that
/// has not arrived; an error then ends this run of the script. When the answer has arrived, the script runs
/// again from the beginning, with the answers so far. Every request is made once, however often the script
/// runs: see docs/decisions/0005-conversations-run-again.md. Driven like a CallRun; the destructor abandons
/// the conversation.
class ConversationRun final : private protocol::Conversation {
 public:
  /// Stores its result itself. The result of an earlier run does not count.
  using Script = std::function<void(protocol::Conversation&)>;

  /// No request may do more than `most`.
  ConversationRun(std::shared_ptr<Core> core, Script script, CallOptions options, Action most);
  ~ConversationRun() override;

  /// Returns true when the script has run to its end. Pass the same waker every time.
  [[nodiscard]] bool poll(std::shared_ptr<runtime::Waker> const& waker);
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;
  /// Gives up what others would wait for, because nobody will poll for a while.
  void park();
  /// Returns the effect of the whole conversation after it has failed.
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
  std::size_t next_ = 0;  // step in this run of the script
  ConversationEffect effect_{};
  std::optional<Error> strayed_{};  // the script made a different request than before
};

}  // namespace polycampaign::inline v1::engine
