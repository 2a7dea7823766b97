#include "engine/blocking.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

std::optional<Error> drive(Core& core, CallRun& run, std::shared_ptr<Event> const& event,
                           CallOptions const& options) {
  if (!run.poll()) {
    auto const wake = [event] { event->wake(); };
    CancelToken::Registration by_caller;
    if (options.cancel.can_be_cancelled()) by_caller = options.cancel.on_cancel(wake);
    auto const by_close = core.closed.token().on_cancel(wake);
    while (!run.poll()) core.runtime->wait(*event, run.wake_at());
  }
  return run.error();
}

BlockingConversation::BlockingConversation(std::shared_ptr<Core> core, CallOptions options)
    : core_{std::move(core)}, options_{std::move(options)} {}

std::optional<Error> BlockingConversation::perform(protocol::Call const& call, Accept const& accept) {
  auto const event = std::make_shared<Event>();
  CallRun run{core_, call, accept, options_, event};
  return drive(*core_, run, event, options_);
}

}  // namespace polycampaign::inline v1::engine
