#include "transport/thread_starts.hpp"

#include <dlfcn.h>
#include <pthread.h>

#include <cerrno>

namespace polycampaign::test {

std::atomic<bool> no_thread_starts{false};

}  // namespace polycampaign::test

extern "C" __attribute__((visibility("default"))) int pthread_create(pthread_t* thread,
                                                                     pthread_attr_t const* how,
                                                                     void* (*body)(void*),
                                                                     void* argument) noexcept {
  static auto* const real = reinterpret_cast<decltype(&pthread_create)>(::dlsym(RTLD_NEXT, "pthread_create"));
  return polycampaign::test::no_thread_starts ? EAGAIN : real(thread, how, body, argument);
}
