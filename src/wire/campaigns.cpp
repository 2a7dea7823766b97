#include "wire/campaigns.hpp"

#include <algorithm>
#include <string>

namespace polycampaign::inline v1::wire {

std::string_view Campaigns::fault(bool is_list) const noexcept {
  if (too_many_) return "the answer holds more than ten times the records of the largest page";
  if (sent_ == 0) return {};
  if (read_.empty()) return "the answer holds no campaign where campaigns were expected";
  bool const nameless =
      std::ranges::all_of(read_, [](Campaign const& campaign) { return campaign.id.empty(); });
  return is_list && nameless ? "no record of the list has an id" : std::string_view{};
}

std::vector<Campaign> Campaigns::take() {
  auto const others = sent_ - static_cast<std::int64_t>(read_.size());
  if (others > 0 && !read_.empty())
    read_.front().notes.push_back("the answer also held " + std::to_string(others) +
                                  (others == 1 ? " element that is not a campaign; it was left out"
                                               : " elements that are not campaigns; they were left out"));
  return std::move(read_);
}

}  // namespace polycampaign::inline v1::wire
