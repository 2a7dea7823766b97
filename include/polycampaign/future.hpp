#pragma once

#include "polycampaign/completion.hpp"

#include <future>
#include <memory>
#include <utility>

namespace polycampaign::inline v1 {

/// Returns the result of an asynchronous operation as a std::future, for code that waits for many at once:
///
///     auto campaign = as_future<Campaign>([&](auto done) { client.async_get(id, {}, std::move(done)); });
///
/// It calls `start` once, immediately, with a `Completion<T>`. The future holds errors as values. Its `get`
/// throws only std::future_error, and only if the completion was destroyed without having been called.
///
/// Errors: those of the operation.
template <class T, class Start>
[[nodiscard]] std::future<Result<T>> as_future(Start&& start) {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  std::forward<Start>(start)(Completion<T>{
      [promise = std::move(promise)](Result<T> result) { promise->set_value(std::move(result)); }});
  return future;
}

}  // namespace polycampaign::inline v1
