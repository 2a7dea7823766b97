#include "interrupts.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <system_error>

namespace polycampaign::inline v1::command {

namespace {

constexpr int leave = SIGUSR1;

sigset_t watched() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, leave);
  // Ignored signals stay ignored: a shell ignores SIGINT for background jobs, and nohup ignores SIGHUP.
  for (int const number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&set, number);
  }
  return set;
}

}  // namespace

Interrupts::Interrupts() {
  auto const set = watched();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  try {
    thread_ = std::thread{[this, set] { wait_for(set); }};
  } catch (std::system_error const& error) {
    throw std::system_error{error.code(), "cannot start a thread"};
  }
}

void Interrupts::wait_for(sigset_t const& set) {
  for (;;) {
    int number = 0;
    if (::sigwait(&set, &number) != 0) continue;
    if (number == leave) {
      if (leaving_) return;
      continue;  // from another process
    }
    if (signal_.exchange(number) != 0) ::_exit(128 + number);
    signal_.notify_all();
    source_.cancel();
  }
}

Interrupts::~Interrupts() {
  leaving_ = true;
  ::pthread_kill(thread_.native_handle(), leave);
  thread_.join();
}

}  // namespace polycampaign::inline v1::command
