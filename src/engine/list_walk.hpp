#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/pager.hpp"

#include "engine/core.hpp"
#include "engine/list_filter.hpp"
#include "engine/list_watch.hpp"
#include "engine/page_fetch.hpp"
#include "engine/recent_ids.hpp"
#include "engine/walk_position.hpp"
#include "protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// One walk over a vendor's list: pages asked for ahead and delivered in order, filtered, without duplicates,
/// with drift noticed. The reader's thread does all the work; its destruction abandons what is in flight.
class ListWalk final : public PageSource<Campaign> {
 public:
  ListWalk(std::shared_ptr<Core> core, CampaignFilter filter, ListOptions options);

  [[nodiscard]] Result<std::optional<Page<Campaign>>> next_page() override;
  [[nodiscard]] WalkReport report() const override { return report_; }
  [[nodiscard]] std::string resume_token(std::size_t delivered) const override;

 private:
  /// The page that is being delivered.
  struct Open {
    std::vector<Campaign> items{};
    std::size_t next = 0;  ///< record
    bool read_again = false;
  };

  [[nodiscard]] Error end(Error error);
  [[nodiscard]] std::optional<Error> begin();
  [[nodiscard]] std::optional<Error> take_up();

  // getting pages
  [[nodiscard]] std::optional<Error> open_next();
  [[nodiscard]] bool read_before_again(PageFetch& fetch);
  void count(PageFetch& fetch);
  void plan(PageFetch& fetch);
  void send_ahead();

  // delivering them
  void skip_delivered();
  [[nodiscard]] std::vector<Campaign> deliver_all();
  [[nodiscard]] Result<std::vector<Campaign>> deliver_one_in_detail();
  [[nodiscard]] bool is_new(Campaign const& campaign);
  [[nodiscard]] bool fits(Campaign const& campaign, bool complete);
  void hand_over(Campaign const& campaign);
  void close_page();

  std::shared_ptr<Core> core_;
  ListOptions options_;
  protocol::ListQuery query_;
  ListFilter filter_;
  std::uint64_t list_;                // hash of what decides the list
  std::size_t depth_;                 // pages in flight at most
  std::optional<std::int64_t> left_;  // of the limit

  bool begun_ = false;
  bool ended_ = false;
  std::deque<std::unique_ptr<PageFetch>> queue_;  // what comes next, in order
  std::optional<Error> failure_;                  // behind the queue
  std::optional<Open> open_;

  RecentIds recent_;
  DeletionWatch deletions_;
  CircleWatch circles_;
  WalkPosition position_;
  std::optional<ResumePoint> taken_up_;  // until its page is open
  WalkReport report_;
};

}  // namespace polycampaign::inline v1::engine
