#pragma once

#include "polycampaign/result.hpp"

#include <functional>

namespace polycampaign::inline v1 {

/// The callback of an asynchronous operation, called exactly once when the operation has ended. It must not
/// throw. It may call any member of the client and may destroy the client.
template <class T>
using Completion = std::function<void(Result<T>)>;

/// Runs completions where the application wants them, for example
/// `[&](auto work) { asio::post(io, std::move(work)); }`. The client calls the executor on one of its
/// threads, once for each completion. The executor must call the function it receives exactly once: on any
/// thread, immediately or later, even if the client no longer exists by then.
using Executor = std::function<void(std::function<void()>)>;

}  // namespace polycampaign::inline v1
