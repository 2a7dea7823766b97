#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

/// SMSUP (smsup.ch) and SMSFactor (smsfactor.com): one platform, two hosts.
namespace polycampaign::inline v1::smsup {

enum class Format : std::uint8_t {
  json,
  xml
};

struct Config {
  Secret token{};
  /// `https://api.smsfactor.com` for SMSFactor.
  std::string base_url = "https://api.smsup.ch";
  /// What is asked for; the answer is read in whichever form it comes.
  Format format = Format::json;
  /// IANA name of the zone of campaign times; empty means Europe/Paris, marked as assumed.
  std::string time_zone{};
};

[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Vendor const>> make_vendor(Config config);
[[nodiscard]] POLYCAMPAIGN_EXPORT Capabilities const& capabilities() noexcept;

/// Errors: `configuration`.
[[nodiscard]] inline Result<std::unique_ptr<CampaignClient>> make_client(Config config,
                                                                         ClientOptions options = {}) {
  return polycampaign::make_client(make_vendor(std::move(config)), std::move(options));
}

}  // namespace polycampaign::inline v1::smsup
