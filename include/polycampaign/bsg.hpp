#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>

/// BSG (bsg.world): One-API.
namespace polycampaign::inline v1::bsg {

/// One BSG account, accessed through One-API. Move-only, because it holds a secret.
struct Config {
  /// The account's API key. Required. The client uses it to obtain a token (JWT) on the first call and
  /// whenever the token has expired.
  Secret api_key{};
  /// An http or https URL without a query. Change it to use a proxy or a simulator.
  std::string base_url = "https://one-api.bsg.world";
  /// IANA name of the account's time zone. BSG documents none: if this is empty, the library uses UTC and
  /// marks times as assumed.
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

}  // namespace polycampaign::inline v1::bsg
