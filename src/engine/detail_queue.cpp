#include "engine/detail_queue.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

struct DetailQueue::Detail {
  Detail(std::shared_ptr<Core> const& core, Campaign listed, ListOptions const& options, std::size_t place)
      : record{place},
        talk{core,
             [this, vendor = core->vendor, campaign = std::move(listed),
              query = protocol::GetQuery{.keep_raw = options.keep_raw}](protocol::Conversation& it) {
               result.emplace(vendor->complete(campaign, query, it));
             },
             options.call} {}

  std::size_t record;
  std::optional<Result<Campaign>> result{};
  Talk talk;
  bool ended = false;
};

DetailQueue::DetailQueue(std::shared_ptr<Core> core, ListOptions const& options)
    : core_{std::move(core)}, options_{options} {}

DetailQueue::~DetailQueue() = default;

void DetailQueue::add(Campaign listed, std::size_t record) {
  details_.push_back(std::make_unique<Detail>(core_, std::move(listed), options_, record));
}

void DetailQueue::poll(std::shared_ptr<Waker> const& waker) {
  for (auto& detail : details_)
    if (!detail->ended) detail->ended = detail->talk.poll(waker);
}

std::optional<TimePoint> DetailQueue::wake_at() const {
  std::optional<TimePoint> first;
  for (auto const& detail : details_) {
    auto const at = detail->ended ? std::nullopt : detail->talk.wake_at();
    if (at && (!first || *at < *first)) first = at;
  }
  return first;
}

void DetailQueue::park() {
  for (auto& detail : details_) detail->talk.park();
}

void DetailQueue::clear() noexcept {
  details_.clear();
}

Result<Campaign>* DetailQueue::first() noexcept {
  return !details_.empty() && details_.front()->ended ? &*details_.front()->result : nullptr;
}

std::size_t DetailQueue::first_record() const noexcept {
  return details_.front()->record;
}

void DetailQueue::drop_first() noexcept {
  details_.pop_front();
}

}  // namespace polycampaign::inline v1::engine
