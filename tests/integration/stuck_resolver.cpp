#include "integration/stuck_resolver.hpp"

#include "transport/behaviour_server.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <mutex>

namespace polycampaign::test {
namespace {

struct State {
  std::mutex mutex;
  std::condition_variable changed;
  bool held = false;
  int inside = 0;
};

/// Never destroyed: libcurl leaves look-ups behind that hang.
State& state() {
  static auto* const one = new State;
  return *one;
}

}  // namespace

void StuckResolver::hold() {
  std::lock_guard const lock{state().mutex};
  state().held = true;
}

void StuckResolver::release() {
  std::unique_lock lock{state().mutex};
  state().held = false;
  state().changed.notify_all();
  state().changed.wait(lock, [] { return state().inside == 0; });
}

bool StuckResolver::entered() {
  std::unique_lock lock{state().mutex};
  return state().changed.wait_for(lock, loopback::patience, [] { return state().inside > 0; });
}

}  // namespace polycampaign::test

// The program exports it (ENABLE_EXPORTS), so that the dynamic linker finds it before the C library's.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(char const* node, char const* service,
                                                                  addrinfo const* hints, addrinfo** result) {
  using polycampaign::test::state;
  if (node != nullptr && node == polycampaign::test::StuckResolver::host) {
    auto& all = state();
    std::unique_lock lock{all.mutex};
    ++all.inside;
    all.changed.notify_all();
    all.changed.wait(lock, [&] { return !all.held; });
    --all.inside;
    all.changed.notify_all();
    return EAI_AGAIN;
  }
  static auto const next = reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return next(node, service, hints, result);
}
