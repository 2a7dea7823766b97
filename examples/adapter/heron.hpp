#pragma once

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/providers.hpp>
#include <polycampaign/secret.hpp>

#include <memory>
#include <string>
#include <utility>

/// Heron, a vendor that does not exist: a model for the adapter of one that does. docs/adapter.md goes
/// through it.
namespace heron {

struct Config {
  std::string user{};
  polycampaign::Secret password{};
  std::string base_url = "https://api.heron.example";
};

/// Errors: `configuration`, naming the member.
[[nodiscard]] polycampaign::Result<std::shared_ptr<polycampaign::Adapter const>> make_adapter(Config config);
[[nodiscard]] polycampaign::Capabilities const& capabilities() noexcept;

/// Errors: `configuration`. The log-in happens with the first call.
[[nodiscard]] inline polycampaign::Result<std::unique_ptr<polycampaign::CampaignClient>> make_client(
    Config config, polycampaign::ClientOptions options = {}) {
  return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));
}

/// By name: for the command and the conformance suite.
[[nodiscard]] polycampaign::Provider const& provider() noexcept;

}  // namespace heron
