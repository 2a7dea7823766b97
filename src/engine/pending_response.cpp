#include "engine/pending_response.hpp"

#include <mutex>
#include <utility>

namespace polycampaign::inline v1::engine {

struct PendingResponse::Mailbox {
  Mailbox(Pacer::Slot granted, std::shared_ptr<Runtime> environment, std::shared_ptr<Waker> wakes)
      : runtime{std::move(environment)}, slot{std::move(granted)}, waker{std::move(wakes)} {}

  std::shared_ptr<Runtime> const runtime;
  Pacer::Slot slot;  // of whoever takes the waker away
  SendGate gate{};
  CancelSource cancel{};
  std::mutex mutex{};
  std::shared_ptr<Waker> waker;  // until the answer has come or nobody wants it any more
  std::optional<Arrival> arrival{};

  void deliver(Result<HttpResponse> result) {
    std::shared_ptr<Waker> waiting;
    {
      std::lock_guard const lock{mutex};
      if (waker == nullptr) return;
      waiting = std::exchange(waker, nullptr);
      arrival.emplace(Arrival{std::move(result), runtime->now()});
    }
    slot.end(runtime->now());
    waiting->wake();
  }
};

PendingResponse::PendingResponse(Transport& transport, HttpRequest request, TransferOptions options,
                                 Pacer::Slot slot, std::shared_ptr<Runtime> runtime,
                                 std::shared_ptr<Waker> waker)
    : mailbox_{std::make_shared<Mailbox>(std::move(slot), std::move(runtime), std::move(waker))} {
  options.gate = std::shared_ptr<SendGate>{mailbox_, &mailbox_->gate};
  options.cancel = mailbox_->cancel.token();
  transport.start(std::move(request), std::move(options),
                  [mailbox = mailbox_](Result<HttpResponse> result) { mailbox->deliver(std::move(result)); });
}

PendingResponse::~PendingResponse() {
  abandon();
}

std::optional<PendingResponse::Arrival> PendingResponse::take() {
  std::lock_guard const lock{mailbox_->mutex};
  return std::exchange(mailbox_->arrival, std::nullopt);
}

Effect PendingResponse::abandon() noexcept {
  {
    std::lock_guard const lock{mailbox_->mutex};
    // already answered: there is nothing to stop
    if (std::exchange(mailbox_->waker, nullptr) == nullptr) return Effect::unknown;
  }
  auto const nothing_sent = mailbox_->gate.abandon();
  mailbox_->cancel.cancel();
  mailbox_->slot.end(mailbox_->runtime->now());
  return nothing_sent ? Effect::none : Effect::unknown;
}

}  // namespace polycampaign::inline v1::engine
