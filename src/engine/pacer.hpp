#pragma once

#include "polycampaign/pacing.hpp"

#include "engine/runtime.hpp"
#include "engine/waker.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <variant>

namespace polycampaign::inline v1::engine {

/// Keeps the requests of one client within its limits. Holds no thread and never waits: a call asks for a
/// slot, and gets it, or the time to ask again, or is woken when its turn comes. Slots and turns may outlive
/// it. All members may be called from several threads at once.
class Pacer {
  struct State;
  using Queue = std::list<std::shared_ptr<Waker>>;

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
    void end(TimePoint now);

   private:
    friend class Pacer;
    explicit Slot(std::shared_ptr<State> state) noexcept;
    std::shared_ptr<State> state_;
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
    std::optional<TimePoint> not_before{};
  };
  using Answer = std::variant<Slot, Wait>;

  /// Members that are absent limit nothing.
  explicit Pacer(Pacing const& limits);

  /// Who has to wait joins the queue: at its end, or as a log-in before all others. A call in the queue asks
  /// again when it was woken or the time has come, with the same turn and waker.
  [[nodiscard]] Answer ask(Turn& turn, bool log_in, TimePoint now, std::shared_ptr<Waker> const& waker);
  /// A slot if one is free and nobody waits.
  [[nodiscard]] std::optional<Slot> spare(TimePoint now);

 private:
  std::shared_ptr<State> state_;  // null: no limits
};

}  // namespace polycampaign::inline v1::engine
