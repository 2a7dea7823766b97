#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>
#include <utility>

/// Dexatel, campaigns of API v1.
namespace polycampaign::inline v1::dexatel {

struct Config {
  Secret api_key{};
  std::string base_url = "https://api.dexatel.com";
  /// IANA name of the zone of `schedule`; empty means UTC, marked as assumed. The other times are documented
  /// as UTC.
  std::string time_zone{};
};

[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Vendor const>> make_vendor(Config config);
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Errors: `configuration`.
[[nodiscard]] inline Result<std::unique_ptr<CampaignClient>> make_client(Config config,
                                                                         ClientOptions options = {}) {
  return polycampaign::make_client(make_vendor(std::move(config)), std::move(options));
}

}  // namespace polycampaign::inline v1::dexatel
