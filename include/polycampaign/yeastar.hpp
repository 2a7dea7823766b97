#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>
#include <utility>

/// Yeastar P-Series PBX, `message_campaign` of the open API v1.0.
namespace polycampaign::inline v1::yeastar {

struct Config {
  /// The customer's own PBX: `https://pbx.example.com:8088`. Required.
  std::string base_url{};
  Secret client_id{};
  Secret client_secret{};
};

[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Vendor const>> make_vendor(Config config);
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Errors: `configuration`. The log-in happens with the first call.
[[nodiscard]] inline Result<std::unique_ptr<CampaignClient>> make_client(Config config,
                                                                         ClientOptions options = {}) {
  return polycampaign::make_client(make_vendor(std::move(config)), std::move(options));
}

}  // namespace polycampaign::inline v1::yeastar
