#include "engine/list_walk.hpp"

#include "engine/blocking.hpp"
#include "engine/hash.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

constexpr int most_prefetch = 16;
// Each page delivered gives one back, so a list that rarely changes never runs out of it.
constexpr int most_patience = 64;

protocol::ListQuery query_of(Core const& core, CampaignFilter filter, ListOptions const& options) {
  auto const& capabilities = core.vendor->capabilities();
  return {.filter = std::move(filter),
          .page_size = std::clamp(options.page_size.value_or(capabilities.default_page_size),
                                  capabilities.min_page_size, capabilities.max_page_size),
          .now = core.runtime->system_now(),
          .keep_raw = options.keep_raw};
}

std::size_t depth_of(Core const& core, ListOptions const& options) {
  auto const wanted = options.prefetch.value_or(core.vendor->capabilities().default_prefetch);
  return static_cast<std::size_t>(std::clamp(wanted, 1, most_prefetch));
}

std::uint64_t hash_of(protocol::ListQuery const& query, ListOptions const& options) {
  auto h = hash(query.filter);
  h = mix(h + static_cast<std::uint64_t>(query.page_size));
  return mix(h + (options.keep_raw ? 1u : 0u) + (options.fetch_details ? 2u : 0u));
}

/// Pages whose ids and keys are remembered: those in flight may be as old as that.
std::size_t memory_of(std::size_t depth) {
  return 2 * depth + 2;
}

// Of small pages more are remembered: a vendor that sends a short list round and round is noticed at once.
constexpr std::size_t least_ids = 4096;

bool empty_period(CampaignFilter const& filter) {
  return filter.since && filter.until && *filter.since >= *filter.until;
}

}  // namespace

ListWalk::ListWalk(std::shared_ptr<Core> core, CampaignFilter filter, ListOptions options)
    : core_{std::move(core)},
      options_{std::move(options)},
      query_{query_of(*core_, std::move(filter), options_)},
      filter_{query_.filter, core_->vendor->capabilities()},
      list_{hash_of(query_, options_)},
      depth_{depth_of(*core_, options_)},
      left_{query_.filter.limit},
      details_{core_, options_},
      recent_{memory_of(depth_), least_ids},
      drift_{memory_of(depth_)},
      patience_{most_patience},
      totals_{!core_->vendor->capabilities().pages_known_ahead},
      position_{{.provider = std::string{core_->vendor->capabilities().provider},
                 .list = list_,
                 .now = query_.now}} {}

ListWalk::NextPage ListWalk::next_page() {
  auto const event = std::make_shared<Event>();
  std::optional<NextPage> page;
  auto const poll_once = [&] {
    page = poll(event);
    return page.has_value();
  };
  drive(*core_, event, options_.call, poll_once, [&] { return wake_at(); });
  return *std::move(page);
}

Error ListWalk::leave() {
  return end({.code = ErrorCode::cancelled, .message = "the list was left"});
}

std::optional<ListWalk::NextPage> ListWalk::poll(std::shared_ptr<Waker> const& waker) {
  waker_->set(waker);
  if (!std::exchange(waited_for_, true)) position_.taken();
  auto page = advance();
  if (!page) return std::nullopt;
  details_.park();
  waited_for_ = false;
  waker_->set(nullptr);
  return page;
}

std::optional<TimePoint> ListWalk::wake_at() const {
  if (!details_.empty()) return details_.wake_at();
  return queue_.empty() ? std::nullopt : queue_.front()->wake_at();
}

std::optional<ListWalk::NextPage> ListWalk::advance() {
  if (!std::exchange(begun_, true))
    if (auto error = begin()) return end(*std::move(error));
  if (!ended_)
    if (auto error = core_->given_up(options_.call)) return end(*std::move(error));
  if (!ended_ && !open_ && !open_next()) return std::nullopt;
  if (broken_) return end(*std::move(broken_));
  if (!open_) return std::optional<Page<Campaign>>{};

  Page<Campaign> page;
  if (options_.fetch_details) {
    auto items = deliver_details();
    if (broken_) return end(*std::move(broken_));
    if (!items) return std::nullopt;
    page.items = *std::move(items);
  } else {
    page.items = deliver_all();
  }
  if (left_ == 0) {
    ended_ = true;
    if (!open_ && queue_.empty() && !failure_) complete();
    open_.reset();
    details_.clear();
    queue_.clear();
  }
  if (depth_ > 1) send_ahead();
  return std::optional<Page<Campaign>>{std::move(page)};
}

WalkReport ListWalk::report() const {
  auto report = report_;
  totals_.explain(report.missed);
  return report;
}

std::string ListWalk::resume_token(std::size_t delivered) const {
  auto token = position_.token(delivered);
  // not begun: where it would begin
  return token.empty() ? options_.resume_token : token;
}

/// The vendor has nothing more.
void ListWalk::complete() {
  ended_ = report_.complete = true;
  totals_.end();
}

Error ListWalk::end(Error error) {
  ended_ = true;
  broken_.reset();
  open_.reset();
  details_.clear();
  queue_.clear();
  return core_->completed(std::move(error));
}

