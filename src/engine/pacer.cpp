#include "engine/pacer.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <limits>
#include <mutex>
#include <utility>

namespace polycampaign::inline v1::engine {

struct Pacer::State {
  static constexpr auto unlimited = (std::numeric_limits<std::size_t>::max)();
  static constexpr std::chrono::hours longest_wait{24 * 3650};

  explicit State(Pacing const& limits)
      : most_in_flight{limits.in_flight ? static_cast<std::size_t>(*limits.in_flight) : unlimited},
        most_requests{limits.rate ? static_cast<std::size_t>(limits.rate->requests) : unlimited},
        period{limits.rate ? std::chrono::nanoseconds{limits.rate->period} : std::chrono::nanoseconds{}} {}

  std::size_t const most_in_flight;
  std::size_t const most_requests;
  std::chrono::nanoseconds const period;

  std::mutex mutex{};
  std::size_t in_flight = 0;
  std::deque<TimePoint> counted{};  // until when each answered request counts; ascending
  Queue queue{};

  [[nodiscard]] bool free(TimePoint now) {
    while (!counted.empty() && counted.front() <= now) counted.pop_front();
    return in_flight < most_in_flight && in_flight + counted.size() < most_requests;
  }

  /// Before then the rate lets no request go that has `ahead` others before it: all requests in flight were
  /// answered now, and the others as soon as they went. Nothing when that is now.
  [[nodiscard]] std::optional<TimePoint> not_before(std::size_t ahead, TimePoint now) const {
    if (most_requests == unlimited) return std::nullopt;
    auto const rounds = static_cast<std::int64_t>(ahead / most_requests);
    auto const place = in_flight + counted.size() + ahead % most_requests;
    auto at = now;
    if (place >= most_requests) {
      auto const leaver = place - most_requests;
      at = leaver < counted.size() ? counted[leaver] : now + period;
    }
    at += (std::min)(rounds, longest_wait / period) * period;
    return at > now ? std::optional{at} : std::nullopt;
  }

  /// Whom to wake when something has changed for the first of the queue; null when nobody waits.
  [[nodiscard]] std::shared_ptr<Waker> first() const { return queue.empty() ? nullptr : queue.front(); }

  void leave(Queue::iterator place) {
    std::shared_ptr<Waker> next;
    {
      std::lock_guard const lock{mutex};
      auto const was_first = place == queue.begin();
      queue.erase(place);
      if (was_first) next = first();
    }
    if (next) next->wake();
  }

  void end(std::optional<TimePoint> at) {
    std::shared_ptr<Waker> next;
    {
      std::lock_guard const lock{mutex};
      --in_flight;
      if (at && most_requests != unlimited) {
        auto const until = *at + period;
        // Threads that read the clock in one order may come here in another.
        counted.push_back(counted.empty() ? until : (std::max)(until, counted.back()));
      }
      next = first();
    }
    if (next) next->wake();
  }
};

Pacer::Slot::Slot(std::shared_ptr<State> state) noexcept : state_{std::move(state)} {}

Pacer::Slot::~Slot() {
  if (auto const state = std::exchange(state_, nullptr)) state->end(std::nullopt);
}

void Pacer::Slot::end(TimePoint now) {
  if (auto const state = std::exchange(state_, nullptr)) state->end(now);
}

Pacer::Turn::~Turn() {
  leave();
}

void Pacer::Turn::leave() {
  if (auto const state = std::exchange(state_, nullptr)) state->leave(place_);
}

Pacer::Pacer(Pacing const& limits)
    : state_{limits.rate || limits.in_flight ? std::make_shared<State>(limits) : nullptr} {}

Pacer::Answer Pacer::ask(Turn& turn, bool log_in, TimePoint now, std::shared_ptr<Waker> const& waker) {
  if (state_ == nullptr) return Slot{};
  auto& queue = state_->queue;
  std::unique_lock lock{state_->mutex};
  auto const free = state_->free(now);
  auto const first = turn.waiting() ? turn.place_ == queue.begin() : log_in || queue.empty();
  if (free && first) {
    ++state_->in_flight;
    std::shared_ptr<Waker> next;
    if (turn.waiting()) {
      queue.erase(turn.place_);
      turn.state_.reset();
      next = state_->first();
    }
    lock.unlock();
    if (next) next->wake();  // it may go as well, or must learn when
    return Slot{state_};
  }
  if (turn.waiting()) return Wait{first ? state_->not_before(0, now) : std::nullopt};
  auto const wait = Wait{state_->not_before(log_in ? 0 : queue.size(), now)};
  turn.place_ = queue.insert(log_in ? queue.begin() : queue.end(), waker);
  turn.state_ = state_;
  return wait;
}

std::optional<Pacer::Slot> Pacer::spare(TimePoint now) {
  if (state_ == nullptr) return Slot{};
  std::lock_guard const lock{state_->mutex};
  if (!state_->queue.empty() || !state_->free(now)) return std::nullopt;
  ++state_->in_flight;
  return Slot{state_};
}

}  // namespace polycampaign::inline v1::engine
