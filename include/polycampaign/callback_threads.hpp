#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <memory>

namespace polycampaign::inline v1 {

/// A few threads that run the asynchronous operations of any number of clients. Completions run there too,
/// unless `ClientOptions::executor` takes them. A client keeps its threads alive as long as it exists, and an
/// operation as long as it runs. If all clients of a process share them, the process needs only a few
/// threads.
///
/// Threads: may be given to several clients, from several threads at once.
class CallbackThreads;

/// Returns threads for `ClientOptions::callback_threads`. The number of `threads`, 1 to 64, is a maximum;
/// each is started with one of the first operations. A completion that blocks delays all clients that share
/// the threads.
///
/// Errors: `configuration` (the number is out of range).
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<CallbackThreads>> make_callback_threads(
    std::size_t threads = 2);

}  // namespace polycampaign::inline v1