std::optional<Error> ListWalk::begin() {
  auto const& vendor = *core_->vendor;
  auto const& capabilities = vendor.capabilities();
  if (auto error = protocol::ListFilter::refuse(query_.filter, capabilities)) return error;
  if (!options_.resume_token.empty())
    if (auto error = take_up()) return error;

  report_.client_filters = filter_.names();
  report_.unseen.assign(capabilities.blind_spots.begin(), capabilities.blind_spots.end());
  for (auto& sentence : vendor.unseen(query_)) report_.unseen.push_back(std::move(sentence));
  if (empty_period(query_.filter)) ended_ = report_.complete = true;
  if (ended_ || left_ == 0) {
    ended_ = true;
    position_.end();
    return std::nullopt;
  }
  auto key = vendor.first(query_);
  if (!key) return std::move(key).error();
  totals_.begin(*key);
  if (taken_up_) *key = taken_up_->key;
  report_.windows = vendor.windows(query_);
  static_cast<void>(circles_.seen(*key));
  queue_.push_back(fetch(*std::move(key)));
  return std::nullopt;
}

std::optional<Error> ListWalk::take_up() {
  auto point = from_token(options_.resume_token);
  if (!point || point->provider != core_->vendor->capabilities().provider || point->list != list_)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = point ? "the resume token belongs to another list: provider, filter, page size "
                                    "and what is kept must be the same"
                                  : "this is not a resume token of this version"};
  query_.now = point->now;
  if (left_) *left_ -= (std::min)(*left_, point->delivered);
  ended_ = report_.complete = point->ended;
  drift_.begin_inside();
  position_.take_up(*point);
  taken_up_ = std::move(point);
  return std::nullopt;
}

std::unique_ptr<PageFetch> ListWalk::fetch(protocol::PageKey key) {
  return std::make_unique<PageFetch>(core_, query_, std::move(key), options_.call, waker_);
}

/// Opens the next page of the queue; false while it must be waited for. None is open afterwards when the list
/// has ended or is broken.
bool ListWalk::open_next() {
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
    if (depth_ > 1) send_ahead();
    auto& head = *queue_.front();
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

/// Whether the list has changed so that pages must be read (again) before this one can be delivered.
bool ListWalk::disturbed(PageFetch& head) {
  if (!core_->vendor->capabilities().pages_known_ahead && head.key().overlap == 0) return false;
  auto const& info = head.page().info;
  auto const finding = head.key().overlap > 0 ? drift_.look(head.key(), joined(head))
                                              : drift_.look(head.key(), info, head.asked_early);
  if (finding.beyond)
    miss("So many campaigns were deleted during the walk that others may have been passed over.");
  if (finding.quiet) return false;
  report_.total_moved = true;
  if (patience_ == 0) {
    miss("The list changed faster than it could be read: campaigns may have been passed over.");
    return false;
  }
  --patience_;
  calm_ = depth_;
  if (head.key().overlap > 0) {  // what follows is known from the page that is read again
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

/// Whether the page goes on where the one before ended, or earlier.
bool ListWalk::joined(PageFetch& head) const {
  auto const& items = head.page().items;
  return !items.empty() && (items.front().id.empty() || recent_.contains(hash(items.front().id)));
}

void ListWalk::miss(std::string_view sentence) {
  auto& missed = report_.missed;
  if (std::find(missed.begin(), missed.end(), sentence) == missed.end()) missed.emplace_back(sentence);
}

/// The page will be delivered.
void ListWalk::accept(std::unique_ptr<PageFetch> fetch) {
  auto const& info = fetch->page().info;
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
  open_.emplace(Open{.items = std::move(fetch->page().items),
                     .overlap = static_cast<std::size_t>(fetch->key().overlap),
                     .read_again = fetch->read_again});
  skip_delivered();
}

/// What comes after this page. What has been asked for already is kept where it still fits.
void ListWalk::plan(PageFetch& page) {
  if (page.read_again && !queue_.empty()) return;
  auto asked = std::exchange(queue_, {});
  auto const& info = page.page().info;
  if (info.next_error) {
    failure_ = info.next_error;
    return;
  }
  auto const keys =
      core_->vendor->ahead(query_, totals_.applied(page.key(), info), totals_.credible(info), depth_);
  for (auto const& key : keys) {
    auto const known =
        std::find_if(asked.begin(), asked.end(), [&](auto const& one) { return one && one->key() == key; });
    if (known != asked.end()) {
      queue_.push_back(std::move(*known));
    } else if (!page.read_again && circles_.seen(key)) {
      failure_ = Error{.code = ErrorCode::protocol, .message = "the list's pages go round in a circle"};
      return;
    } else {
      queue_.push_back(fetch(key));
    }
  }
}

void ListWalk::send_ahead() {
  auto most = calm_ > 0 ? std::size_t{1} : depth_;
  if (left_ && filter_.passive() && !queue_.empty()) {
    auto const size = (std::max)(queue_.front()->key().size, std::int64_t{1});
    auto const wanted = static_cast<std::uint64_t>((*left_ - 1) / size + 1);
    most = static_cast<std::size_t>((std::min)(std::uint64_t{most}, wanted));
  }
  most = (std::min)(most, queue_.size());
  for (std::size_t i = 0; i < most; ++i) queue_[i]->start_ahead();
}

}  // namespace polycampaign::inline v1::engine
