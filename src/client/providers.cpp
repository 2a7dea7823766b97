#include "polycampaign/providers.hpp"

#include "vendors.hpp"

namespace polycampaign::inline v1 {

std::span<Provider const> providers() noexcept {
#define POLYCAMPAIGN_PROVIDER(vendor) vendor::provider(),
  static Provider const all[] = {POLYCAMPAIGN_EACH_VENDOR(POLYCAMPAIGN_PROVIDER)};
#undef POLYCAMPAIGN_PROVIDER
  return all;
}

Provider const* find_provider(std::string_view name) noexcept {
  for (auto const& provider : providers())
    if (provider.name == name) return &provider;
  return nullptr;
}

}  // namespace polycampaign::inline v1
