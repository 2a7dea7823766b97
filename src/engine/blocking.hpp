#pragma once

#include "engine/call_run.hpp"
#include "engine/conversation_effect.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// Drives a state machine to its end on this thread. `poll` returns true at the end. `wake_at` says when to
/// poll again even if nothing wakes `event`, which is the machine's waker.
void drive(Core& core, std::shared_ptr<runtime::Event> const& event, CallOptions const& options,
           std::function<bool()> const& poll,
           std::function<std::optional<runtime::TimePoint>()> const& wake_at);

/// Runs exchanges on the calling thread, all with the same options.
class BlockingConversation final : public protocol::Conversation {
 public:
  /// No request may do more than `most`.
  BlockingConversation(std::shared_ptr<Core> core, CallOptions options, Action most);
  [[nodiscard]] Result<Value> perform(protocol::Call const& call, Decode decode) override;
  /// Returns the effect of the whole conversation if it fails now.
  [[nodiscard]] Effect effect() const noexcept { return effect_.effect(); }

 private:
  std::shared_ptr<Core> core_;
  CallOptions options_;
  Action most_;
  ConversationEffect effect_;
};

}  // namespace polycampaign::inline v1::engine
