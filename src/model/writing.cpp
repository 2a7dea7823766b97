#include "polycampaign/campaign_rules.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"

#include <algorithm>

namespace polycampaign::inline v1 {

std::string_view to_string(Purpose purpose) noexcept {
  return purpose == Purpose::marketing ? "marketing" : "transactional";
}

std::string_view to_string(CountedBy by) noexcept {
  return by == CountedBy::vendor ? "vendor" : "library";
}

std::string_view to_string(SenderStatusCode code) noexcept {
  switch (code) {
    case SenderStatusCode::active: return "active";
    case SenderStatusCode::pending: return "pending";
    case SenderStatusCode::rejected: return "rejected";
    case SenderStatusCode::blocked: return "blocked";
    case SenderStatusCode::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(Feature feature) noexcept {
  switch (feature) {
    case Feature::to_numbers: return "to_numbers";
    case Feature::to_lists: return "to_lists";
    case Feature::own_texts: return "own_texts";
    case Feature::references: return "references";
    case Feature::name: return "name";
    case Feature::schedule: return "schedule";
    case Feature::draft: return "draft";
    case Feature::purpose: return "purpose";
    case Feature::update_name: return "update_name";
    case Feature::update_text: return "update_text";
    case Feature::update_start: return "update_start";
  }
  return "unknown";
}

std::span<Feature const> all_features() noexcept {
  using enum Feature;
  static constexpr Feature all[] = {to_numbers, to_lists, own_texts,   references,  name,        schedule,
                                    draft,      purpose,  update_name, update_text, update_start};
  return all;
}

Support CampaignRules::support(Feature feature) const noexcept {
  auto const row = std::ranges::find(features, feature, &FeatureSupport::feature);
  return row == features.end() ? Support::unsupported : row->support;
}

}  // namespace polycampaign::inline v1
