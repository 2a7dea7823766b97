#include "engine/page_queue.hpp"

#include "text/hash.hpp"

#include <algorithm>

namespace polycampaign::inline v1::engine {

namespace {

constexpr int most_prefetch = 16;
// Each delivered page gives one back, so a list that rarely changes never exhausts it.
constexpr int most_patience = 64;
// If pages are small, more of them are remembered, so that a vendor that loops through a short list is
// detected at once.
constexpr std::size_t least_ids = 4096;

std::size_t depth_of(Core const& core, ListOptions const& options) {
  auto const wanted = options.prefetch.value_or(core.adapter->capabilities().default_prefetch);
  return static_cast<std::size_t>(std::clamp(wanted, 1, most_prefetch));
}

/// Returns the number of pages whose ids and keys are remembered. Pages in flight may be that old.
std::size_t memory_of(std::size_t depth) {
  return 2 * depth + 2;
}

}  // namespace

PageQueue::PageQueue(std::shared_ptr<Core> core, ListOptions const& options, std::uint64_t list,
                     std::chrono::sys_seconds now, std::shared_ptr<runtime::Waker> wake)
    : core_{std::move(core)},
      options_{options},
      wake_{std::move(wake)},
      depth_{depth_of(*core_, options)},
      recent_{memory_of(depth_), least_ids},
      drift_{memory_of(depth_)},
      patience_{most_patience},
      totals_{!core_->adapter->capabilities().pages_known_ahead},
      position_{{.provider = std::string{core_->adapter->capabilities().provider}, .list = list, .now = now}},
      list_{list} {}

Result<void> PageQueue::take_up() {
  if (options_.resume_token.empty()) return {};
  auto point = from_token(options_.resume_token);
  if (!point || point->provider != core_->adapter->capabilities().provider || point->list != list_)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = point ? "the resume token belongs to another list: the provider, filter, page "
                                    "size, keep_raw and fetch_details must be the same"
                                  : "this is not a resume token, or another version of the library made it"};
  ended_ = report_.complete = point->ended;
  drift_.begin_inside();
  position_.take_up(*point);
  taken_up_ = std::move(point);
  return {};
}

void PageQueue::begin(ListSource source) {
  source_ = std::move(source);
  report_.windows = source_.windows;
  totals_.begin(source_.first);
  auto const& key = taken_up_ ? taken_up_->key : source_.first;
  static_cast<void>(circles_.seen(key));
  queue_.push_back(fetch(key));
}

std::unique_ptr<PageFetch> PageQueue::fetch(protocol::PageKey key) {
  return std::make_unique<PageFetch>(core_, source_, std::move(key), options_.call, wake_);
}

bool PageQueue::open_next() {
  for (;;) {
    if (queue_.empty()) {
      if (failure_) {
        broken_ = failure_;
      } else {
        complete();
        position_.end();
      }
      return true;
    }
    auto& head = *queue_.front();
    // Once the vendor has answered it, the next request goes out before the response is decoded.
    send_ahead(head.answered() ? 1 : 0);
    position_.enter(head.key());
    if (!head.poll()) return false;
    if (head.error()) {
      broken_ = head.error();
      return true;
    }
    if (disturbed(head)) continue;
    auto next = std::move(queue_.front());
    queue_.pop_front();
    accept(std::move(next));
    return true;
  }
}

std::optional<runtime::TimePoint> PageQueue::wake_at() const {
  return queue_.empty() ? std::nullopt : queue_.front()->wake_at();
}

