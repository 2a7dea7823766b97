#include "engine/list_source.hpp"

#include "text/hash.hpp"

namespace polycampaign::inline v1::engine {

std::uint64_t contents_of(Campaign const& campaign) {
  auto h = text::hash("no id");
  for (auto const* text : {&campaign.name, &campaign.sender, &campaign.text, &campaign.status.vendor_word})
    h = text::hash(text->value_or(""), h);
  for (auto const* time : {&campaign.created_at, &campaign.scheduled_at, &campaign.started_at,
                           &campaign.finished_at, &campaign.updated_at})
    h = text::mix(h + (*time ? static_cast<std::uint64_t>((*time)->time.time_since_epoch().count()) : 1u));
  return h;
}

}  // namespace polycampaign::inline v1::engine
