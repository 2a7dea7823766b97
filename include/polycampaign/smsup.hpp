#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <cstdint>
#include <memory>
#include <string>

/// SMSUP (smsup.ch) and SMSFactor (smsfactor.com): one platform with two hosts.
namespace polycampaign::inline v1::smsup {

/// The response format to request from the platform.
enum class Format : std::uint8_t {
  json,  ///< `Accept: application/json`
  xml,   ///< `Accept: application/xml`; campaigns have no status in this format
};

/// One SMSUP or SMSFactor account. Move-only, because it holds a secret.
struct Config {
  /// The account's API token, sent with each request. Required.
  Secret token{};
  /// The API's base URL. For SMSFactor, set `https://api.smsfactor.com`.
  std::string base_url = "https://api.smsup.ch";
  /// The format to request. The client reads a response in either format, whichever was requested.
  Format format = Format::json;
  /// IANA name of the time zone of campaign times. If this is empty, the library uses Europe/Paris and marks
  /// times as assumed.
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

}  // namespace polycampaign::inline v1::smsup
