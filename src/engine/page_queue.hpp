#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/list_report.hpp"

#include "engine/core.hpp"
#include "engine/list_position.hpp"
#include "engine/list_source.hpp"
#include "engine/list_watch.hpp"
#include "engine/page_fetch.hpp"
#include "engine/recent_ids.hpp"
#include "engine/total_watch.hpp"
#include "runtime/waker_relay.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The pages of a list, whatever its elements are. It requests pages ahead, opens them in order, removes
/// duplicates and detects changes of the list. A state machine like CallRun, which never waits. The
/// destructor abandons what is in flight. The reader of the open page reports what it has delivered.
class PageQueue {
 public:
  /// The options must outlive this object. `list` identifies the list in every process, for its resume
  /// tokens; `now` is the current time. `wake` is woken when `open_next` should be called again.
  PageQueue(std::shared_ptr<Core> core, ListOptions const& options, std::uint64_t list,
            std::chrono::sys_seconds now, std::shared_ptr<runtime::Waker> wake);
  PageQueue(PageQueue const&) = delete;
  PageQueue& operator=(PageQueue const&) = delete;

  /// Moves to the position of the resume token in the options, if there is one. Call it before `begin`.
  /// Errors: `invalid_argument`.
  [[nodiscard]] Result<void> take_up();
  /// Returns the time at which the list began, in this or another process.
  [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return position_.began(); }
  /// Returns the number of elements that the reader received in another process.
  [[nodiscard]] std::int64_t had() const noexcept { return taken_up_ ? taken_up_->delivered : 0; }
  /// Starts with the first page. Call it once, and not at all if nothing of the list is wanted.
  void begin(ListSource source);

  /// The page that is being delivered.
  struct Open {
    std::shared_ptr<AnyPage> page{};
    std::size_t first = 0;    ///< records before this one were delivered in another process
    std::size_t overlap = 0;  ///< records at the beginning that the page before also contained
    bool read_again = false;
  };
  /// Opens the next page. Returns false if it must wait for the page. If no page is open afterwards, the list
  /// has ended or failed.
  [[nodiscard]] bool open_next();
  [[nodiscard]] Open* open() noexcept { return open_ ? &*open_ : nullptr; }
  /// Returns the error that ended the list before its end, once.
  [[nodiscard]] std::optional<Error> take_error() noexcept { return std::exchange(broken_, std::nullopt); }
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;

  /// Returns whether the record of the open page is new. Call it once for each record.
  [[nodiscard]] bool is_new(std::size_t record);
  /// Records that the record is handed to the reader.
  void hand_over(std::size_t record, std::string_view id);
  /// Closes the open page after all its records have been examined.
  void close_page();
  /// Records that the reader has received everything that was handed over.
  void taken() { position_.taken(); }

  /// Sets how many more records the reader takes. Absent: all.
  void want(std::optional<std::int64_t> records);
  /// Requests the pages ahead. `answered`: how many at the head are not in flight any longer.
  void send_ahead(std::size_t answered = 0);
  /// Ends the list because the reader wants no more elements. Afterwards, nothing is in flight.
  void enough();
  /// Ends the list because the reader was destroyed or the list failed. Afterwards, nothing is in flight.
  void leave() noexcept;
  /// Ends the list without reading it; called instead of `begin`. `complete`: because the list is empty.
  void begin_at_end(bool complete);
  [[nodiscard]] bool ended() const noexcept { return ended_; }

  [[nodiscard]] ListReport report() const;
  /// Returns the report, to count what the queue does not count itself: `delivered` and the filters.
  [[nodiscard]] ListReport& counted() noexcept { return report_; }
  [[nodiscard]] std::string resume_token(std::size_t delivered) const;
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }

 private:
  void complete();
  [[nodiscard]] bool disturbed(PageFetch const& head);
  [[nodiscard]] bool joined(PageFetch const& head) const;
  void miss(std::string_view sentence);
  void accept(std::unique_ptr<PageFetch> fetch);
  void plan(PageFetch& fetch);
  void skip_delivered();
  [[nodiscard]] std::unique_ptr<PageFetch> fetch(protocol::PageKey key);

  std::shared_ptr<Core> core_;
  ListOptions const& options_;
  std::shared_ptr<runtime::Waker> wake_;
  ListSource source_{};
  std::size_t depth_;  // maximum number of pages in flight
  std::optional<std::int64_t> wanted_{};

  bool ended_ = false;
  std::deque<std::unique_ptr<PageFetch>> queue_{};  // the next pages, in order
  std::optional<Error> failure_{};                  // comes after the queue
  std::optional<Error> broken_{};                   // ends the list immediately
  std::optional<Open> open_{};
  std::vector<std::uint64_t> ids_{};  // of the open page's records, as hashes

  RecentIds recent_;
  DriftWatch drift_;
  int patience_;          // changes of the list to which the queue still responds by reading again
  std::size_t calm_ = 0;  // pages to request one after the other, because the list has just changed
  CircleWatch circles_{};
  TotalWatch totals_;
  ListPosition position_;
  std::optional<ResumePoint> taken_up_{};  // until its page is open
  std::uint64_t list_;
  ListReport report_{};
};

}  // namespace polycampaign::inline v1::engine
