#pragma once

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/providers.hpp>
#include <polycampaign/secret.hpp>

#include <memory>
#include <string>
#include <utility>

/// Wren, a vendor that does not exist, with the API that most vendors have: a static key, pages by offset and
/// total, errors by HTTP status.
namespace wren {

struct Config {
  polycampaign::Secret api_key{};
  std::string base_url = "https://api.wren.example";
};

/// Errors: `configuration`, naming the member.
[[nodiscard]] polycampaign::Result<std::shared_ptr<polycampaign::Adapter const>> make_adapter(Config config);
[[nodiscard]] polycampaign::Capabilities const& capabilities() noexcept;

/// Errors: `configuration`.
[[nodiscard]] inline polycampaign::Result<std::unique_ptr<polycampaign::CampaignClient>> make_client(
    Config config, polycampaign::ClientOptions options = {}) {
  return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));
}

/// By name: for the command and the conformance suite.
[[nodiscard]] polycampaign::Provider const& provider() noexcept;

}  // namespace wren
