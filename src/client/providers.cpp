#include "polycampaign/providers.hpp"

#include "polycampaign/vendors.hpp"

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

// Here and not in the vendors' headers: every file that includes those would pay for the instantiation.
#define POLYCAMPAIGN_MAKE_CLIENT(vendor)                                                              \
  Result<std::unique_ptr<CampaignClient>> vendor::make_client(Config config, ClientOptions options) { \
    return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));            \
  }
POLYCAMPAIGN_EACH_VENDOR(POLYCAMPAIGN_MAKE_CLIENT)
#undef POLYCAMPAIGN_MAKE_CLIENT

}  // namespace polycampaign::inline v1