/// Returns whether the list has changed, so that pages must be read (again) before this one can be delivered.
bool PageQueue::disturbed(PageFetch const& head) {
  if (!core_->adapter->capabilities().pages_known_ahead && head.key().overlap == 0) return false;
  auto const& info = head.page()->info;
  auto const finding = head.key().overlap > 0 ? drift_.look(head.key(), joined(head))
                                              : drift_.look(head.key(), info, head.asked_early);
  if (finding.beyond)
    miss("So many records were deleted while the list was read that others may have been skipped.");
  if (finding.quiet) return false;
  report_.total_moved = true;
  if (patience_ == 0) {
    miss("The list changed faster than it could be read: records may have been skipped.");
    return false;
  }
  --patience_;
  calm_ = depth_;
  if (head.key().overlap > 0) {  // the page that is read again determines what follows
    drift_.return_to(finding.read_again.front());
    queue_.clear();
    queue_.push_back(fetch(finding.read_again.front()));
    queue_.front()->read_again = true;
    return true;
  }
  drift_.read_again(finding, info);
  while (!queue_.empty() && queue_.front()->read_again) queue_.pop_front();
  for (auto& page : queue_)
    if (page->asked()) page = fetch(protocol::PageKey{page->key()});
  for (auto key = finding.read_again.rbegin(); key != finding.read_again.rend(); ++key) {
    queue_.push_front(fetch(*key));
    queue_.front()->read_again = true;
  }
  return true;
}

/// Returns whether the page continues where the one before ended, or earlier.
bool PageQueue::joined(PageFetch const& head) const {
  auto const& page = *head.page();
  return page.size() != 0 && (page.id(0).empty() || recent_.contains(page.identity(0)));
}

void PageQueue::miss(std::string_view sentence) {
  auto& missed = report_.missed;
  if (std::find(missed.begin(), missed.end(), sentence) == missed.end()) missed.emplace_back(sentence);
}

/// Accepts a page for delivery.
void PageQueue::accept(std::unique_ptr<PageFetch> fetch) {
  auto const& info = fetch->page()->info;
  ++report_.pages;
  report_.records += info.records;
  if (drift_.pass(fetch->key(), info, fetch->read_again)) report_.total_moved = true;
  if (!fetch->read_again) {
    patience_ = (std::min)(patience_ + 1, most_patience);
    totals_.pass(fetch->key(), info);
    circles_.begin_page(fetch->key().part);
  }
  if (calm_ > 0) --calm_;
  plan(*fetch);
  for (auto& later : queue_)
    if (later->asked()) later->asked_early = true;
  open_.emplace(Open{.page = fetch->page(),
                     .overlap = static_cast<std::size_t>(fetch->key().overlap),
                     .read_again = fetch->read_again});
  ids_.resize(fetch->page()->size());
  for (std::size_t i = 0; i < ids_.size(); ++i) ids_[i] = fetch->page()->identity(i);
  skip_delivered();
}

/// Plans what comes after this page. Requests that have already been made are kept if they still fit.
void PageQueue::plan(PageFetch& page) {
  if (page.read_again && !queue_.empty()) return;
  auto asked = std::exchange(queue_, {});
  auto const& info = page.page()->info;
  if (info.next_error) {
    failure_ = info.next_error;
    return;
  }
  if (!source_.ahead) return;
  auto const keys =
      source_.ahead(totals_.applied(page.key(), info), totals_.credible(info), depth_ > 1 ? depth_ + 1 : 1);
  for (auto const& key : keys) {
    auto const known =
        std::find_if(asked.begin(), asked.end(), [&](auto const& one) { return one && one->key() == key; });
    if (known != asked.end()) {
      queue_.push_back(std::move(*known));
    } else if (!page.read_again && circles_.seen(key)) {
      failure_ = Error{.code = ErrorCode::protocol, .message = "the pages of the list form a loop"};
      return;
    } else {
      queue_.push_back(fetch(key));
    }
  }
}

