#include "polycampaign/transport.hpp"

#include "polycampaign/secret.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

// How late a transport may be with its own, more precise timeout error before this function returns one.
constexpr std::chrono::milliseconds grace{30};
// Longer timeouts mean "never", and would overflow the clock.
constexpr std::chrono::milliseconds longest_timeout = std::chrono::hours{24 * 3'650};

// Owned by both the caller and the transport, so that it still exists for a late completion.
struct Waiting {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Result<HttpResponse>> answer;
  bool canceled = false;
  bool given_up = false;

  void complete(Result<HttpResponse> result) {
    {
      std::lock_guard const lock{mutex};
      if (given_up || answer) return;
      answer.emplace(std::move(result));
    }
    changed.notify_all();
  }
  void cancel() {
    {
      std::lock_guard const lock{mutex};
      canceled = true;
    }
    changed.notify_all();
  }
};

Error refused(std::string message) {
  return {.code = ErrorCode::invalid_argument, .message = std::move(message)};
}

}  // namespace

void wipe(HttpRequest& request) noexcept {
  wipe(request.url);
  for (auto& header : request.headers) wipe(header.value);
  wipe(request.body);
}

std::string const* HttpResponse::header(std::string_view name) const noexcept {
  auto const found = std::ranges::find_if(
      headers, [&](Header const& header) { return text::equal_ignoring_case(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}

bool SendGate::open(bool may_repeat) noexcept {
  std::uint8_t seen = waiting;
  if (state_.compare_exchange_strong(seen, sent, std::memory_order_acq_rel)) return true;
  return seen == sent && may_repeat;
}

bool SendGate::abandon() noexcept {
  auto seen = state_.load(std::memory_order_acquire);
  for (;;) {
    switch (seen) {
      case waiting:
        if (state_.compare_exchange_weak(seen, abandoned, std::memory_order_acq_rel)) return true;
        break;
      case sent:
        if (state_.compare_exchange_weak(seen, sent_and_abandoned, std::memory_order_acq_rel)) return false;
        break;
      default: return seen == abandoned;
    }
  }
}

bool SendGate::opened() const noexcept {
  auto const seen = state_.load(std::memory_order_acquire);
  return seen == sent || seen == sent_and_abandoned;
}

Transport::Transport() = default;
Transport::~Transport() = default;

Result<HttpResponse> Transport::send(HttpRequest request, TransferOptions options) {
  using std::chrono::milliseconds;
  if (options.timeout <= milliseconds::zero()) return refused("timeout must be positive");
  if (options.connect_timeout <= milliseconds::zero()) return refused("connect_timeout must be positive");
  auto const caller = std::move(options.cancel);
  if (caller.canceled())
    return Error{.code = ErrorCode::canceled, .message = "canceled before the request was made"};

  if (options.gate == nullptr) options.gate = std::make_shared<SendGate>();
  auto const gate = options.gate;
  auto const action = request.action;
  auto const timeout = options.timeout;
  auto const deadline = std::chrono::steady_clock::now() + std::min(timeout, longest_timeout) + grace;
  auto const shared = std::make_shared<Waiting>();
  CancelSource transfer;
  options.cancel = transfer.token();
  // Wakes the waiting thread before it tells the transport, so that nothing the transport does delays the
  // caller.
  auto const link = caller.on_cancel([shared, transfer]() mutable {
    shared->cancel();
    transfer.cancel();
  });

  start(std::move(request), std::move(options),
        [shared](Result<HttpResponse> result) { shared->complete(std::move(result)); });

  bool canceled = false;
  {
    std::unique_lock lock{shared->mutex};
    shared->changed.wait_until(lock, deadline, [&] { return shared->answer || shared->canceled; });
    if (shared->answer) return *std::move(shared->answer);
    canceled = shared->canceled;
    shared->given_up = true;
  }
  bool const nothing_sent = gate->abandon();
  transfer.cancel();
  return Error{
      .code = canceled ? ErrorCode::canceled : ErrorCode::deadline_exceeded,
      .effect = nothing_sent || action == Action::read ? Effect::none : Effect::unknown,
      .transient = !canceled,
      .attempts = 1,
      .message = canceled ? "canceled" : "no response within " + std::to_string(timeout.count()) + " ms"};
}

}  // namespace polycampaign::inline v1
