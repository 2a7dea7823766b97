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

  State(Pacing const& limits, bool adapting)
      : adapts{adapting},
        most_in_flight{limits.in_flight ? static_cast<std::size_t>(*limits.in_flight) : unlimited},
        most_requests{limits.rate ? static_cast<std::size_t>(limits.rate->requests) : unlimited},
        period{limits.rate ? std::chrono::nanoseconds{limits.rate->period} : std::chrono::nanoseconds{}} {}

  bool const adapts;
  std::size_t const most_in_flight;
  std::size_t const most_requests;
  std::chrono::nanoseconds const period;

  std::mutex mutex{};
  Throttle throttle{};
  std::size_t in_flight = 0;
  std::deque<runtime::TimePoint> counted{};  // the time until which each answered request counts, ascending
  Queue queue{};

  [[nodiscard]] bool free(runtime::TimePoint now) {
    while (!counted.empty() && counted.front() <= now) counted.pop_front();
    return in_flight < most_in_flight && in_flight + counted.size() < most_requests &&
           throttle.lets_go(in_flight, now);
  }

  /// Returns the time before which the rate allows no request that has `ahead` others before it. This assumes
  /// the best case: all requests in flight are answered now, and the others as soon as they are sent.
  /// Nothing: the request may go now.
  [[nodiscard]] std::optional<runtime::TimePoint> not_before(std::size_t ahead,
                                                             runtime::TimePoint now) const {
    auto at = (std::max)(now, throttle.held_until());
    if (ahead == 0) at = (std::max)(at, throttle.next_at());
    if (most_requests != unlimited) at = (std::max)(at, by_rate(ahead, now));
    return at > now ? std::optional{at} : std::nullopt;
  }

  [[nodiscard]] runtime::TimePoint by_rate(std::size_t ahead, runtime::TimePoint now) const {
    auto const rounds = static_cast<std::int64_t>(ahead / most_requests);
    auto const place = in_flight + counted.size() + ahead % most_requests;
    auto at = now;
    if (place >= most_requests) {
      auto const leaver = place - most_requests;
      at = leaver < counted.size() ? counted[leaver] : now + period;
    }
    return at + (std::min)(rounds, longest_wait / period) * period;
  }

  /// Returns the waker of the first call in the queue, to wake when something has changed for it. Null if no
  /// call waits.
  [[nodiscard]] std::shared_ptr<runtime::Waker> first() const {
    return queue.empty() ? nullptr : queue.front();
  }

  void leave(Queue::iterator place) {
    std::shared_ptr<runtime::Waker> next;
    {
      std::lock_guard const lock{mutex};
      auto const was_first = place == queue.begin();
      queue.erase(place);
      if (was_first) next = first();
    }
    if (next) next->wake();
  }

  void learn(runtime::TimePoint started, runtime::TimePoint at, Outcome const& outcome) {
    switch (outcome.kind) {
      case Outcome::Kind::taken: throttle.succeeded(at); break;
      case Outcome::Kind::refused: throttle.refused(started, at, outcome.retry_after, outcome.random); break;
      case Outcome::Kind::unknown:
        if (outcome.retry_after && *outcome.retry_after <= Throttle::longest_pause)
          throttle.hold(at + *outcome.retry_after);
        break;
    }
  }

  /// Ends a request. `at` is absent if the request was never made.
  void end(std::optional<runtime::TimePoint> at, runtime::TimePoint started = {},
           Outcome const& outcome = {}) {
    std::shared_ptr<runtime::Waker> next;
    {
      std::lock_guard const lock{mutex};
      --in_flight;
      if (at && adapts) learn(started, *at, outcome);
      if (at && most_requests != unlimited) {
        auto const until = *at + period;
        // Threads that read the clock in one order may arrive here in another.
        counted.push_back(counted.empty() ? until : (std::max)(until, counted.back()));
      }
      next = first();
    }
    if (next) next->wake();
  }
};

Pacer::Slot::Slot(std::shared_ptr<State> state, runtime::TimePoint started) noexcept
    : state_{std::move(state)}, started_{started} {}

Pacer::Slot::~Slot() {
  if (auto const state = std::exchange(state_, nullptr)) state->end(std::nullopt);
}

void Pacer::Slot::end(runtime::TimePoint now, Outcome const& outcome) {
  if (auto const state = std::exchange(state_, nullptr)) state->end(now, started_, outcome);
}

Pacer::Turn::~Turn() {
  leave();
}

void Pacer::Turn::leave() {
  if (auto const state = std::exchange(state_, nullptr)) state->leave(place_);
}

Pacer::Pacer(Pacing const& limits, bool adapts) : state_{std::make_shared<State>(limits, adapts)} {}

Pacer::Answer Pacer::ask(Turn& turn, bool first, runtime::TimePoint now,
                         std::shared_ptr<runtime::Waker> const& waker) {
  auto& queue = state_->queue;
  std::unique_lock lock{state_->mutex};
  auto const free = state_->free(now);
  auto const next_one = turn.waiting() ? turn.place_ == queue.begin() : first || queue.empty();
  if (free && next_one) {
    ++state_->in_flight;
    state_->throttle.went(now);
    std::shared_ptr<runtime::Waker> next;
    if (turn.waiting()) {
      queue.erase(turn.place_);
      turn.state_.reset();
      next = state_->first();
    }
    lock.unlock();
    if (next) next->wake();  // it may go as well, or must learn when it may
    return Slot{state_, now};
  }
  if (turn.waiting()) return Wait{next_one ? state_->not_before(0, now) : std::nullopt};
  auto const wait = Wait{state_->not_before(first ? 0 : queue.size(), now)};
  turn.place_ = queue.insert(first ? queue.begin() : queue.end(), waker);
  turn.state_ = state_;
  return wait;
}

std::optional<Pacer::Slot> Pacer::spare(runtime::TimePoint now) {
  std::lock_guard const lock{state_->mutex};
  if (!state_->queue.empty() || !state_->free(now)) return std::nullopt;
  ++state_->in_flight;
  state_->throttle.went(now);
  return Slot{state_, now};
}

void Pacer::learn(runtime::TimePoint started, runtime::TimePoint answered, Outcome const& outcome) {
  if (!state_->adapts) return;
  std::lock_guard const lock{state_->mutex};
  state_->learn(started, answered, outcome);
}

std::chrono::nanoseconds Pacer::held(runtime::TimePoint now) const {
  std::lock_guard const lock{state_->mutex};
  return (std::max)(state_->throttle.held_until() - now, std::chrono::nanoseconds{});
}

std::chrono::nanoseconds Pacer::reported(runtime::TimePoint now) const {
  std::lock_guard const lock{state_->mutex};
  return (std::max)(state_->throttle.reported_until() - now, std::chrono::nanoseconds{});
}

}  // namespace polycampaign::inline v1::engine
