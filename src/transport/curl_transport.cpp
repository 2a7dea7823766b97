#include "polycampaign/transport.hpp"
#include "polycampaign/version.hpp"

#include "transport/curl_error.hpp"
#include "transport/curl_library.hpp"
#include "transport/descriptors.hpp"
#include "transport/event_loop.hpp"
#include "transport/request_check.hpp"

#ifndef _WIN32
#include <unistd.h>

#include <csignal>
#endif

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace polycampaign::inline v1 {
namespace transport {
namespace {

#ifdef _WIN32
using ProcessId = int;
ProcessId this_process() noexcept {
  return 0;
}
void block_sigpipe() noexcept {}
#else
using ProcessId = pid_t;
ProcessId this_process() noexcept {
  return ::getpid();
}

// A write to a connection that the peer has closed must not kill the process, and the library must not change
// how the process handles SIGPIPE. Threads that libcurl starts for name resolution inherit the mask.
void block_sigpipe() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}
#endif

// Long enough for anyone, and does not overflow when it is added to a time.
constexpr std::chrono::milliseconds longest_timeout = std::chrono::hours{24 * 20};

class CurlTransport final : public Transport {
 public:
  CurlTransport(std::shared_ptr<EventLoop> loop, bool allow_plain_http)
      : loop_{std::move(loop)}, check_{allow_plain_http} {
    thread_ = std::thread{[owned = loop_] {
      block_sigpipe();
      owned->run();
    }};
  }

  ~CurlTransport() override {
    if (this_process() != process_) {
      // In a child after fork() there is no I/O thread, and its lock may be held forever: leave everything as
      // it is.
      // NOLINTBEGIN(bugprone-unhandled-exception-at-new): a child without memory for that ends
      static_cast<void>(new std::shared_ptr<EventLoop>{std::move(loop_)});
      static_cast<void>(new std::thread{std::move(thread_)});
      // NOLINTEND(bugprone-unhandled-exception-at-new)
      return;
    }
    loop_->stop();
    if (thread_.get_id() == std::this_thread::get_id()) {
      thread_.detach();  // inside a completion: the thread owns the loop and ends after us
    } else {
      thread_.join();
    }
  }

  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    auto job = std::make_unique<Job>();
    job->request = std::move(request);
    job->options = std::move(options);
    job->completion = std::move(completion);
    auto const route = check_(job->request, job->options);
    if (!route) return job->completion(route.error());
    if (this_process() != process_) {
      return job->completion(Error{.code = ErrorCode::configuration,
                                   .message = "this transport was created before the process forked: create "
                                              "another one in the child process"});
    }
    job->route = *route;
    job->options.timeout = std::min(job->options.timeout, longest_timeout);
    job->deadline = Job::Clock::now() + job->options.timeout;
    if (!job->options.gate) job->options.gate = std::make_shared<SendGate>();
    if (job->options.cancel.can_be_canceled()) {
      job->registration = job->options.cancel.on_cancel([loop = loop_.get(), canceled = job.get()] {
        canceled->options.gate->abandon();  // from now on nothing is sent, however busy the loop is
        canceled->canceled = true;
        loop->notice_cancellation();
      });
    }
    loop_->submit(std::move(job));
  }

 private:
  std::shared_ptr<EventLoop> loop_;
  RequestCheck check_;
  ProcessId const process_ = this_process();
  std::thread thread_;
};

}  // namespace
}  // namespace transport

Result<std::shared_ptr<Transport>> make_curl_transport(CurlTransportOptions options) {
  using namespace transport;
  if (auto error = prepare_curl()) return *std::move(error);
  if (options.max_connections_per_host < 1) {
    return configuration("max_connections_per_host must be positive");
  }
  if (options.max_response_bytes == 0) return configuration("max_response_bytes must be positive");
  auto const control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  if (std::any_of(options.user_agent.begin(), options.user_agent.end(), control)) {
    return configuration("user_agent contains a control character");
  }
  auto pin_error = check_pin(options.pinned_public_key);
  auto authorities = trusted_authorities(options.ca_file);
  // If no descriptor is free, existing files look as if they were missing.
  if ((pin_error || !authorities || authorities->empty()) && descriptors_exhausted())
    return no_descriptor("the trusted certificates cannot be read");
  if (pin_error) return *std::move(pin_error);
  if (!authorities) return std::move(authorities).error();

  auto agent =
      options.user_agent.empty() ? "polycampaign/" + std::string{version()} : std::move(options.user_agent);
  auto loop = EventLoop::make({.authorities = *std::move(authorities),
                               .pinned_public_key = std::move(options.pinned_public_key),
                               .proxies = std::make_shared<Proxies const>(Proxies{
                                   .http = environment_proxy("http"), .https = environment_proxy("https")}),
                               .user_agent = std::move(agent),
                               .max_response_bytes = options.max_response_bytes},
                              options.max_connections_per_host);
  if (!loop) return std::move(loop).error();
#if defined(__cpp_exceptions)
  try {
    return std::shared_ptr<Transport>{
        std::make_shared<CurlTransport>(*std::move(loop), options.allow_plain_http)};
  } catch (std::system_error const& error) {
    return Error{.code = ErrorCode::unavailable,
                 .transient = true,
                 .message = std::string{"cannot start a thread: "} + error.what()};
  }
#else
  return std::shared_ptr<Transport>{
      std::make_shared<CurlTransport>(*std::move(loop), options.allow_plain_http)};
#endif
}

}  // namespace polycampaign::inline v1
