#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>
#include <utility>

/// Yeastar P-Series PBX, `message_campaign` of the open API v1.0.
namespace polycampaign::inline v1::yeastar {

/// One PBX of the P-Series. Move-only, since it holds secrets. Its API must be enabled (Integrations > API),
/// and where the PBX restricts addresses, this computer's must be among the permitted ones.
struct Config {
  /// The customer's own PBX: `https://pbx.example.com:8088`. Required.
  std::string base_url{};
  /// The client id that the PBX shows there. Required.
  Secret client_id{};
  /// The client secret that the PBX shows there. Required. A refused one is not tried again: the PBX blocks
  /// an address after five refusals.
  Secret client_secret{};
};

/// The adapter alone, for `polycampaign::make_client`. Makes no request.
///
/// Errors: `configuration`, naming what is wrong in `config`: a missing credential, a malformed
/// `base_url`.
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

}  // namespace polycampaign::inline v1::yeastar
