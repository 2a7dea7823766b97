#include "engine/total_watch.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

using protocol::PageInfo;
using protocol::PageKey;

void TotalWatch::pass(PageKey const& key, PageInfo const& info) {
  if (part_ != key.part) {
    end();
    part_ = key.part;
    whole_ = begins_part(key);
  }
  received_ += (std::max)(info.records - key.overlap, std::int64_t{0});
  if (!info.total) return;
  if (tokens_ && total_) {
    auto const change = *info.total - *total_;
    (change < 0 ? deleted_ : inserted_) += change < 0 ? -change : change;
  }
  total_ = info.total;
}

void TotalWatch::end() {
  if (whole_ && total_) lacking_ += (std::max)(*total_ - inserted_ - received_, std::int64_t{0});
  part_.reset();
  whole_ = false;
  received_ = inserted_ = 0;
  total_.reset();
}

void TotalWatch::explain(std::vector<std::string>& missed) const {
  if (deleted_ > 0)
    missed.push_back("The vendor's total fell by " + std::to_string(deleted_) +
                     " while the list was read. If its page tokens count records, that many records may "
                     "have been skipped.");
  if (lacking_ > 0)
    missed.push_back("The vendor's pages contained " + std::to_string(lacking_) +
                     " fewer records than the total that it reported.");
}

PageKey TotalWatch::applied(PageKey key, PageInfo const& info) const {
  // Later pages keep their size: with another size, numbered pages would begin elsewhere.
  if (!begins_part(key)) return key;
  if (info.applied_size) key.size = (std::min)(*info.applied_size, (std::max)(key.size, info.records));
  auto const more = info.total && *info.total > info.records && info.records > 0;
  if (more || info.records > key.size) key.size = info.records;
  return key;
}

PageInfo TotalWatch::credible(PageInfo info) const {
  if (info.total && *info.total < received_) info.total.reset();
  return info;
}

bool TotalWatch::begins_part(PageKey const& key) const {
  return key.offset == first_.offset && key.token == first_.token;
}

}  // namespace polycampaign::inline v1::engine
