#pragma once

#include "engine/engine.hpp"

#include <functional>
#include <utility>

namespace polycampaign::test {

/// An engine that can also run a single exchange as a conversation, and whose conversations may do anything
/// at the vendor.
class Engine : public engine::Engine {
 public:
  using engine::Engine::Engine;
  using engine::Engine::run;
  using engine::Engine::start;

  template <class T>
  [[nodiscard]] Result<T> run(std::function<Result<T>(protocol::Conversation&)> const& script,
                              CallOptions const& options) {
    return run<T>(script, options, Action::sends);
  }
  template <class T>
  void start(std::function<Result<T>(protocol::Conversation&)> script, CallOptions options,
             Completion<T> done) {
    start<T>(std::move(script), std::move(options), Action::sends, std::move(done));
  }
  template <class T>
  [[nodiscard]] Result<T> run(protocol::Exchange<T> const& exchange, CallOptions const& options = {}) {
    return run<T>([&](protocol::Conversation& it) { return it.run(exchange); }, options, Action::sends);
  }
  template <class T>
  void start(protocol::Exchange<T> exchange, CallOptions options, Completion<T> done) {
    start<T>([exchange = std::move(exchange)](protocol::Conversation& it) { return it.run(exchange); },
             std::move(options), Action::sends, std::move(done));
  }
};

}  // namespace polycampaign::test
