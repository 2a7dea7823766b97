// Shows what an Error reports, and answers the question that matters before a retry: may the vendor have
// processed the request?

#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/scripted_transport.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <string_view>

namespace pc = polycampaign;

namespace {

void explain(std::string_view what, pc::Error const& error) {
  std::cout << what << ": " << to_string(error) << '\n';
  if (error.effect == pc::Effect::unknown) {
    std::cout << "  -> the vendor may have processed the request: check before you retry\n";
    return;
  }
  if (error.transient) {
    std::cout << "  -> nothing changed at the vendor: try again later\n";
    return;
  }
  switch (error.code) {
    case pc::ErrorCode::configuration:
    case pc::ErrorCode::unauthenticated: std::cout << "  -> fix the account's settings\n"; return;
    case pc::ErrorCode::deadline_exceeded: std::cout << "  -> allow more time\n"; return;
    case pc::ErrorCode::not_found: std::cout << "  -> no such campaign\n"; return;
    default: std::cout << "  -> the same call would fail again: report the error\n"; return;
  }
}

}

int main() {
  // No request is made: the account is incomplete.
  if (auto client = pc::bsg::make_client({.api_key = pc::Secret::from_env("SURELY_NOT_SET")}); !client)
    explain("no key", client.error());

  // Plain http to another machine would reveal the key to anyone on the network path.
  if (auto client = pc::bsg::make_client({.api_key = pc::Secret{"live_x"}, .base_url = "http://sms.example"});
      !client)
    explain("no TLS", client.error());

  auto simulator = pc::testing::Simulator::create({.provider = "dexatel"});
  if (!simulator || !(*simulator)->serve()) return 1;

  auto stranger =
      pc::dexatel::make_client({.api_key = pc::Secret{"wrong"}, .base_url = (*simulator)->base_url()});
  if (!stranger) return 1;
  for (auto const& campaign : (*stranger)->list())
    if (!campaign) explain("wrong key", campaign.error());

  auto client = pc::make_client(pc::find_provider("dexatel")->make_adapter((*simulator)->settings()));
  if (!client) return 1;
  if (auto campaign = (*client)->get("00000000-0000-4000-8000-000000000000"); !campaign)
    explain("no such campaign", campaign.error());

  // The library retries reads, but this vendor stays broken.
  auto broken = std::make_shared<pc::testing::ScriptedTransport>();
  broken->respond(503, "down").respond(503, "down").respond(503, "<html>down</html>");
  auto patient = pc::dexatel::make_client(
      {.api_key = pc::Secret{"key"}},
      {.retry = {.max_attempts = 3, .first_delay = std::chrono::milliseconds{1}}, .transport = broken});
  if (!patient) return 1;
  for (auto const& campaign : (*patient)->list())
    if (!campaign) explain("broken vendor", campaign.error());

  // A deadline applies to the whole call, in every phase.
  auto late = (*client)->get("00000000-0000-4000-8000-000000000000",
                             {.call = {.deadline = std::chrono::steady_clock::now()}});
  if (!late) explain("too late", late.error());
  return 0;
}
