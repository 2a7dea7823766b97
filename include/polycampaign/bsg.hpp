#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>
#include <utility>

/// BSG (bsg.world), One-API.
namespace polycampaign::inline v1::bsg {

struct Config {
  Secret api_key{};
  std::string base_url = "https://one-api.bsg.world";
  /// IANA name of the zone that the account's times are in. BSG documents none: empty means UTC, marked as
  /// assumed.
  std::string time_zone{};
};

[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Vendor const>> make_vendor(Config config);
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Errors: `configuration`. The log-in happens with the first call.
[[nodiscard]] inline Result<std::unique_ptr<CampaignClient>> make_client(Config config,
                                                                         ClientOptions options = {}) {
  return polycampaign::make_client(make_vendor(std::move(config)), std::move(options));
}

}  // namespace polycampaign::inline v1::bsg
