// Shows how an application tests its own code: the code takes a CampaignClient&, and the test passes a fake
// one.

#include <polycampaign/campaign_client.hpp>
#include <polycampaign/testing/fake_client.hpp>

#include <cstdint>
#include <iostream>
#include <optional>

namespace pc = polycampaign;

namespace my_application {

struct Total {
  std::int64_t delivered = 0;
  int unknown = 0;  ///< campaigns whose vendor reported no count
};

/// The code under test.
pc::Result<Total> delivered_in_all(pc::CampaignClient& client) {
  Total total;
  for (auto const& campaign : client.list({.statuses = {pc::StatusCode::completed}})) {
    if (!campaign) return campaign.error();
    if (auto const count = campaign->statistics.delivered)
      total.delivered += *count;
    else
      ++total.unknown;
  }
  return total;
}

}

namespace {

int failures = 0;

void expect(bool good, char const* what) {
  std::cout << (good ? "ok      " : "FAILED  ") << what << '\n';
  if (!good) ++failures;
}

pc::Campaign completed(char const* id, pc::Count delivered) {
  pc::Campaign campaign{.id = id, .provider = "fake"};
  campaign.status.code = pc::StatusCode::completed;
  campaign.statistics.delivered = delivered;
  return campaign;
}

}

int main() {
  pc::testing::FakeCampaignClient client{
      {completed("1", 40), completed("2", std::nullopt), completed("3", 2)}};
  client.add({.id = "4", .provider = "fake", .status = {.code = pc::StatusCode::draft}});

  auto const total = my_application::delivered_in_all(client);
  expect(total && total->delivered == 42, "only what the vendor counted is added");
  expect(total && total->unknown == 1, "unknown is not zero");

  client.fail_list_after(1, {.code = pc::ErrorCode::unavailable, .message = "the vendor is down"});
  auto const broken = my_application::delivered_in_all(client);
  expect(!broken && broken.error().code == pc::ErrorCode::unavailable, "half a list is not a total");
  return failures == 0 ? 0 : 1;
}
