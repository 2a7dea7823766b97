#include "engine/pending_response.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include <mutex>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

/// Returns what the status says about the rate, so that it counts even while nobody examines the response.
Outcome outcome_of(Result<HttpResponse> const& result, runtime::Clock& clock) {
  if (!result) return {};
  auto const status = result->status;
  if (status == 429) return {Outcome::Kind::refused, protocol::retry_after(*result), clock.random()};
  if (status >= 200 && status < 500 && status != 408) return {.kind = Outcome::Kind::taken};
  return {.retry_after = protocol::retry_after(*result)};
}

}  // namespace

struct PendingResponse::Mailbox {
  Mailbox(Pacer::Slot granted, std::shared_ptr<runtime::Clock> environment,
          std::shared_ptr<runtime::Waker> wakes)
      : clock{std::move(environment)}, slot{std::move(granted)}, waker{std::move(wakes)} {}

  std::shared_ptr<runtime::Clock> const clock;
  Pacer::Slot slot;  // belongs to whoever takes the waker
  SendGate gate{};
  CancelSource cancel{};
  std::mutex mutex{};
  std::shared_ptr<runtime::Waker> waker;  // null once the response has arrived or nobody wants it any longer
  std::optional<Arrival> arrival{};

  void deliver(Result<HttpResponse> result) {
    std::shared_ptr<runtime::Waker> waiting;
    auto const outcome = outcome_of(result, *clock);
    {
      std::lock_guard const lock{mutex};
      if (waker == nullptr) return;
      waiting = std::exchange(waker, nullptr);
      arrival.emplace(Arrival{std::move(result), clock->now()});
    }
    slot.end(clock->now(), outcome);
    waiting->wake();
  }
};

PendingResponse::PendingResponse(Transport& transport, HttpRequest request, TransferOptions options,
                                 Pacer::Slot slot, std::shared_ptr<runtime::Clock> clock,
                                 std::shared_ptr<runtime::Waker> waker)
    : mailbox_{std::make_shared<Mailbox>(std::move(slot), std::move(clock), std::move(waker))} {
  options.gate = std::shared_ptr<SendGate>{mailbox_, &mailbox_->gate};
  options.cancel = mailbox_->cancel.token();
  transport.start(std::move(request), std::move(options),
                  [mailbox = mailbox_](Result<HttpResponse> result) { mailbox->deliver(std::move(result)); });
}

PendingResponse::~PendingResponse() {
  static_cast<void>(abandon());
}

std::optional<PendingResponse::Arrival> PendingResponse::take() {
  std::lock_guard const lock{mailbox_->mutex};
  return std::exchange(mailbox_->arrival, std::nullopt);
}

bool PendingResponse::arrived() const {
  std::lock_guard const lock{mailbox_->mutex};
  return mailbox_->arrival.has_value();
}

std::variant<Effect, PendingResponse::Arrival> PendingResponse::abandon() {
  {
    std::lock_guard const lock{mailbox_->mutex};
    if (mailbox_->arrival) return *std::exchange(mailbox_->arrival, std::nullopt);
    if (std::exchange(mailbox_->waker, nullptr) == nullptr)
      return Effect::unknown;  // taken or given up before
  }
  auto const nothing_sent = mailbox_->gate.abandon();
  mailbox_->cancel.cancel();
  mailbox_->slot.end(mailbox_->clock->now());
  return nothing_sent ? Effect::none : Effect::unknown;
}

}  // namespace polycampaign::inline v1::engine
