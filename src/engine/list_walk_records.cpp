#include "engine/hash.hpp"
#include "engine/list_walk.hpp"

#include <algorithm>
#include <utility>

// The records of the page that is open, on their way to the reader.
namespace polycampaign::inline v1::engine {

namespace {

/// Stands for the id of a record that has none.
std::uint64_t contents_of(Campaign const& campaign) {
  auto h = hash("no id");
  for (auto const* text : {&campaign.name, &campaign.sender, &campaign.text, &campaign.status.vendor_word})
    h = hash(text->value_or(""), h);
  for (auto const* time : {&campaign.created_at, &campaign.scheduled_at, &campaign.started_at,
                           &campaign.finished_at, &campaign.updated_at})
    h = mix(h + (*time ? static_cast<std::uint64_t>((*time)->time.time_since_epoch().count()) : 1u));
  return h;
}

}  // namespace

/// In the page where the walk is taken up: what the reader has had.
void ListWalk::skip_delivered() {
  if (!taken_up_) return;
  auto const point = *std::exchange(taken_up_, std::nullopt);
  auto const& items = open_->items;
  auto const same = [&](Campaign const& campaign) { return campaign.id == point.id; };
  auto const index = static_cast<std::size_t>(point.index.value_or(0));
  auto last = items.end();
  if (point.index && index < items.size() && same(items[index])) {
    last = items.begin() + *point.index;
  } else if (!point.id.empty()) {
    last = std::find_if(items.begin(), items.end(), same);
  }
  if (!point.index && last == items.end()) return;
  if (last == items.end()) {
    report_.missed.emplace_back(
        "The page where the walk was taken up has changed meanwhile: campaigns may have been passed over or "
        "repeated.");
    return;
  }
  open_->next = open_->asked = static_cast<std::size_t>(last - items.begin()) + 1;
  report_.records -= static_cast<std::int64_t>(open_->next);
  for (std::size_t i = 0; i < open_->next; ++i)
    if (!items[i].id.empty()) static_cast<void>(recent_.insert(hash(items[i].id)));
}

std::vector<Campaign> ListWalk::deliver_all() {
  auto& items = open_->items;
  std::size_t kept = 0;
  for (auto& next = open_->next; next < items.size() && left_ != 0; ++next) {
    auto& campaign = items[next];
    if (!is_new(campaign, next) || !fits(campaign, true)) continue;
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

/// The records at the head whose details are there; nothing while they must be waited for.
std::optional<std::vector<Campaign>> ListWalk::deliver_details() {
  std::vector<Campaign> ready;
  while (left_ != 0) {
    ask_for_details();
    details_.poll(waker_);
    auto* const result = details_.first();
    if (result == nullptr) break;
    if (!*result) {
      if (!ready.empty()) return ready;  // the error comes behind them
      broken_ = std::move(*result).error();
      return std::nullopt;
    }
    open_->next = details_.first_record();
    if (fits(**result, true)) {
      hand_over(**result);
      ready.push_back(std::move(**result));
    }
    ++open_->next;
    details_.drop_first();
  }
  if (ready.empty() && !details_.empty()) return std::nullopt;
  if (details_.empty() && open_->asked == open_->items.size()) close_page();
  return ready;
}

void ListWalk::ask_for_details() {
  auto const wanted = left_ && filter_.passive() ? static_cast<std::uint64_t>(*left_) : std::uint64_t{depth_};
  auto const most = static_cast<std::size_t>((std::min)(std::uint64_t{depth_}, wanted));
  auto& items = open_->items;
  for (auto& next = open_->asked; details_.size() < most && next < items.size(); ++next) {
    // What the list already rules out needs no request.
    if (is_new(items[next], next) && fits(items[next], false)) details_.add(std::move(items[next]), next);
  }
}

bool ListWalk::is_new(Campaign const& campaign, std::size_t record) {
  if (campaign.id.empty()) {
    // always delivered, but the same one again is nothing new
    if (recent_.insert(contents_of(campaign)) && !open_->read_again)
      static_cast<void>(circles_.fresh(std::nullopt));
    return true;
  }
  auto const id = hash(campaign.id);
  if (recent_.insert(id) && (open_->read_again || circles_.fresh(id))) return true;
  if (record < open_->overlap) {
    --report_.records;  // asked for twice on purpose
  } else {
    ++report_.duplicates;
  }
  return false;
}

bool ListWalk::fits(Campaign const& campaign, bool complete) {
  auto const verdict = filter_.judge(campaign, complete);
  if (verdict == protocol::ListFilter::Verdict::keep) return true;
  ++report_.filtered;
  if (verdict == protocol::ListFilter::Verdict::drop_without_time) ++report_.without_time;
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
  if (read_again) return;  // it holds few new ids, and the older ones are still needed
  auto why = circles_.end_page();
  recent_.end_page();
  if (why.empty() || queue_.empty()) return;
  failure_ = Error{.code = ErrorCode::protocol, .message = std::move(why)};
  queue_.clear();
}

}  // namespace polycampaign::inline v1::engine
