#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <memory>

namespace polycampaign::inline v1 {

/// A few threads on which the asynchronous operations of any number of clients go on. Their completions run
/// there too, unless `ClientOptions::executor` takes them. A client holds its threads as long as it lives,
/// and its operations as long as they run. Shared by all clients of a process, they keep the number of its
/// threads small.
///
/// Threads: may be given to several clients, from several threads at once.
class CallbackThreads;

/// Threads for `ClientOptions::callback_threads`: `threads`, 1 to 64, are started with the first operations.
/// A completion that blocks holds up all clients that share them.
///
/// Errors: `configuration` (no such number).
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<CallbackThreads>> make_callback_threads(
    std::size_t threads = 2);

}  // namespace polycampaign::inline v1
