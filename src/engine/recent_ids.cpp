#include "engine/recent_ids.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

bool RecentIds::insert(std::uint64_t id) {
  if (id == 0) id = 1;
  return !old_.contains(id) && young_.insert(id);
}

bool RecentIds::contains(std::uint64_t id) const {
  if (id == 0) id = 1;
  return young_.contains(id) || old_.contains(id);
}

void RecentIds::prefetch(std::uint64_t id) const noexcept {
  old_.prefetch(id);
  young_.prefetch(id);
}

void RecentIds::end_page() {
  if (++full_pages_ < pages_ || young_.size() < ids_) return;
  full_pages_ = 0;
  std::swap(young_, old_);
  young_.clear();
}

bool RecentIds::Table::contains(std::uint64_t id) const {
  if (places_.empty()) return false;
  auto const mask = places_.size() - 1;
  for (auto i = static_cast<std::size_t>(id) & mask; places_[i] != 0; i = (i + 1) & mask)
    if (places_[i] == id) return true;
  return false;
}

bool RecentIds::Table::insert(std::uint64_t id) {
  if (places_.size() < 2 * (used_ + 1)) grow();
  auto const mask = places_.size() - 1;
  auto i = static_cast<std::size_t>(id) & mask;
  for (; places_[i] != 0; i = (i + 1) & mask)
    if (places_[i] == id) return false;
  places_[i] = id;
  ++used_;
  return true;
}

void RecentIds::Table::prefetch(std::uint64_t id) const noexcept {
#if defined(__GNUC__)
  if (!places_.empty()) __builtin_prefetch(&places_[static_cast<std::size_t>(id) & (places_.size() - 1)]);
#else
  static_cast<void>(id);
#endif
}

void RecentIds::Table::clear() {
  std::fill(places_.begin(), places_.end(), 0);
  used_ = 0;
}

void RecentIds::Table::grow() {
  auto const old =
      std::exchange(places_, std::vector<std::uint64_t>((std::max)(std::size_t{256}, 2 * places_.size())));
  used_ = 0;
  for (auto const id : old)
    if (id != 0) insert(id);
}

}  // namespace polycampaign::inline v1::engine
