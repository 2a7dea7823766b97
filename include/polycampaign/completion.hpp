#pragma once

#include "polycampaign/result.hpp"

#include <functional>

namespace polycampaign::inline v1 {

/// What an asynchronous operation calls when it has ended: exactly once. It must not throw. It may call any
/// member of the client, and may destroy the client.
template <class T>
using Completion = std::function<void(Result<T>)>;

/// Runs completions where the application wants them, for example `[&](auto work) { asio::post(io,
/// std::move(work)); }`. Called on a thread of the client for each completion; it must call the function
/// once, on any thread, at once or later, also when the client is gone by then.
using Executor = std::function<void(std::function<void()>)>;

}  // namespace polycampaign::inline v1
