// Lists last month's campaigns of one BSG account, newest first, and prints what the list cannot show.

#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <chrono>
#include <iostream>
#include <string>

namespace pc = polycampaign;

namespace {

std::string shown(pc::Count const& count) {
  return count ? std::to_string(*count) : "-";
}

}

int main() {
  // A simulated vendor, so that no account is needed. With a real account, remove this block; below, pass
  // your own key as `api_key` and leave out `base_url`.
  auto simulator = pc::testing::Simulator::create({.provider = "bsg", .campaigns = 200});
  if (!simulator || !(*simulator)->serve()) return 1;
  auto const key = (*simulator)->settings().at("api_key").clone();

  auto client = pc::bsg::make_client({.api_key = key.clone(), .base_url = (*simulator)->base_url()});
  if (!client) {
    std::cerr << to_string(client.error()) << '\n';
    return 2;
  }

  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto campaigns = (*client)->list({.since = now - std::chrono::days{30}, .until = now});
  for (auto const& campaign : campaigns) {
    if (!campaign) {
      std::cerr << to_string(campaign.error()) << '\n';
      return 1;
    }
    auto const& time = campaign->time();
    std::cout << campaign->id << "  " << (time ? to_string(*time) : "-") << "  "
              << to_string(campaign->status.code) << "  delivered " << shown(campaign->statistics.delivered)
              << " of " << shown(campaign->statistics.submitted) << "  " << campaign->name.value_or("-")
              << '\n';
  }

  auto const report = campaigns.report();
  std::cout << report.delivered << " campaigns in " << report.pages << " pages, " << report.duplicates
            << " duplicates removed\n";
  for (auto const& sentence : report.unseen) std::cout << "not shown: " << sentence << '\n';
  for (auto const& sentence : report.missed) std::cout << "perhaps missed: " << sentence << '\n';
  return (*client)->close() ? 0 : 1;
}
