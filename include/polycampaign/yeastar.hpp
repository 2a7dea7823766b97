#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <memory>
#include <string>

/// Yeastar P-Series PBX: the `message_campaign` part of the open API v1.0.
namespace polycampaign::inline v1::yeastar {

/// One P-Series PBX. Move-only, because it holds secrets. The PBX's API must be enabled (Integrations > API).
/// If the PBX restricts API access by address, this computer's address must be among the permitted ones.
struct Config {
  /// The URL of the customer's own PBX: `https://pbx.example.com:8088`. Required.
  std::string base_url{};
  /// The client ID that the PBX shows on its API page. Required.
  Secret client_id{};
  /// The client secret that the PBX shows on its API page. Required. A rejected secret is not tried again,
  /// because the PBX blocks an address after five rejected logins.
  Secret client_secret{};
};

/// Returns the adapter alone, to pass to `polycampaign::make_client`. Makes no request.
///
/// Errors: `configuration`, naming what is wrong in `config`: a missing credential or a malformed `base_url`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Adapter const>> make_adapter(Config config);
/// Returns what this vendor supports, as documented. Valid for the lifetime of the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Returns a client for one account. Makes no request; the first call logs in if the vendor requires it.
///
/// Errors: `configuration`, naming what is wrong in `config` or `options`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Config config, ClientOptions options = {});

}  // namespace polycampaign::inline v1::yeastar
