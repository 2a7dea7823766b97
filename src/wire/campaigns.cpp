#include "wire/campaigns.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace polycampaign::inline v1::wire {

namespace {

// What a vendor sends must not decide how much memory a list keeps: no single campaign keeps more than usual.
constexpr std::size_t largest_kept_text = 1024;
constexpr std::size_t most_kept_elements = 8;

void empty(std::string& text) {
  if (text.capacity() > largest_kept_text)
    std::string{}.swap(text);  // an assignment would keep the memory
  else
    text.clear();
}

void shorten(std::optional<std::string>& text) {
  if (text && text->capacity() > largest_kept_text) text.reset();
}

template <class T>
void empty(std::vector<T>& elements) {
  if (elements.capacity() > most_kept_elements)
    std::vector<T>{}.swap(elements);
  else
    elements.clear();
}

}  // namespace

void prepare(Campaign& campaign) {
  empty(campaign.id);
  campaign.provider = {};
  shorten(campaign.name);
  shorten(campaign.sender);
  shorten(campaign.text);
  campaign.channel.reset();
  campaign.status.code = StatusCode::unknown;
  shorten(campaign.status.vendor_word);
  for (auto* const time : {&campaign.created_at, &campaign.scheduled_at, &campaign.started_at,
                           &campaign.finished_at, &campaign.updated_at})
    time->reset();
  auto counters = std::move(campaign.statistics.vendor_counters);
  auto rates = std::move(campaign.statistics.reported_rates);
  empty(counters);
  empty(rates);
  campaign.statistics = {};
  campaign.statistics.vendor_counters = std::move(counters);
  campaign.statistics.reported_rates = std::move(rates);
  campaign.cost.reset();
  empty(campaign.recipient_lists);
  empty(campaign.notes);
  campaign.raw_record.reset();
}

std::string_view Campaigns::fault(bool is_list) const noexcept {
  if (too_many_)
    return "the response contains more than ten times as many records as the largest page size allows";
  if (sent_ == 0) return {};
  if (used_ == 0) return "the response contains no campaign where campaigns were expected";
  bool const nameless = std::ranges::all_of(std::span{read_}.first(used_),
                                            [](Campaign const& campaign) { return campaign.id.empty(); });
  return is_list && nameless ? "no record in the list has an id" : std::string_view{};
}

std::vector<Campaign> Campaigns::take() {
  read_.resize(used_);
  auto const others = sent_ - static_cast<std::int64_t>(read_.size());
  if (others > 0 && !read_.empty())
    read_.front().notes.push_back("the response also contained " + std::to_string(others) +
                                  (others == 1 ? " element that is not a campaign; it was left out"
                                               : " elements that are not campaigns; they were left out"));
  return std::move(read_);
}

}  // namespace polycampaign::inline v1::wire
