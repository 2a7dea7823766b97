#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/testing.hpp>

#include <cstdio>

namespace pc = polycampaign;

// Every failure is a value: a wrong key, a broken page, a missing setting.
int main() {
  auto simulator = pc::testing::Simulator::create({.provider = "smsup"});
  if (!simulator) return 1;
  auto client = pc::smsup::make_client({.token = pc::Secret{"wrong"}, .base_url = (*simulator)->base_url()},
                                       {.transport = (*simulator)->transport()});
  if (!client) return 2;
  auto const refused = (*client)->list().collect();
  if (refused || refused.error().code != pc::ErrorCode::unauthenticated) return 3;

  auto script = std::make_shared<pc::testing::ScriptedTransport>();
  script->respond(200, R"({"status":1,"campaigns":[{"id":"1")");
  auto damaged = pc::smsup::make_client({.token = pc::Secret{"token"}},
                                        {.retry = pc::RetryPolicy::none(), .transport = script});
  if (!damaged) return 4;
  auto const page = (*damaged)->list().collect();
  if (page || page.error().code != pc::ErrorCode::protocol) return 5;

  auto const missing = pc::bsg::make_client({});
  if (missing || missing.error().code != pc::ErrorCode::configuration) return 6;
  std::puts("no exception needed");
}
