#include "engine/list_walk.hpp"

#include "engine/blocking.hpp"
#include "engine/hash.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

constexpr int most_prefetch = 16;

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
      recent_{memory_of(depth_)},
      deletions_{memory_of(depth_)},
      position_{{.provider = std::string{core_->vendor->capabilities().provider},
                 .list = list_,
                 .now = query_.now}} {}

Result<std::optional<Page<Campaign>>> ListWalk::next_page() {
  position_.taken();
  if (!std::exchange(begun_, true))
    if (auto error = begin()) return end(*std::move(error));
  if (!ended_)
    if (auto error = core_->given_up(options_.call)) return end(*std::move(error));
  if (!ended_ && !open_)
    if (auto error = open_next()) return end(*std::move(error));
  if (!open_) return std::optional<Page<Campaign>>{};

  Page<Campaign> page;
  if (options_.fetch_details) {
    auto items = deliver_one_in_detail();
    if (!items) return end(std::move(items).error());
    page.items = *std::move(items);
  } else {
    page.items = deliver_all();
  }
  if (left_ == 0) {
    report_.complete = !open_ && queue_.empty() && !failure_;
    ended_ = true;
    open_.reset();
    queue_.clear();
  }
  if (depth_ > 1) send_ahead();
  return std::optional<Page<Campaign>>{std::move(page)};
}

std::string ListWalk::resume_token(std::size_t delivered) const {
  auto token = position_.token(delivered);
  // not begun: where it would begin
  return token.empty() ? options_.resume_token : token;
}

Error ListWalk::end(Error error) {
  ended_ = true;
  open_.reset();
  queue_.clear();
  return core_->completed(std::move(error));
}

std::optional<Error> ListWalk::begin() {
  auto const& vendor = *core_->vendor;
  auto const& capabilities = vendor.capabilities();
  if (auto error = ListFilter::refuse(query_.filter, capabilities)) return error;
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
  report_.windows = vendor.windows(query_);
  auto key = taken_up_ ? taken_up_->key : vendor.first(query_);
  static_cast<void>(circles_.seen(key));
  queue_.push_back(std::make_unique<PageFetch>(core_, query_, std::move(key), options_.call));
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
  deletions_.begin_inside();
  position_.take_up(*point);
  taken_up_ = std::move(point);
  return std::nullopt;
}

/// Opens the next page of the queue; none is open afterwards when the list has ended.
std::optional<Error> ListWalk::open_next() {
  for (;;) {
    if (queue_.empty()) {
      if (failure_) return failure_;
      ended_ = report_.complete = true;
      position_.end();
      return std::nullopt;
    }
    if (depth_ > 1) send_ahead();
    auto& head = *queue_.front();
    position_.enter(head.key());
    if (auto error = head.wait()) return error;
    if (read_before_again(head)) continue;
    auto const fetch = std::move(queue_.front());
    queue_.pop_front();
    count(*fetch);
    plan(*fetch);
    open_.emplace(Open{.items = std::move(fetch->page().items), .read_again = fetch->read_again});
    skip_delivered();
    return std::nullopt;
  }
}

/// Deletions pull records over the border between two pages: then the page before it is read again first.
bool ListWalk::read_before_again(PageFetch& fetch) {
  if (fetch.read_again || std::exchange(fetch.checked, true)) return false;
  if (!core_->vendor->capabilities().pages_known_ahead) return false;
  auto const finding = deletions_.look(fetch.key(), fetch.page().info);
  if (finding.more)
    report_.missed.emplace_back(
        "So many campaigns were deleted during the walk that others may have been passed over.");
  for (auto key = finding.read_again.rbegin(); key != finding.read_again.rend(); ++key) {
    queue_.push_front(std::make_unique<PageFetch>(core_, query_, *key, options_.call));
    queue_.front()->read_again = true;
  }
  return !finding.read_again.empty();
}

void ListWalk::count(PageFetch& fetch) {
  ++report_.pages;
  auto const& page = fetch.page();
  report_.records += (std::max)(page.info.records, static_cast<std::int64_t>(page.items.size()));
  if (!fetch.read_again && deletions_.pass(fetch.key(), page.info)) report_.total_moved = true;
}

/// What comes after this page. What has been asked for already is kept where it still fits.
void ListWalk::plan(PageFetch& fetch) {
  if (fetch.read_again) return;
  auto asked = std::exchange(queue_, {});
  for (auto& key : core_->vendor->ahead(query_, fetch.key(), fetch.page().info, depth_)) {
    auto const known =
        std::find_if(asked.begin(), asked.end(), [&](auto const& one) { return one && one->key() == key; });
    if (known != asked.end()) {
      queue_.push_back(std::move(*known));
    } else if (circles_.seen(key)) {
      failure_ = Error{.code = ErrorCode::protocol, .message = "the list's pages go round in a circle"};
      return;
    } else {
      queue_.push_back(std::make_unique<PageFetch>(core_, query_, std::move(key), options_.call));
    }
  }
}

