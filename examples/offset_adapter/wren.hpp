#pragma once

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/providers.hpp>
#include <polycampaign/secret.hpp>

#include <memory>
#include <string>
#include <utility>

/// Wren, a fictional vendor whose API is like most: a static key, pagination by offset with a total, and
/// errors reported by HTTP status.
namespace wren {

struct Config {
  polycampaign::Secret api_key{};
  std::string base_url = "https://api.wren.example";
};

/// Returns the adapter alone. Errors: `configuration`, which names the member.
[[nodiscard]] polycampaign::Result<std::shared_ptr<polycampaign::Adapter const>> make_adapter(Config config);
[[nodiscard]] polycampaign::Capabilities const& capabilities() noexcept;

/// Returns a client. Errors: `configuration`.
[[nodiscard]] inline polycampaign::Result<std::unique_ptr<polycampaign::CampaignClient>> make_client(
    Config config, polycampaign::ClientOptions options = {}) {
  return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));
}

/// Returns the entry by which the command and the conformance suite know Wren.
[[nodiscard]] polycampaign::Provider const& provider() noexcept;

}  // namespace wren
