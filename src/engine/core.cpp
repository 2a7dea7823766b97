#include "engine/core.hpp"

#include "polycampaign/protocol/redact.hpp"
#include "polycampaign/version.hpp"

#include <atomic>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

thread_local Core const* reporting = nullptr;  // the core whose sink this thread is in

std::string user_agent_of(std::string const& suffix) {
  auto text = "polycampaign/" + std::string{version()};
  if (!suffix.empty()) text += ' ' + suffix;
  return text;
}

bool logs_in(Adapter const& adapter) {
  auto log_in = adapter.log_in();
  if (log_in) wipe(log_in->call.request);  // it holds the credential
  return log_in.has_value();
}

}  // namespace

Core::Core(EngineOptions options)
    : adapter{std::move(options.adapter)},
      transport{std::move(options.transport)},
      clock{std::move(options.clock)},
      timeout{options.timeout},
      connect_timeout{options.connect_timeout},
      retry{options.retry},
      user_agent{user_agent_of(options.user_agent_suffix)},
      log{std::move(options.log)},
      executor{std::move(options.executor)},
      has_log_in{logs_in(*adapter)},
      pacer{options.pacing, retry.rate_limit_patience > std::chrono::milliseconds{0}} {}

std::optional<Error> Core::given_up(CallOptions const& call, bool logging_out) const {
  if (call.cancel.canceled()) return Error{.code = ErrorCode::canceled, .message = "canceled by the caller"};
  if (!logging_out && closed.token().canceled())
    return Error{.code = ErrorCode::canceled, .message = "the client was closed"};
  if (call.deadline && clock->now() >= *call.deadline)
    return Error{.code = ErrorCode::deadline_exceeded, .message = "the call's deadline has passed"};
  return std::nullopt;
}

RetryDecision Core::decide(FailedAttempt failed) {
  std::lock_guard const lock{budget_mutex_};
  failed.budget = budget_;
  auto const decision = decide_retry(retry, failed);
  if (decision.wait && !decision.limited) budget_.retried();
  return decision;
}

void Core::succeeded() {
  std::lock_guard const lock{budget_mutex_};
  budget_.succeeded();
}

std::string Core::masked(std::string text, SessionPtr const& used) const {
  auto secrets = adapter->secrets();
  auto const [current, previous] = authenticator.known();
  for (auto const& session : {current, previous, used}) {
    if (session == nullptr) continue;
    secrets.push_back(session->token.access.reveal());
    secrets.push_back(session->token.refresh.reveal());
  }
  return protocol::mask_secrets(std::move(text), secrets);
}

Error Core::completed(Error error, SessionPtr const& used) const {
  error.provider = adapter->capabilities().provider;
  error.message = masked(std::move(error.message), used);
  error.vendor_code = masked(protocol::safe_text(error.vendor_code), used);
  return error;
}

void Core::report(LogEvent const& event) const noexcept {
  auto const* const outer = std::exchange(reporting, this);
  try {
    log(event);
  } catch (...) {  // an error in a sink must not become the call's error
  }
  reporting = outer;
}

bool Core::in_sink() const noexcept {
  return reporting == this;
}

Error Core::unthreaded() const {
  if (closed.token().canceled()) return {.code = ErrorCode::canceled, .message = "the client was closed"};
  return {.code = ErrorCode::unavailable, .transient = true, .message = "cannot start a thread"};
}

void Core::call_back(std::function<void()> completion) const {
  if (!executor) return completion();
  auto const once = [completion = std::move(completion),
                     called = std::make_shared<std::atomic<bool>>(false)] {
    if (!called->exchange(true)) completion();
  };
  try {
    executor(once);
  } catch (...) {  // the executor refused the work, but nobody may wait for it in vain
    once();
  }
}

}  // namespace polycampaign::inline v1::engine
