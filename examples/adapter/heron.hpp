#pragma once

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/providers.hpp>
#include <polycampaign/secret.hpp>

#include <memory>
#include <string>
#include <utility>

/// Heron, a fictional vendor, as a model for your own adapter. docs/adapter.md explains it step by step.
namespace heron {

struct Config {
  std::string user{};
  polycampaign::Secret password{};
  std::string base_url = "https://api.heron.example";
};

/// Returns the adapter alone. Errors: `configuration`, which names the member.
[[nodiscard]] polycampaign::Result<std::shared_ptr<polycampaign::Adapter const>> make_adapter(Config config);
[[nodiscard]] polycampaign::Capabilities const& capabilities() noexcept;

/// Returns a client, which logs in with its first call. Errors: `configuration`.
[[nodiscard]] inline polycampaign::Result<std::unique_ptr<polycampaign::CampaignClient>> make_client(
    Config config, polycampaign::ClientOptions options = {}) {
  return polycampaign::make_client(make_adapter(std::move(config)), std::move(options));
}

/// Returns the entry by which the command and the conformance suite know Heron.
[[nodiscard]] polycampaign::Provider const& provider() noexcept;

}  // namespace heron
