#include "engine/blocking.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

void drive(Core& core, std::shared_ptr<runtime::Event> const& event, CallOptions const& options,
           std::function<bool()> const& poll,
           std::function<std::optional<runtime::TimePoint>()> const& wake_at) {
  if (poll()) return;
  auto const wake = [event] { event->wake(); };
  CancelToken::Registration by_caller;
  if (options.cancel.can_be_canceled()) by_caller = options.cancel.on_cancel(wake);
  auto const by_close = core.closed.token().on_cancel(wake);
  while (!poll()) core.clock->wait(*event, wake_at());
}

BlockingConversation::BlockingConversation(std::shared_ptr<Core> core, CallOptions options, Action most)
    : core_{std::move(core)}, options_{std::move(options)}, most_{most} {}

Result<BlockingConversation::Value> BlockingConversation::perform(protocol::Call const& call, Decode decode) {
  if (auto error = exceeds(call, most_)) return *std::move(error);
  auto const event = std::make_shared<runtime::Event>();
  CallRun run{core_, call, std::move(decode), options_, event};
  drive(
      *core_, event, options_, [&] { return run.poll(); }, [&] { return run.wake_at(); });
  effect_.ended(call, run.error() ? &*run.error() : nullptr);
  if (run.error()) return *run.error();
  return run.take_value();
}

}  // namespace polycampaign::inline v1::engine