void ListWalk::send_ahead() {
  auto most = depth_;
  if (left_ && filter_.passive() && !queue_.empty()) {
    auto const size = (std::max)(queue_.front()->key().size, std::int64_t{1});
    auto const wanted = static_cast<std::uint64_t>((*left_ - 1) / size + 1);
    most = static_cast<std::size_t>((std::min)(std::uint64_t{most}, wanted));
  }
  most = (std::min)(most, queue_.size());
  for (std::size_t i = 0; i < most; ++i) queue_[i]->start_ahead();
}

/// In the page where the walk is taken up: what the reader has had.
void ListWalk::skip_delivered() {
  if (!taken_up_) return;
  auto const point = *std::exchange(taken_up_, std::nullopt);
  if (!point.index) return;
  auto const& items = open_->items;
  auto const same = [&](Campaign const& campaign) { return campaign.id == point.id; };
  auto const index = static_cast<std::size_t>(*point.index);
  auto last = items.end();
  if (index < items.size() && same(items[index])) {
    last = items.begin() + *point.index;
  } else if (!point.id.empty()) {
    last = std::find_if(items.begin(), items.end(), same);
  }
  if (last == items.end()) {
    report_.missed.emplace_back(
        "The page where the walk was taken up has changed meanwhile: campaigns may have been passed over or "
        "repeated.");
    return;
  }
  open_->next = static_cast<std::size_t>(last - items.begin()) + 1;
  report_.records -= static_cast<std::int64_t>(open_->next);
  for (std::size_t i = 0; i < open_->next; ++i)
    if (!items[i].id.empty()) static_cast<void>(recent_.insert(hash(items[i].id)));
}

std::vector<Campaign> ListWalk::deliver_all() {
  auto& items = open_->items;
  std::size_t kept = 0;
  for (auto& next = open_->next; next < items.size() && left_ != 0; ++next) {
    auto& campaign = items[next];
    if (!is_new(campaign) || !fits(campaign, true)) continue;
    hand_over(campaign);
    if (kept != next) items[kept] = std::move(campaign);
    ++kept;
  }
  auto const cut = open_->next < items.size();
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(kept), items.end());
  auto all = std::move(items);
  if (!cut) close_page();
  return all;
}

Result<std::vector<Campaign>> ListWalk::deliver_one_in_detail() {
  std::vector<Campaign> one;
  auto& items = open_->items;
  for (auto& next = open_->next; next < items.size() && one.empty(); ++next) {
    // What the list already rules out needs no request.
    if (!is_new(items[next]) || !fits(items[next], false)) continue;
    BlockingConversation conversation{core_, options_.call};
    auto campaign =
        core_->vendor->complete(std::move(items[next]), {.keep_raw = options_.keep_raw}, conversation);
    if (!campaign) return std::move(campaign).error();
    if (!fits(*campaign, true)) continue;
    hand_over(*campaign);
    one.push_back(*std::move(campaign));
  }
  if (open_->next == items.size()) close_page();
  return one;
}

bool ListWalk::is_new(Campaign const& campaign) {
  if (campaign.id.empty()) return true;
  auto const id = hash(campaign.id);
  circles_.record(id);
  if (recent_.insert(id)) return true;
  ++report_.duplicates;
  return false;
}

bool ListWalk::fits(Campaign const& campaign, bool complete) {
  auto const verdict = filter_.judge(campaign, complete);
  if (verdict == ListFilter::Verdict::keep) return true;
  ++report_.filtered;
  if (verdict == ListFilter::Verdict::drop_without_time) ++report_.without_time;
  return false;
}

void ListWalk::hand_over(Campaign const& campaign) {
  position_.hand_over(open_->next, campaign.id);
  ++report_.delivered;
  if (left_) --*left_;
}

void ListWalk::close_page() {
  auto const read_again = open_->read_again;
  open_.reset();
  auto const repeated = circles_.end_page();
  if (read_again) return;  // it holds few new ids, and the older ones are still needed
  recent_.end_page();
  if (repeated) {
    failure_ =
        Error{.code = ErrorCode::protocol, .message = "the vendor answers every page with the same records"};
    queue_.clear();
  }
}

}  // namespace polycampaign::inline v1::engine
