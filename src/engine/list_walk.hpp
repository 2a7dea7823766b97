#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/pager.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/list_filter.hpp"

#include "engine/core.hpp"
#include "engine/detail_queue.hpp"
#include "engine/list_watch.hpp"
#include "engine/page_fetch.hpp"
#include "engine/recent_ids.hpp"
#include "engine/relay.hpp"
#include "engine/total_watch.hpp"
#include "engine/walk_position.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::engine {

/// One walk over a vendor's list: pages asked for ahead and delivered in order, filtered, without duplicates,
/// with drift noticed. A machine like CallRun: it never waits. Its destruction abandons what is in flight.
class ListWalk final : public PageSource<Campaign> {
 public:
  using NextPage = Result<std::optional<Page<Campaign>>>;

  ListWalk(std::shared_ptr<Core> core, CampaignFilter filter, ListOptions options);

  /// The next page when it is there; else poll again after the waker was woken or `wake_at` has come.
  [[nodiscard]] std::optional<NextPage> poll(std::shared_ptr<Waker> const& waker);
  [[nodiscard]] std::optional<TimePoint> wake_at() const;
  /// Blocks.
  [[nodiscard]] NextPage next_page() override;
  /// The reader has gone: nothing more is asked for, and what is in flight is abandoned.
  [[nodiscard]] Error leave();
  [[nodiscard]] WalkReport report() const override;
  [[nodiscard]] std::string resume_token(std::size_t delivered) const override;

 private:
  /// The page that is being delivered.
  struct Open {
    std::vector<Campaign> items{};
    std::size_t next = 0;     ///< record to be delivered
    std::size_t asked = 0;    ///< record whose details are to be asked for
    std::size_t overlap = 0;  ///< records at the beginning that the page before held too
    bool read_again = false;
  };

  [[nodiscard]] std::optional<NextPage> advance();
  void complete();
  [[nodiscard]] Error end(Error error);
  [[nodiscard]] std::optional<Error> begin();
  [[nodiscard]] std::optional<Error> take_up();

  // getting pages
  [[nodiscard]] bool open_next();
  [[nodiscard]] bool disturbed(PageFetch& head);
  [[nodiscard]] bool joined(PageFetch& head) const;
  void miss(std::string_view sentence);
  void accept(std::unique_ptr<PageFetch> fetch);
  void plan(PageFetch& fetch);
  void send_ahead();
  [[nodiscard]] std::unique_ptr<PageFetch> fetch(protocol::PageKey key);

  // delivering them
  void skip_delivered();
  [[nodiscard]] std::vector<Campaign> deliver_all();
  [[nodiscard]] std::optional<std::vector<Campaign>> deliver_details();
  void ask_for_details();
  [[nodiscard]] bool is_new(Campaign const& campaign, std::size_t record);
  [[nodiscard]] bool fits(Campaign const& campaign, bool complete);
  void hand_over(Campaign const& campaign);
  void close_page();

  std::shared_ptr<Core> core_;
  ListOptions options_;
  protocol::ListQuery query_;
  protocol::ListFilter filter_;
  std::uint64_t list_;                // hash of what decides the list
  std::size_t depth_;                 // pages in flight at most
  std::optional<std::int64_t> left_;  // of the limit

  bool begun_ = false;
  bool waited_for_ = false;  // the reader has asked for a page that is not there yet
  bool ended_ = false;
  std::shared_ptr<Relay> waker_ = std::make_shared<Relay>();
  std::deque<std::unique_ptr<PageFetch>> queue_;  // what comes next, in order
  std::optional<Error> failure_;                  // behind the queue
  std::optional<Error> broken_;                   // ends the walk at once
  std::optional<Open> open_;
  DetailQueue details_;  // of records of the open page

  RecentIds recent_;
  DriftWatch drift_;
  int patience_;          // disturbances that are still answered by reading again
  std::size_t calm_ = 0;  // pages to be asked for one after the other, since the list has just changed
  CircleWatch circles_;
  TotalWatch totals_;
  WalkPosition position_;
  std::optional<ResumePoint> taken_up_;  // until its page is open
  WalkReport report_;
};

}  // namespace polycampaign::inline v1::engine
