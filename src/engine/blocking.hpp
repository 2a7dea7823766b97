#pragma once

#include "engine/call_run.hpp"

#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// Drives a call to its end on this thread. `event` is the call's waker.
[[nodiscard]] std::optional<Error> drive(Core& core, CallRun& run, std::shared_ptr<Event> const& event,
                                         CallOptions const& options);

/// Runs exchanges on the calling thread, all of them under the same options.
class BlockingConversation final : public protocol::Conversation {
 public:
  BlockingConversation(std::shared_ptr<Core> core, CallOptions options);
  [[nodiscard]] std::optional<Error> perform(protocol::Call const& call, Accept const& accept) override;

 private:
  std::shared_ptr<Core> core_;
  CallOptions options_;
};

}  // namespace polycampaign::inline v1::engine
