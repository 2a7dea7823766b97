#include "polycampaign/providers.hpp"

#include "vendors/bsg/provider.hpp"
#include "vendors/dexatel/provider.hpp"
#include "vendors/smsup/provider.hpp"
#include "vendors/yeastar/provider.hpp"

namespace polycampaign::inline v1 {

std::span<Provider const> providers() noexcept {
  static Provider const all[] = {
      bsg::provider(),
      dexatel::provider(),
      smsup::provider(),
      yeastar::provider(),
  };
  return all;
}

Provider const* find_provider(std::string_view name) noexcept {
  for (auto const& provider : providers())
    if (provider.name == name) return &provider;
  return nullptr;
}

}  // namespace polycampaign::inline v1
