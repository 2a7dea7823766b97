#include "engine/list_watch.hpp"

#include "text/hash.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace polycampaign::inline v1::engine {

DriftWatch::Finding DriftWatch::look(protocol::PageKey const& key, protocol::PageInfo const& info,
                                     bool asked_early) const {
  if (behind_.empty() || behind_.back().part != key.part) return {};
  if (!total_ || !info.total || *info.total == again_.value_or(*total_)) return {};
  auto const lost = *total_ - *info.total;
  if (lost <= 0 && !again_ && !asked_early) return {};
  Finding finding{.quiet = false};
  if (lost <= 0) return finding;
  // Records that nobody has read yet have moved forward by at most the number that was deleted.
  auto const size = (std::max)(std::int64_t{1}, behind_.back().size);
  auto const wanted = static_cast<std::uint64_t>((lost - 1) / size + 1);
  auto const count = static_cast<std::ptrdiff_t>((std::min)(wanted, std::uint64_t{behind_.size()}));
  finding.read_again.assign(behind_.end() - count, behind_.end());
  finding.beyond = wanted > behind_.size() && !whole_;
  return finding;
}

DriftWatch::Finding DriftWatch::look(protocol::PageKey const& key, bool joined) const {
  auto const here = std::find(behind_.begin(), behind_.end(), key);
  if (joined || here == behind_.begin()) return {.beyond = !joined && !behind_.empty() && !whole_};
  return {.quiet = false, .read_again{*(here - 1)}};
}

void DriftWatch::read_again(Finding const& finding, protocol::PageInfo const& info) {
  if (finding.read_again.empty()) {
    total_ = info.total;
    again_.reset();
  } else {
    again_ = info.total;
  }
}

void DriftWatch::return_to(protocol::PageKey const& key) {
  behind_.erase(std::find(behind_.begin(), behind_.end(), key) + 1, behind_.end());
}

bool DriftWatch::pass(protocol::PageKey const& key, protocol::PageInfo const& info, bool again) {
  if (again) {
    if (key == behind_.back()) {
      total_ = info.total;
      again_.reset();
    }
    return false;
  }
  again_.reset();
  if (!behind_.empty() && behind_.back().part != key.part) {
    behind_.clear();
    total_.reset();
    whole_ = true;
  }
  behind_.push_back(key);
  if (behind_.size() > remembered_) {
    behind_.pop_front();
    whole_ = false;
  }
  if (!info.total) return false;
  auto const before = std::exchange(total_, info.total);
  return before && *before != *info.total;
}

bool CircleWatch::seen(protocol::PageKey const& key) {
  if (key.token.empty()) return false;
  constexpr std::size_t most = 64;
  auto const token = text::hash(key.token, static_cast<std::uint64_t>(key.part));
  if (token == old_token_ || std::find(last_tokens_.begin(), last_tokens_.end(), token) != last_tokens_.end())
    return true;
  if (std::has_single_bit(++tokens_)) old_token_ = token;
  last_tokens_.push_back(token);
  if (last_tokens_.size() > most) last_tokens_.pop_front();
  return false;
}

void CircleWatch::begin_page(std::int64_t part) noexcept {
  if (std::exchange(part_, part) != part) {
    pages_ = 0;
    first_id_.reset();
    old_id_.reset();
    idle_pages_ = 0;
  }
  pages_first_.reset();
  fresh_ = false;
}

bool CircleWatch::fresh(std::optional<std::uint64_t> id) noexcept {
  if (id && (id == first_id_ || id == old_id_)) circle_ = true;
  if (circle_) return false;
  fresh_ = true;
  if (!pages_first_) pages_first_ = id;
  return true;
}

std::string CircleWatch::end_page() {
  if (circle_) return "the pages of the list form a loop";
  if (pages_first_) {
    if (!first_id_) first_id_ = pages_first_;
    if (std::has_single_bit(++pages_)) old_id_ = pages_first_;
  }
  idle_pages_ = fresh_ ? 0 : idle_pages_ + 1;
  if (idle_pages_ < most_idle_pages) return {};
  return std::to_string(most_idle_pages) +
         " pages in a row contained no new element, and the vendor reports that there are more";
}

}  // namespace polycampaign::inline v1::engine
