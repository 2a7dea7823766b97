#include "testing/dexatel_account.hpp"

/// Audiences at the simulator of Dexatel as lists that come and go, and what campaigns do with them.
namespace polycampaign::test::dexatel_lists {
namespace {

using namespace std::chrono_literals;

std::string code_of(HttpResponse const& response) {
  auto const document = Json::parse(response.body, nullptr, false);
  return document.is_object() ? document.at("errors").at(0).at("code").dump() : std::string{};
}

TEST(DexatelLists, AreDeleted) {
  DexatelAccount const service{5};
  auto const before = service.simulator->lists();
  auto const id = service.make_audience(2);
  auto const removed = service.write("DELETE", "/v1/audiences/" + id, {});
  EXPECT_EQ(removed.status, 204);
  EXPECT_TRUE(removed.body.empty());
  EXPECT_EQ(service.simulator->lists(), before);
  EXPECT_EQ(service.ask("/v1/audiences/" + id).status, 404);
  auto const again = service.write("DELETE", "/v1/audiences/" + id, {});
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(code_of(again), "1301");
  EXPECT_EQ(code_of(service.write("DELETE", "/v1/audiences/5", {})), "1302");
  EXPECT_NE(service.make_audience(1), id) << "an id is not used again";
}

TEST(DexatelLists, KeepTheCampaignsThatWereSentToThem) {
  DexatelAccount const service{5};
  auto order = service.order(2);
  auto const id = order.at("audience").get<std::string>();
  service.post("/v1/audiences/" + id + "/contacts", {{"contacts", service.contacts(2, 50)}});
  service.post("/v1/campaigns", order);
  service.post("/v1/audiences/" + id + "/contacts", {{"contacts", service.contacts(1, 90)}});
  EXPECT_EQ(service.write("DELETE", "/v1/audiences/" + id, {}).status, 204);
  *service.clock += 24h;
  auto reached = service.reached();
  std::ranges::sort(reached);
  EXPECT_EQ(reached,
            (std::vector<std::string>{"+41780000000", "+41780000001", "+41780000050", "+41780000051"}))
      << "whoever was in it when the campaign was created";
  service.post("/v1/campaigns", order, 400);
}

TEST(DexatelLists, CampaignsCountWhatBecameOfTheirRecipients) {
  DexatelAccount const service{0, {{"stage", "60"}}};
  std::vector<std::string> ids;
  for (int i = 0; i < 16; ++i)
    ids.push_back(
        service.post("/v1/campaigns", service.order(40 + i)).at("data").at("id").get<std::string>());
  auto scheduled = service.order(30);
  scheduled["schedule"] = "2025-03-01 09:02:30";
  ids.push_back(service.post("/v1/campaigns", scheduled).at("data").at("id").get<std::string>());
  std::int64_t failed = 0;
  for (int step = 0; step < 20; ++step, *service.clock += 20s) {
    for (auto const& id : ids) {
      auto const campaign = service.campaign(id);
      auto const counters = service.read(campaign).at("data").at(0).at("messages");
      auto const of = [&](char outcome) { return std::ranges::count(campaign.outcomes, outcome); };
      EXPECT_EQ(counters.at("total"), campaign.addressed.size());
      EXPECT_EQ(counters.at("delivered"), of('r')) << id << " after step " << step;
      EXPECT_EQ(counters.at("failed"), of('f')) << id << " after step " << step;
      EXPECT_EQ(of('w') + of('r') + of('f'), static_cast<std::int64_t>(campaign.addressed.size()));
      if (step == 19) {
        EXPECT_EQ(of('w'), 0) << "everything has ended";
        failed += of('f');
      }
    }
  }
  EXPECT_GT(failed, 0);
  std::int64_t delivered = 0;
  for (auto const& id : ids) delivered += std::ranges::count(service.campaign(id).outcomes, 'r');
  EXPECT_EQ(static_cast<std::int64_t>(service.reached().size()), delivered);
}

}  // namespace
}  // namespace polycampaign::test::dexatel_lists
