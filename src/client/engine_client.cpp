#include "client/engine_client.hpp"

#include "polycampaign/operations.hpp"

#include "client/preparation.hpp"
#include "engine/async_list.hpp"
#include "engine/list_reader.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::client {

namespace {

/// Returns the pages of the list that `operation` describes, or null if the adapter does not have that list.
template <template <class> class Source, class... Context>
std::unique_ptr<AnyPageSource> source_of(Adapter const& adapter, AnyOperation const& operation,
                                         ListOptions options, Context const&... context) {
  std::unique_ptr<AnyPageSource> source;
  if (adapter.has(operation.what()))
    detail::visit(operation, Operations{}, [&]<class Op>(Op const& list) {
      if constexpr (ListOperation<Op>)
        source = std::make_unique<Source<Op>>(context..., list, std::move(options));
    });
  return source;
}

}  // namespace

EngineClient::EngineClient(engine::EngineOptions options) : engine_{std::move(options)} {}

Capabilities const& EngineClient::capabilities() const noexcept {
  return engine_.core()->adapter->capabilities();
}

Result<AnyAnswer> EngineClient::perform(AnyOperation const& operation, CallOptions const& options) {
  if (operation.as<EndSession>() != nullptr) return detail::erased(engine_.close(options));
  auto const& core = *engine_.core();
  auto prepared = Preparation::of(operation, *core.adapter, *core.clock);
  if (!prepared) return core.completed(std::move(prepared).error());
  auto answer = engine_.run<AnyAnswer>(
      [&](protocol::Conversation& conversation) {
        return core.adapter->perform(prepared->operation(), conversation);
      },
      options, operation.what().action);
  if (answer) prepared->complete(*answer);
  return answer;
}

Result<Plan> EngineClient::plan(NewCampaign const& campaign) const {
  auto const& core = *engine_.core();
  auto checked = plan_for(*core.adapter, campaign, core.clock->system_now());
  if (!checked) return core.completed(std::move(checked).error());
  return checked;
}

void EngineClient::perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done) {
  if (operation.as<EndSession>() != nullptr) {
    engine_.start_close(std::move(options), [done = std::move(done)](Result<void> closed) {
      done(detail::erased(std::move(closed)));
    });
    return;
  }
  auto const most = operation.what().action;
  auto const prepared = std::make_shared<std::optional<Result<Preparation>>>();
  engine_.start<AnyAnswer>(
      [core = engine_.core(), prepared,
       operation = std::move(operation)](protocol::Conversation& conversation) -> Result<AnyAnswer> {
        // only once, although a conversation runs again after each answer
        if (!*prepared) prepared->emplace(Preparation::of(operation, *core->adapter, *core->clock));
        if (!**prepared) return (*prepared)->error();
        return core->adapter->perform((**prepared)->operation(), conversation);
      },
      std::move(options), most,
      [prepared, done = std::move(done)](Result<AnyAnswer> answer) {
        if (answer) (**prepared)->complete(*answer);
        done(std::move(answer));
      });
}

std::unique_ptr<AnyPageSource> EngineClient::open(AnyOperation const& operation, ListOptions options) {
  return source_of<engine::ListReader>(*engine_.core()->adapter, operation, std::move(options),
                                       engine_.core());
}

std::unique_ptr<AnyPageSource> EngineClient::open_async(AnyOperation const& operation, ListOptions options) {
  return source_of<engine::AsyncList>(*engine_.core()->adapter, operation, std::move(options), engine_.core(),
                                      engine_.tasks());
}

}  // namespace polycampaign::inline v1::client
