#pragma once

#include <atomic>

namespace polycampaign::test {

/// While this is true, no thread of the program starts. The program must export its symbols
/// (ENABLE_EXPORTS), so that the dynamic linker finds our `pthread_create` before that of the C library.
extern std::atomic<bool> no_thread_starts;

}  // namespace polycampaign::test
