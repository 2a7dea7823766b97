#include <polycampaign/polycampaign.hpp>

#include <memory>
#include <string>

namespace {
// Never released by anybody: its threads end while the program's static objects do.
std::shared_ptr<polycampaign::CampaignClient> client;
}  // namespace

#define NAME(a) list_##a
#define LIST(a) NAME(a)

// How many campaigns there are, -1 for an error. The client stays.
long LIST(SIDE)(char const* address) {
  using namespace polycampaign;
  if (client == nullptr) {
    auto made = bsg::make_client({.api_key = Secret::from_env("BSG_API_KEY"), .base_url = address});
    if (!made) return -1;
    client = *std::move(made);
  }
  auto const campaigns = client->list().collect();
  return campaigns ? static_cast<long>(campaigns->size()) : -1;
}
