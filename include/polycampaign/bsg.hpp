#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>
#include <utility>

/// BSG (bsg.world), One-API.
namespace polycampaign::inline v1::bsg {

/// One account of BSG, One-API. Move-only, since it holds a secret.
struct Config {
  /// The account's key. It buys a token (JWT) with the first call and whenever that has expired. Required.
  Secret api_key{};
  /// An http or https URL without a query; another one for a proxy or a simulator.
  std::string base_url = "https://one-api.bsg.world";
  /// IANA name of the zone that the account's times are in. BSG documents none: empty means UTC, marked as
  /// assumed.
  std::string time_zone{};
};

/// The adapter alone, for `polycampaign::make_client`. Makes no request.
///
/// Errors: `configuration`, naming what is wrong in `config`: a missing credential, a malformed
/// `base_url` or an unknown `time_zone`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Adapter const>> make_adapter(Config config);
/// What this vendor can do, as documented. Lives as long as the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// A client for one account. Makes no request: the first call logs in where that is needed.
///
/// Errors: `configuration`, naming what is wrong in `config` or `options`.
[[nodiscard]] inline Result<std::unique_ptr<CampaignClient>> make_client(Config config,
                                                                         ClientOptions options = {}) {
  return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));
}

}  // namespace polycampaign::inline v1::bsg
