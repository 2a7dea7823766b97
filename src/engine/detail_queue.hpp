#pragma once

#include "polycampaign/call_options.hpp"

#include "engine/talk.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::engine {

/// The details of a page's records on their way: asked for at once, taken in order. Driven like a CallRun;
/// its destruction abandons them.
class DetailQueue {
 public:
  /// The references must outlive this.
  DetailQueue(std::shared_ptr<Core> core, ListOptions const& options);
  ~DetailQueue();

  [[nodiscard]] bool empty() const noexcept { return details_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return details_.size(); }
  /// Asks for them when it is polled next.
  void add(Campaign listed, std::size_t record);
  void poll(std::shared_ptr<Waker> const& waker);
  [[nodiscard]] std::optional<TimePoint> wake_at() const;
  /// Nobody will poll for a while.
  void park();
  void clear() noexcept;

  /// The first one when it is there, else null; the pointer is good until it is dropped.
  [[nodiscard]] Result<Campaign>* first() noexcept;
  [[nodiscard]] std::size_t first_record() const noexcept;
  void drop_first() noexcept;

 private:
  struct Detail;

  std::shared_ptr<Core> core_;
  ListOptions const& options_;
  std::deque<std::unique_ptr<Detail>> details_;
};

}  // namespace polycampaign::inline v1::engine
