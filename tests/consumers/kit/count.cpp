#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/testing.hpp>

// What a C program may call: -1 when the list fails.
extern "C" long count_campaigns(void) {
  namespace pc = polycampaign;
  auto simulator = pc::testing::Simulator::create({.provider = "dexatel", .campaigns = 7});
  if (!simulator) return -1;
  for (auto const& provider : pc::providers()) {
    if (provider.name != "dexatel") continue;
    auto client = pc::make_client(provider.make_adapter((*simulator)->settings()),
                                  {.transport = (*simulator)->transport()});
    if (!client) return -1;
    auto const campaigns = (*client)->list().collect();
    return campaigns ? static_cast<long>(campaigns->size()) : -1;
  }
  return -1;
}
