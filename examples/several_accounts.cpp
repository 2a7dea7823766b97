// Reads one account at each of the four vendors at the same time and prints a summary. An account that fails
// does not stop the others. The vendor is chosen by name, as in a configuration file.

#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pc = polycampaign;

namespace {

struct Summary {
  std::string provider;
  std::map<pc::StatusCode, int> by_status;
  pc::Result<void> end;
};

Summary summarise(std::string provider, pc::Result<std::unique_ptr<pc::CampaignClient>> client) {
  Summary summary{std::move(provider), {}, {}};
  if (!client) {
    summary.end = std::move(client).error();
    return summary;
  }
  for (auto const& campaign : (*client)->list()) {
    if (campaign)
      ++summary.by_status[campaign->status.code];
    else
      summary.end = campaign.error();
  }
  static_cast<void>((*client)->close());
  return summary;
}

}

int main() {
  std::vector<std::unique_ptr<pc::testing::Simulator>> simulators;
  std::vector<std::future<Summary>> accounts;
  for (auto const& provider : pc::providers()) {
    auto simulator =
        pc::testing::Simulator::create({.provider = std::string{provider.name}, .campaigns = 60});
    if (!simulator || !(*simulator)->serve()) return 1;
    auto client = pc::make_client(provider.make_adapter((*simulator)->settings()));
    simulators.push_back(*std::move(simulator));
    accounts.push_back(
        std::async(std::launch::async, summarise, std::string{provider.name}, std::move(client)));
  }
  // An account that cannot work: nothing listens at this address.
  accounts.push_back(
      std::async(std::launch::async, summarise, "nobody",
                 pc::dexatel::make_client({.api_key = pc::Secret{"none"}, .base_url = "http://127.0.0.1:1"},
                                          {.retry = pc::RetryPolicy::none()})));

  int failed = 0;
  for (auto& account : accounts) {
    auto const summary = account.get();
    std::cout << summary.provider << ':';
    for (auto const& [status, count] : summary.by_status)
      std::cout << ' ' << to_string(status) << ' ' << count;
    if (!summary.end) {
      std::cout << " ended early: " << to_string(summary.end.error().code);
      ++failed;
    }
    std::cout << '\n';
  }
  return failed == 1 ? 0 : 1;
}
