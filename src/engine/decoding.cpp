#include "engine/decoding.hpp"

#include <mutex>
#include <utility>

namespace polycampaign::inline v1::engine {

/// State that the thread shares with the call that waits for it, as long as that call exists.
struct Decoding::Shared {
  std::mutex mutex{};
  std::shared_ptr<runtime::Waker> waker{};  // null once the answer is available or nobody wants it any longer
  std::optional<Answer> answer{};

  void deliver(Answer decoded) {
    std::shared_ptr<runtime::Waker> waiting;
    {
      std::lock_guard const lock{mutex};
      waiting = std::exchange(waker, nullptr);
      if (waiting != nullptr) answer.emplace(std::move(decoded));
    }
    if (waiting != nullptr) waiting->wake();
  }
};

Decoding::Decoding(DecodeThreads& threads, std::shared_ptr<void const> owner,
                   protocol::Conversation::Decode decode, HttpResponse response,
                   std::shared_ptr<runtime::Waker> waker)
    : shared_{std::make_shared<Shared>()} {
  shared_->waker = std::move(waker);
  auto const job = [shared = shared_, owner = std::move(owner), decode = std::move(decode),
                    response = std::make_shared<HttpResponse>(std::move(response))] {
    shared->deliver(decode(std::move(*response)));
  };
  if (!threads.start(job)) job();
}

Decoding::~Decoding() {
  std::lock_guard const lock{shared_->mutex};
  shared_->waker.reset();
}

std::optional<Decoding::Answer> Decoding::take() {
  std::lock_guard const lock{shared_->mutex};
  return std::exchange(shared_->answer, std::nullopt);
}

}  // namespace polycampaign::inline v1::engine
