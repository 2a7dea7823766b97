// Prints every request and every call of one client, as the library logs them. The log contains no key,
// token, phone number or message text. A wrong key, a busy vendor and a canceled list show what errors look
// like.

#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <iostream>
#include <mutex>

namespace pc = polycampaign;

int main() {
  auto simulator = pc::testing::Simulator::create({.provider = "bsg", .campaigns = 2500});
  if (!simulator || !(*simulator)->serve()) return 1;

  // Events arrive from several threads at once.
  std::mutex mutex;
  auto const print = [&](pc::LogEvent const& event) {
    std::lock_guard const lock{mutex};
    std::cout << (event.kind == pc::LogEvent::Kind::call ? "call    " : "request ") << to_string(event)
              << '\n';
  };
  auto client =
      pc::make_client(pc::find_provider("bsg")->make_adapter((*simulator)->settings()), {.log = print});
  if (!client) return 1;

  pc::CancelSource stop;
  int count = 0;
  for (auto const& campaign : (*client)->list({}, {.call = {.cancel = stop.token()}, .page_size = 500})) {
    if (!campaign) std::cout << "the list ended: " << to_string(campaign.error()) << '\n';
    if (++count == 600) stop.cancel();  // any thread may cancel; the list ends within 50 ms
  }
  static_cast<void>((*client)->get("1"));

  auto stranger = pc::bsg::make_client(
      {.api_key = pc::Secret{"a-wrong-key"}, .base_url = (*simulator)->base_url()}, {.log = print});
  static_cast<void>((*stranger)->get("1"));
  return count > 600 ? 0 : 1;
}
