#include "interrupts.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace polycampaign::inline v1::command {

namespace {

constexpr int leave = SIGUSR1;

sigset_t watched() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, leave);
  // a shell starts background jobs with SIGINT ignored: that stays so
  struct sigaction action {};
  if (::sigaction(SIGINT, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

Interrupts::Interrupts() {
  auto const set = watched();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread{[this, set] {
    for (;;) {
      int number = 0;
      if (::sigwait(&set, &number) != 0) continue;
      if (number == leave) return;
      if (signal_.exchange(number) != 0) ::_exit(128 + number);
      signal_.notify_all();
      source_.cancel();
    }
  }};
}

Interrupts::~Interrupts() {
  ::pthread_kill(thread_.native_handle(), leave);
  thread_.join();
}

}  // namespace polycampaign::inline v1::command
