#include "client/engine_client.hpp"

#include "polycampaign/operations.hpp"

#include "engine/async_list.hpp"
#include "engine/list_reader.hpp"

#include <memory>
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
  return engine_.run<AnyAnswer>(
      [&](protocol::Conversation& conversation) {
        return engine_.core()->adapter->perform(operation, conversation);
      },
      options, operation.what().action);
}

void EngineClient::perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done) {
  if (operation.as<EndSession>() != nullptr) {
    engine_.start_close(std::move(options), [done = std::move(done)](Result<void> closed) {
      done(detail::erased(std::move(closed)));
    });
    return;
  }
  auto const most = operation.what().action;
  engine_.start<AnyAnswer>(
      [adapter = engine_.core()->adapter, operation = std::move(operation)](
          protocol::Conversation& conversation) { return adapter->perform(operation, conversation); },
      std::move(options), most, std::move(done));
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
