#pragma once

#include "polycampaign/pacing.hpp"

#include "engine/throttle.hpp"
#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <variant>

namespace polycampaign::inline v1::engine {

/// How a request ended, which decides the rate of the requests that follow.
struct Outcome {
  enum class Kind {
    unknown,  ///< it is unknown whether the vendor accepts the rate
    taken,    ///< the vendor accepted the request
    refused   ///< the vendor rate limited the request
  };
  Kind kind = Kind::unknown;
  std::optional<std::chrono::nanoseconds> retry_after{};
  double random = 0;  ///< uniform in [0, 1)
};

/// Keeps the requests of one client within its limits, and within the limits that the vendor shows by
/// refusing requests. It holds no thread and never waits. A call asks for a slot, and receives it or the time
/// at which to ask again, or is woken when its turn comes. Slots and turns may outlive the pacer. All members
/// may be called from several threads at once.
class Pacer {
  struct State;
  using Queue = std::list<std::shared_ptr<runtime::Waker>>;

 public:
  /// The right of one request to be in flight.
  class Slot {
   public:
    /// Creates a slot that belongs to no pacer.
    Slot() noexcept = default;
    Slot(Slot&& other) noexcept = default;
    Slot& operator=(Slot&& other) = delete;
    /// If the slot was not ended, its request was never made and does not count.
    ~Slot();

    /// Ends the slot, because the response has arrived or nobody waits for it any longer, and lets the next
    /// request go. Later calls do nothing.
    void end(runtime::TimePoint now, Outcome const& outcome = {});

   private:
    friend class Pacer;
    Slot(std::shared_ptr<State> state, runtime::TimePoint started) noexcept;
    std::shared_ptr<State> state_;
    runtime::TimePoint started_{};
  };

  /// A call's place in the queue; empty until the call has to wait. Used by one thread at a time. When it is
  /// destroyed, the call no longer waits.
  class Turn {
   public:
    Turn() noexcept = default;
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    ~Turn();

    [[nodiscard]] bool waiting() const noexcept { return state_ != nullptr; }
    void leave();

   private:
    friend class Pacer;
    std::shared_ptr<State> state_;  // null if it is not in the queue
    Queue::iterator place_;
  };

  struct Wait {
    /// Before this time there is no slot, unless earlier calls give up. Ask again then, or when woken.
    /// Absent: not known.
    std::optional<runtime::TimePoint> not_before{};
  };
  using Answer = std::variant<Slot, Wait>;

  /// Absent members set no limit. `adapts`: a rate-limited request slows down all that follow.
  explicit Pacer(Pacing const& limits, bool adapts = true);

  /// Asks for a slot. A call that has to wait joins the queue: at its end, or in front of all others if
  /// `first`. A call in the queue asks again when it is woken or when the time has come, with the same turn
  /// and waker.
  [[nodiscard]] Answer ask(Turn& turn, bool first, runtime::TimePoint now,
                           std::shared_ptr<runtime::Waker> const& waker);
  /// Returns a slot if one is free and no call waits.
  [[nodiscard]] std::optional<Slot> spare(runtime::TimePoint now);

  /// Records that the vendor has rate limited a request, or asked for a pause (`outcome.retry_after`), if its
  /// slot could not do so: the content of a body is known only after it has been decoded. Harmless if it is
  /// called again.
  void learn(runtime::TimePoint started, runtime::TimePoint answered, Outcome const& outcome);
  /// Returns how long no request may go.
  [[nodiscard]] std::chrono::nanoseconds held(runtime::TimePoint now) const;
  /// Returns how long, according to the vendor, no request may go because of its rate limit.
  [[nodiscard]] std::chrono::nanoseconds reported(runtime::TimePoint now) const;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::engine
