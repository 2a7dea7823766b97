#include "wire/campaigns.hpp"

#include <algorithm>
#include <string>

namespace polycampaign::inline v1::wire {

std::string_view Campaigns::fault(bool is_list) const noexcept {
  if (too_many_)
    return "the response contains more than ten times as many records as the largest page size allows";
  if (sent_ == 0) return {};
  if (read_.empty()) return "the response contains no campaign where campaigns were expected";
  bool const nameless =
      std::ranges::all_of(read_, [](Campaign const& campaign) { return campaign.id.empty(); });
  return is_list && nameless ? "no record in the list has an id" : std::string_view{};
}

std::vector<Campaign> Campaigns::take() {
  auto const others = sent_ - static_cast<std::int64_t>(read_.size());
  if (others > 0 && !read_.empty())
    read_.front().notes.push_back("the response also contained " + std::to_string(others) +
                                  (others == 1 ? " element that is not a campaign; it was left out"
                                               : " elements that are not campaigns; they were left out"));
  return std::move(read_);
}

}  // namespace polycampaign::inline v1::wire