/// Skips what the reader has already received, in the page at which the list is resumed.
void PageQueue::skip_delivered() {
  if (!taken_up_) return;
  auto const point = *std::exchange(taken_up_, std::nullopt);
  auto const& page = *open_->page;
  auto const same = [&](std::size_t record) { return page.id(record) == point.id; };
  auto const index = static_cast<std::size_t>(point.index.value_or(0));
  auto last = page.size();
  if (point.index && index < page.size() && same(index)) {
    last = index;
  } else if (!point.id.empty()) {
    for (last = 0; last < page.size() && !same(last);) ++last;
  }
  if (!point.index && last == page.size()) return;
  if (last == page.size()) {
    report_.missed.emplace_back(
        "The page at which the list was resumed has changed in the meantime: records may have been skipped "
        "or repeated.");
    return;
  }
  open_->first = last + 1;
  report_.records -= static_cast<std::int64_t>(open_->first);
  for (std::size_t i = 0; i < open_->first; ++i) {
    auto const known = page.id(i).empty() ? page.contents(i) : page.identity(i);
    if (known) static_cast<void>(recent_.insert(*known));
  }
}

bool PageQueue::is_new(std::size_t record) {
  auto const& page = *open_->page;
  if (page.id(record).empty()) {
    // Another record may contain the same, so it is left out only if it was requested twice.
    auto const contents = page.contents(record);
    bool const fresh = !contents || recent_.insert(*contents);
    if (!fresh && record < open_->overlap) {
      --report_.records;
      return false;
    }
    if (fresh && !open_->read_again) static_cast<void>(circles_.fresh(std::nullopt));
    return true;
  }
  auto const id = ids_[record];
  constexpr std::size_t ahead = 8;
  if (record + ahead < ids_.size()) recent_.prefetch(ids_[record + ahead]);
  if (recent_.insert(id) && (open_->read_again || circles_.fresh(id))) return true;
  if (record < open_->overlap) {
    --report_.records;  // requested twice on purpose
  } else {
    ++report_.duplicates;
  }
  return false;
}

void PageQueue::hand_over(std::size_t record, std::string_view id) {
  position_.hand_over(record, id);
  ++report_.delivered;
}

void PageQueue::close_page() {
  auto const read_again = open_->read_again;
  open_.reset();
  if (read_again) return;  // it holds few new ids, and the older ones are still needed
  auto why = circles_.end_page();
  recent_.end_page();
  if (why.empty() || queue_.empty()) return;
  failure_ = Error{.code = ErrorCode::protocol, .message = std::move(why)};
  queue_.clear();
}

void PageQueue::want(std::optional<std::int64_t> records) {
  wanted_ = records;
}

void PageQueue::send_ahead(std::size_t answered) {
  if (depth_ <= 1) return;
  auto most = calm_ > 0 ? std::size_t{1} : depth_ + answered;
  if (wanted_ && !queue_.empty()) {
    auto const size = (std::max)(queue_.front()->key().size, std::int64_t{1});
    auto const pages = static_cast<std::uint64_t>((*wanted_ - 1) / size + 1);
    most = static_cast<std::size_t>((std::min)(std::uint64_t{most}, pages));
  }
  most = (std::min)(most, queue_.size());
  for (std::size_t i = 0; i < most; ++i) queue_[i]->start_ahead();
}

/// Ends the list because the vendor has nothing more.
void PageQueue::complete() {
  ended_ = report_.complete = true;
  totals_.end();
}

void PageQueue::enough() {
  if (!open_ && queue_.empty() && !failure_) complete();
  leave();
}

void PageQueue::leave() noexcept {
  ended_ = true;
  broken_.reset();
  open_.reset();
  queue_.clear();
}

void PageQueue::begin_at_end(bool complete) {
  ended_ = true;
  if (complete) report_.complete = true;
  position_.end();
}

ListReport PageQueue::report() const {
  auto report = report_;
  totals_.explain(report.missed);
  return report;
}

std::string PageQueue::resume_token(std::size_t delivered) const {
  auto token = position_.token(delivered);
  // If the list has not begun, return the token at which it would begin.
  return token.empty() ? options_.resume_token : token;
}

}  // namespace polycampaign::inline v1::engine
