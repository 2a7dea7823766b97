#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>

/// Dexatel: the campaigns of API v1.
namespace polycampaign::inline v1::dexatel {

/// One Dexatel account, accessed through API v1. Move-only, because it holds a secret.
struct Config {
  /// The account's API key, sent with each request. Required.
  Secret api_key{};
  /// An http or https URL without a query. Change it to use a proxy or a simulator.
  std::string base_url = "https://api.dexatel.com";
  /// IANA name of the time zone of `schedule`. If this is empty, the library uses UTC and marks the time as
  /// assumed. Dexatel documents its other times as UTC.
  std::string time_zone{};
};

/// Returns the adapter alone, to pass to `polycampaign::make_client`. Makes no request.
///
/// Errors: `configuration`, naming what is wrong in `config`: a missing credential, a malformed `base_url` or
/// an unknown `time_zone`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Adapter const>> make_adapter(Config config);
/// Returns what this vendor supports, as documented. Valid for the lifetime of the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Returns a client for one account. Makes no request; the first call logs in if the vendor requires it.
///
/// Errors: `configuration`, naming what is wrong in `config` or `options`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Config config, ClientOptions options = {});

}  // namespace polycampaign::inline v1::dexatel
