#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/operations.hpp"

#include "engine/conversation_run.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::engine {

/// The requests for the details of a page's records. They are started together and taken in order. Driven
/// like a CallRun; the destructor abandons them.
template <class Item>
class DetailQueue {
 public:
  using Complete = std::function<Result<Item>(Item, protocol::Conversation&)>;

  /// The references must outlive this object.
  DetailQueue(std::shared_ptr<Core> core, CallOptions const& options)
      : core_{std::move(core)}, options_{options} {}

  /// Sets how to complete a record. Call it before the first `add`.
  void begin(Complete complete) { complete_ = std::move(complete); }

  [[nodiscard]] bool empty() const noexcept { return details_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return details_.size(); }
  /// Adds a record, whose details are requested at the next poll.
  void add(Item listed, std::size_t record) {
    details_.push_back(std::make_unique<Detail>(core_, complete_, std::move(listed), options_, record));
  }
  void poll(std::shared_ptr<runtime::Waker> const& waker) {
    for (auto& detail : details_)
      if (!detail->ended) detail->ended = detail->run.poll(waker);
  }
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const {
    std::optional<runtime::TimePoint> first;
    for (auto const& detail : details_) {
      auto const at = detail->ended ? std::nullopt : detail->run.wake_at();
      if (at && (!first || *at < *first)) first = at;
    }
    return first;
  }
  /// Gives up what others would wait for, because nobody will poll for a while.
  void park() {
    for (auto& detail : details_) detail->run.park();
  }
  void clear() noexcept { details_.clear(); }

  /// Returns the first result if it has arrived, or null. The pointer is valid until `drop_first`.
  [[nodiscard]] Result<Item>* first() noexcept {
    return !details_.empty() && details_.front()->ended ? &*details_.front()->result : nullptr;
  }
  [[nodiscard]] std::size_t first_record() const noexcept { return details_.front()->record; }
  void drop_first() noexcept { details_.pop_front(); }

 private:
  struct Detail {
    Detail(std::shared_ptr<Core> const& core, Complete const& complete, Item listed,
           CallOptions const& options, std::size_t place)
        : record{place},
          run{core,
              [this, core, &complete, item = std::move(listed)](protocol::Conversation& it) {
                result.emplace(complete(item, it));
              },
              options, GetCampaign::operation.action} {}

    std::size_t record;
    std::optional<Result<Item>> result{};
    ConversationRun run;
    bool ended = false;
  };

  std::shared_ptr<Core> core_;
  CallOptions const& options_;
  Complete complete_{};
  std::deque<std::unique_ptr<Detail>> details_{};
};

}  // namespace polycampaign::inline v1::engine
