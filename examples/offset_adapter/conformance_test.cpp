#include <polycampaign/testing/conformance.hpp>
#include <polycampaign/testing/scripted_transport.hpp>

#include "simulator.hpp"
#include "wren.hpp"

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>

using namespace polycampaign;

namespace {

/// Checks everything that every adapter must do, with these switches of the simulator. Needs no test
/// framework.
int findings(std::map<std::string, std::string, std::less<>> switches) {
  auto const found = testing::check_adapter({.provider = wren::provider(),
                                             .simulator = wren::simulated(),
                                             .switches = std::move(switches),
                                             .sort_key = "name"});
  for (auto const& finding : found) std::cerr << to_string(finding) << '\n';
  return static_cast<int>(found.size());
}

/// Checks what the suite cannot know: the vendor's own codes and headers.
bool quota_ends_with_a_wait() {
  auto transport = std::make_shared<testing::ScriptedTransport>();
  transport->respond(403, R"({"code":"quota_exhausted","message":"later"})", {{"X-RateLimit-Reset", "1.5"}});
  auto const client =
      wren::make_client({.api_key = Secret{"key"}}, {.retry = RetryPolicy::none(), .transport = transport});
  auto const campaign = (*client)->get("5");
  return !campaign && campaign.error().code == ErrorCode::rate_limited && campaign.error().transient &&
         campaign.error().vendor_code == "quota_exhausted" &&
         campaign.error().retry_after == std::chrono::milliseconds{1'500};
}

bool is_certain_that_a_closed_vendor_did_nothing() {
  auto transport = std::make_shared<testing::ScriptedTransport>();
  transport->respond(503, R"({"code":"closed","message":"come back in the morning"})");
  auto const client =
      wren::make_client({.api_key = Secret{"key"}}, {.retry = RetryPolicy::none(), .transport = transport});
  auto const submission = (*client)->create(
      {.sender = "Wren", .text = "Good morning", .recipients = {{.number = "+41791234567"}}});
  return !submission && submission.error().code == ErrorCode::unavailable &&
         submission.error().effect == Effect::none;
}

}  // namespace

int main() {
  auto problems = findings({}) + findings({{"page_cap", "20"}}) + findings({{"total", "missing"}});
  if (!quota_ends_with_a_wait()) {
    std::cerr << "quota_exhausted: rate_limited, transient, a wait of 1.5 s\n";
    ++problems;
  }
  if (!is_certain_that_a_closed_vendor_did_nothing()) {
    std::cerr << "closed: effect none, although the HTTP status is 503\n";
    ++problems;
  }
  return problems == 0 ? 0 : 1;
}
