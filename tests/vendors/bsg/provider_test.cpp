#include "vendors/bsg/fixture.hpp"

#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

Settings settings(std::vector<std::pair<std::string, std::string>> const& members) {
  Settings made;
  for (auto const& [name, value] : members) made.emplace(name, Secret{value});
  return made;
}

TEST(BsgProvider, SaysWhatItIs) {
  EXPECT_EQ(provider().name, "bsg");
  EXPECT_EQ(&provider().capabilities(), &capabilities());
  EXPECT_EQ(capabilities().provider, "bsg");
  std::vector<std::string> names;
  for (auto const& setting : provider().settings()) {
    names.emplace_back(setting.name);
    EXPECT_EQ(setting.required, setting.name == "api_key");
    EXPECT_EQ(setting.secret, setting.name == "api_key");
    EXPECT_FALSE(setting.summary.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"api_key", "base_url", "time_zone"}));
}

TEST(BsgProvider, MakesAVendorFromSettings) {
  auto const plain = provider().make_adapter(settings({{"api_key", "live_1"}}));
  ASSERT_TRUE(plain);
  EXPECT_EQ((*plain)->endpoint().base_url, "https://one-api.bsg.world");
  EXPECT_TRUE((*plain)->endpoint().https);
  EXPECT_FALSE((*plain)->endpoint().loopback);
  EXPECT_EQ((*plain)->secrets(), (std::vector<std::string_view>{"live_1"}));

  auto const whole = provider().make_adapter(
      settings({{"api_key", "live_1"}, {"base_url", "http://localhost:8081//"}, {"time_zone", "UTC"}}));
  ASSERT_TRUE(whole);
  EXPECT_EQ((*whole)->endpoint().base_url, "http://localhost:8081");
  EXPECT_FALSE((*whole)->endpoint().https);
  EXPECT_TRUE((*whole)->endpoint().loopback);
}

TEST(BsgProvider, AZoneThatWasGivenIsConfiguredEvenWhenItIsUtc) {
  auto const page = test::listing(*adapter("UTC"), list_query())
                        .page({.size = 500})
                        ->decode(answer(R"({"data":[{"id":1,"created_at":"2024-04-03 12:14:49"}]})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.front().created_at, (Timestamp{at("2024-04-03T12:14:49Z"), ZoneBasis::configured}));
}

struct Wrong {
  std::vector<std::pair<std::string, std::string>> members;
  std::string named;
};

TEST(BsgProvider, NamesTheSettingThatIsMissingOrMalformed) {
  for (auto const& [members, named] : {
           Wrong{{}, "api_key"},
           Wrong{{{"api_key", ""}}, "api_key"},
           Wrong{{{"api_key", "k"}, {"base_url", ""}}, "base_url"},
           Wrong{{{"api_key", "k"}, {"base_url", "one-api.bsg.world"}}, "base_url"},
           Wrong{{{"api_key", "k"}, {"base_url", "https://b?x"}}, "base_url"},
           Wrong{{{"api_key", "k"}, {"time_zone", "Mars/Olympus"}}, "time_zone"},
           Wrong{{{"api_key", "k"}, {"client_id", "x"}}, "client_id"},
       }) {
    auto const made = provider().make_adapter(settings(members));
    ASSERT_FALSE(made) << named;
    EXPECT_EQ(made.error().code, ErrorCode::configuration);
    EXPECT_EQ(made.error().provider, "bsg");
    EXPECT_TRUE(made.error().message.starts_with(named)) << made.error().message;
  }
  EXPECT_EQ(make_adapter({.api_key = Secret{"k"}, .base_url = ""}).error().code, ErrorCode::configuration);
}

TEST(BsgProvider, SaysWhichSourceOfASecretIsEmpty) {
  auto const made = make_adapter({.api_key = Secret::from_env("POLYCAMPAIGN_TEST_NOT_SET")});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("POLYCAMPAIGN_TEST_NOT_SET"), std::string::npos);
}

TEST(BsgProvider, DecodesKeptBodies) {
  auto const campaigns = provider().decode(Document::list, data_file("bsg/campaigns_list.response.json"), {});
  ASSERT_TRUE(campaigns);
  EXPECT_EQ(campaigns->size(), 1U);
  for (auto const* const body : {R"({"data":{"id":5}})", R"({"data":[{"id":5}]})", R"({"id":5})"}) {
    auto const one = provider().decode(Document::get, body, {});
    ASSERT_TRUE(one) << body;
    ASSERT_EQ(one->size(), 1U) << body;
    EXPECT_EQ(one->front().id, "5") << body;
  }
}

TEST(BsgProvider, DecodingAnErrorGivesTheError) {
  auto const refused =
      provider().decode(Document::get, R"({"error":30,"errorDescription":"task not found"})", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(refused.error().vendor_code, "30");
  EXPECT_EQ(provider().decode(Document::list, "not JSON", {}).error().code, ErrorCode::protocol);
  auto const zone = provider().decode(Document::list, R"({"data":[]})", {.time_zone = "Mars/Olympus"});
  ASSERT_FALSE(zone);
  EXPECT_EQ(zone.error().code, ErrorCode::configuration);
}

TEST(BsgCapabilities, TellWhatThisVendorCannot) {
  auto const& c = capabilities();
  EXPECT_EQ(c.support(ListCampaigns::operation), Support::native);
  EXPECT_EQ(c.support(EndSession::operation), Support::unsupported);
  EXPECT_EQ(c.support(Filter::since), Support::native);
  EXPECT_EQ(c.support(Filter::statuses), Support::emulated);
  EXPECT_EQ(c.support(Filter::text), Support::unsupported);
  EXPECT_EQ(c.in_list(Field::messages), Support::unsupported);
  EXPECT_EQ(c.in_detail(Field::messages), Support::native);
  EXPECT_EQ(c.in_list(Field::cost), Support::unverified);
  EXPECT_EQ(c.min_page_size, 30);
  EXPECT_EQ(c.max_page_size, 500);
  EXPECT_EQ(c.window_days, 89);
  EXPECT_TRUE(c.pages_known_ahead);
  for (auto const& operation : c.operations) EXPECT_FALSE(operation.evidence.empty());
  for (auto const& filter : c.filters) EXPECT_FALSE(filter.evidence.empty());
  for (auto const& field : c.fields) EXPECT_FALSE(field.evidence.empty());
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
