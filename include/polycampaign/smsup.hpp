#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

/// SMSUP (smsup.ch) and SMSFactor (smsfactor.com): one platform, two hosts.
namespace polycampaign::inline v1::smsup {

/// The two forms in which the platform answers.
enum class Format : std::uint8_t {
  json,  ///< `Accept: application/json`
  xml,   ///< `Accept: application/xml`; campaigns have no status there
};

/// One account of SMSUP or SMSFactor. Move-only, since it holds a secret.
struct Config {
  /// The account's API token, sent with each request. Required.
  Secret token{};
  /// `https://api.smsfactor.com` for SMSFactor.
  std::string base_url = "https://api.smsup.ch";
  /// What is asked for; the answer is read in whichever form it comes.
  Format format = Format::json;
  /// IANA name of the zone of campaign times; empty means Europe/Paris, marked as assumed.
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

}  // namespace polycampaign::inline v1::smsup
