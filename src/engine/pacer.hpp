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

/// How a request ended, for the pace of those that follow.
struct Outcome {
  enum class Kind {
    unknown,  ///< nobody knows what the vendor thinks of the rate
    taken,    ///< the vendor took it
    refused   ///< for its rate
  };
  Kind kind = Kind::unknown;
  std::optional<std::chrono::nanoseconds> retry_after{};
  double random = 0;  ///< uniform in [0, 1)
};

/// Keeps the requests of one client within its limits, and within those that the vendor shows by refusing.
/// Holds no thread and never waits: a call asks for a slot, and gets it, or the time to ask again, or is
/// woken when its turn comes. Slots and turns may outlive it. All members may be called from several threads
/// at once.
class Pacer {
  struct State;
  using Queue = std::list<std::shared_ptr<runtime::Waker>>;

 public:
  /// The right of one request to be on its way.
  class Slot {
   public:
    /// Of no pacer.
    Slot() noexcept = default;
    Slot(Slot&& other) noexcept = default;
    Slot& operator=(Slot&& other) = delete;
    /// Of a slot that was not ended: its request was never made, and does not count.
    ~Slot();

    /// The answer is there, or nobody wants it any more: lets the next request go. Does nothing a second
    /// time.
    void end(runtime::TimePoint now, Outcome const& outcome = {});

   private:
    friend class Pacer;
    Slot(std::shared_ptr<State> state, runtime::TimePoint started) noexcept;
    std::shared_ptr<State> state_;
    runtime::TimePoint started_{};
  };

  /// A call's place in the queue, empty until it has to wait. Used by one thread at a time. When it dies, the
  /// call waits no more.
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
    std::shared_ptr<State> state_;  // null: not in the queue
    Queue::iterator place_;
  };

  struct Wait {
    /// There is no slot earlier, unless those before it give up; ask again then or when woken. Absent: not
    /// known.
    std::optional<runtime::TimePoint> not_before{};
  };
  using Answer = std::variant<Slot, Wait>;

  /// Members that are absent limit nothing. `adapts`: refused requests slow all of them down.
  explicit Pacer(Pacing const& limits, bool adapts = true);

  /// Who has to wait joins the queue: at its end, or first, before all others. A call in the queue asks
  /// again when it was woken or the time has come, with the same turn and waker.
  [[nodiscard]] Answer ask(Turn& turn, bool first, runtime::TimePoint now,
                           std::shared_ptr<runtime::Waker> const& waker);
  /// A slot if one is free and nobody waits.
  [[nodiscard]] std::optional<Slot> spare(runtime::TimePoint now);

  /// The vendor has refused a request for its rate, or asks for a rest (`outcome.retry_after`), and its slot
  /// could not say so: what is in a body is known only when it has been decoded. Does no harm a second time.
  void learn(runtime::TimePoint started, runtime::TimePoint answered, Outcome const& outcome);
  /// How long no request goes.
  [[nodiscard]] std::chrono::nanoseconds held(runtime::TimePoint now) const;
  /// How long the vendor has said that none may go, for its rate.
  [[nodiscard]] std::chrono::nanoseconds reported(runtime::TimePoint now) const;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::engine
