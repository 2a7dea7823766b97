#pragma once

#include "polycampaign/polycampaign.hpp"
#include "polycampaign/testing/testing.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A simulator and a client for it.
struct SimulatedAccount {
  std::unique_ptr<testing::Simulator> simulator;
  std::unique_ptr<CampaignClient> client;
};

struct AccountOptions {
  bool over_http = false;
  ClientOptions client{};
  std::string format{};  ///< SMSUP: `xml`
};

inline std::optional<SimulatedAccount> make_account(testing::SimulatorOptions simulated,
                                                    AccountOptions options = {}) {
  auto const provider = find_provider(simulated.provider);
  auto simulator = testing::Simulator::create(std::move(simulated));
  if (!simulator) {
    ADD_FAILURE() << to_string(simulator.error());
    return std::nullopt;
  }
  if (options.over_http) {
    auto const served = (*simulator)->serve();
    EXPECT_TRUE(served.has_value());
  } else {
    options.client.transport = (*simulator)->transport();
  }
  auto settings = (*simulator)->settings();
  if (!options.format.empty()) settings.insert_or_assign("format", Secret{options.format});
  auto client = make_client(provider->make_adapter(std::move(settings)), std::move(options.client));
  if (!client) {
    ADD_FAILURE() << to_string(client.error());
    return std::nullopt;
  }
  return SimulatedAccount{*std::move(simulator), *std::move(client)};
}

/// Returns the filter for all campaigns of an account. BSG's windows need a beginning. For other vendors, a
/// bound would exclude campaigns without a time.
inline CampaignFilter everything(std::string_view provider) {
  if (provider == "bsg") return {.since = *parse_time("2015-01-01")};
  return {};
}

}
