// Sends a campaign once, although the program is run twice and the first answer is lost. It runs against a
// simulator in its own process, and against a journal in memory; see docs/outbox.md for one in a file.
#include "polycampaign/outbox.hpp"
#include "polycampaign/polycampaign.hpp"
#include "polycampaign/testing/memory_journal.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <iostream>

using namespace polycampaign;

namespace {

void show(Result<Dispatch> const& sent) {
  if (!sent) {
    std::cout << "nothing was sent: " << to_string(sent.error()) << '\n';
    return;
  }
  std::cout << to_string(sent->outcome) << (sent->repeated ? ", nothing was sent now\n" : "\n");
}

}  // namespace

int main() {
  auto simulator = testing::Simulator::create({.provider = "bsg"});
  if (!simulator) return 2;
  auto client = make_client(find_provider("bsg")->make_adapter((*simulator)->settings()),
                            {.transport = (*simulator)->transport()});
  if (!client) return 2;

  testing::MemoryJournal journal;
  NewCampaign const campaign{.sender = "Shop24",
                             .text = "Open on Saturday from nine.",
                             .recipients = {{.number = "+33639980002"}},
                             .reference = "saturday-opening"};

  (*simulator)->fail_next("/sms/send", testing::SimulatedFault::lost);  // the vendor acts, its answer is lost
  {
    Outbox outbox{**client, journal, {.account = "promo"}};
    show(outbox.send(campaign));
  }
  Outbox outbox{**client, journal, {.account = "promo"}};  // the program was started again
  show(outbox.send(campaign));

  auto const found = outbox.reconcile();
  if (!found) return 3;
  for (auto const& one : *found) std::cout << one.record.key << ": " << to_string(one.verdict) << '\n';
  show(outbox.send(campaign));
  std::cout << (*simulator)->count("POST /api/campaigns/sms/send") << " request to send\n";
}
