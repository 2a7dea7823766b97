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

namespace polycampaign::inline v1::engine {

/// The pages of a list, whatever it holds: asked for ahead, opened in order, without duplicates, with changes
/// of the list noticed. A machine like CallRun: it never waits. Its destruction abandons what is in flight.
/// The reader of the open page says what it has delivered.
class PageQueue {
 public:
  /// The options must outlive this. `list` names the list in every process, for its resume tokens; `now` is
  /// the clock. `wake` is woken when `open_next` should be called again.
  PageQueue(std::shared_ptr<Core> core, ListOptions const& options, std::uint64_t list,
            std::chrono::sys_seconds now, std::shared_ptr<runtime::Waker> wake);
  PageQueue(PageQueue const&) = delete;
  PageQueue& operator=(PageQueue const&) = delete;

  /// Goes where the resume token of the options leads, if there is one: before `begin`. Errors:
  /// `invalid_argument`.
  [[nodiscard]] Result<void> take_up();
  /// The clock when the list began, in this or another process.
  [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return position_.began(); }
  /// Elements that the reader had in another process.
  [[nodiscard]] std::int64_t had() const noexcept { return taken_up_ ? taken_up_->delivered : 0; }
  /// The first page comes next. Once; not called where nothing of the list is wanted.
  void begin(ListSource source);

  /// The page that is being delivered.
  struct Open {
    std::shared_ptr<AnyPage> page{};
    std::size_t first = 0;    ///< records before it have been delivered in another process
    std::size_t overlap = 0;  ///< records at the beginning that the page before held too
    bool read_again = false;
  };
  /// Opens the next page; false while it must be waited for. None is open afterwards when the list has ended
  /// or is broken.
  [[nodiscard]] bool open_next();
  [[nodiscard]] Open* open() noexcept { return open_ ? &*open_ : nullptr; }
  /// What ended the list before its end; once.
  [[nodiscard]] std::optional<Error> take_error() noexcept { return std::exchange(broken_, std::nullopt); }
  [[nodiscard]] std::optional<runtime::TimePoint> wake_at() const;

  /// Whether the record of the open page is a new one. Once a record.
  [[nodiscard]] bool is_new(std::size_t record);
  /// The record is handed to the reader.
  void hand_over(std::size_t record, std::string_view id);
  /// The records of the open page have been looked at.
  void close_page();
  /// The reader has had all that was handed over.
  void taken() { position_.taken(); }

  /// How many more records the reader takes; absent: all.
  void want(std::optional<std::int64_t> records);
  /// Asks for the pages ahead.
  void send_ahead();
  /// The reader wants no more elements: nothing is in flight afterwards.
  void enough();
  /// The reader has gone, or the list is broken: nothing is in flight afterwards.
  void leave() noexcept;
  /// Nothing of the list is wanted: called instead of `begin`. `complete`: since there is nothing in it.
  void begin_at_end(bool complete);
  [[nodiscard]] bool ended() const noexcept { return ended_; }

  [[nodiscard]] ListReport report() const;
  /// What the queue does not count itself: `delivered` and the filters.
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
  std::size_t depth_;  // pages in flight at most
  std::optional<std::int64_t> wanted_{};

  bool ended_ = false;
  std::deque<std::unique_ptr<PageFetch>> queue_{};  // what comes next, in order
  std::optional<Error> failure_{};                  // behind the queue
  std::optional<Error> broken_{};                   // ends the list at once
  std::optional<Open> open_{};

  RecentIds recent_;
  DriftWatch drift_;
  int patience_;          // disturbances that are still answered by reading again
  std::size_t calm_ = 0;  // pages to be asked for one after the other, since the list has just changed
  CircleWatch circles_{};
  TotalWatch totals_;
  ListPosition position_;
  std::optional<ResumePoint> taken_up_{};  // until its page is open
  std::uint64_t list_;
  ListReport report_{};
};

}  // namespace polycampaign::inline v1::engine
