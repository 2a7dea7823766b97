#include "client/callback_threads.hpp"

namespace polycampaign::inline v1 {

CallbackThreads::CallbackThreads(std::size_t threads)
    : pool_{std::make_shared<runtime::WorkerPool>(std::make_shared<runtime::Clock>(), threads)} {}

Result<std::shared_ptr<CallbackThreads>> make_callback_threads(std::size_t threads) {
  if (threads < 1 || threads > 64)
    return Error{.code = ErrorCode::configuration,
                 .message = "make_callback_threads: the number of threads must be from 1 to 64"};
  return std::make_shared<CallbackThreads>(threads);
}

}  // namespace polycampaign::inline v1
