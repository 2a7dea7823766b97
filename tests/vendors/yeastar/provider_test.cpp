#include "vendors/yeastar/fixture.hpp"

#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

Settings settings(std::vector<std::pair<std::string, std::string>> const& members) {
  Settings made;
  for (auto const& [name, value] : members) made.emplace(name, Secret{value});
  return made;
}

TEST(YeastarProvider, SaysWhatItIs) {
  EXPECT_EQ(provider().name, "yeastar");
  EXPECT_EQ(&provider().capabilities(), &capabilities());
  EXPECT_EQ(capabilities().provider, "yeastar");
  std::vector<std::string> names;
  for (auto const& setting : provider().settings()) {
    names.emplace_back(setting.name);
    EXPECT_TRUE(setting.required);
    EXPECT_FALSE(setting.summary.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"base_url", "client_id", "client_secret"}));
}

TEST(YeastarProvider, MakesAVendorFromSettings) {
  auto const made = provider().make_adapter(settings(
      {{"base_url", "http://127.0.0.1:8088/"}, {"client_id", "an-id"}, {"client_secret", "a-secret"}}));
  ASSERT_TRUE(made);
  EXPECT_EQ((*made)->endpoint().base_url, "http://127.0.0.1:8088");
  EXPECT_FALSE((*made)->endpoint().https);
  EXPECT_TRUE((*made)->endpoint().loopback);
  EXPECT_EQ((*made)->secrets(), (std::vector<std::string_view>{"an-id", "a-secret"}));
}

struct Wrong {
  std::vector<std::pair<std::string, std::string>> members;
  std::string named;
};

TEST(YeastarProvider, NamesTheSettingThatIsMissingOrMalformed) {
  for (auto const& [members, named] : {
           Wrong{{{"client_id", "a"}, {"client_secret", "b"}}, "base_url"},
           Wrong{{{"base_url", "https://p"}, {"client_secret", "b"}}, "client_id"},
           Wrong{{{"base_url", "https://p"}, {"client_id", "a"}}, "client_secret"},
           Wrong{{{"base_url", "pbx"}, {"client_id", "a"}, {"client_secret", "b"}}, "base_url"},
           Wrong{{{"base_url", "ftp://p"}, {"client_id", "a"}, {"client_secret", "b"}}, "base_url"},
           Wrong{{{"base_url", "https://p?x=1"}, {"client_id", "a"}, {"client_secret", "b"}}, "base_url"},
           Wrong{
               {{"base_url", "https://p"}, {"client_id", "a"}, {"client_secret", "b"}, {"time_zone", "UTC"}},
               "time_zone"},
           Wrong{{{"base_url", "https://p"}, {"client_id", "a"}, {"client_secret", "b"}, {"api_key", "x"}},
                 "api_key"},
       }) {
    auto const made = provider().make_adapter(settings(members));
    ASSERT_FALSE(made) << named;
    EXPECT_EQ(made.error().code, ErrorCode::configuration);
    EXPECT_EQ(made.error().provider, "yeastar");
    EXPECT_TRUE(made.error().message.starts_with(named)) << made.error().message;
  }
}

TEST(YeastarProvider, SaysWhichSourceOfASecretIsEmpty) {
  auto const made = make_adapter({.base_url = "https://pbx.example.com",
                                  .client_id = Secret{"a"},
                                  .client_secret = Secret::from_env("POLYCAMPAIGN_TEST_NOT_SET")});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::configuration);
  EXPECT_NE(made.error().message.find("POLYCAMPAIGN_TEST_NOT_SET"), std::string::npos);
  EXPECT_NE(made.error().message.find("client_secret"), std::string::npos);
}

TEST(YeastarProvider, DecodesKeptBodiesOfBothOperationsInAllWrappers) {
  for (auto const* const body : {R"({"errcode":0,"data":{"id":5}})", R"({"errcode":0,"data":[{"id":5}]})",
                                 R"({"errcode":0,"list":[{"id":5}]})", R"({"errcode":0,"list":{"id":5}})"}) {
    for (auto const document : {Document::list, Document::get}) {
      auto const campaigns = provider().decode(document, body, {});
      ASSERT_TRUE(campaigns) << body;
      ASSERT_EQ(campaigns->size(), 1U) << body;
      EXPECT_EQ(campaigns->front().id, "5") << body;
    }
  }
}

TEST(YeastarProvider, DecodingAnErrorGivesTheError) {
  auto const campaigns =
      provider().decode(Document::get, R"({"errcode":60001,"errmsg":"DATA NOT FOUND"})", {});
  ASSERT_FALSE(campaigns);
  EXPECT_EQ(campaigns.error().code, ErrorCode::not_found);
  EXPECT_EQ(campaigns.error().vendor_code, "60001");
  EXPECT_EQ(provider().decode(Document::list, "not JSON", {}).error().code, ErrorCode::protocol);
}

TEST(YeastarProvider, NoZoneMovesAUnixTime) {
  std::string const body = R"({"errcode":0,"list":[{"id":5,"send_time":1753250650}]})";
  auto const plain = provider().decode(Document::list, body, {});
  auto const zoned = provider().decode(Document::list, body, {.time_zone = "Europe/Paris"});
  ASSERT_TRUE(plain);
  ASSERT_TRUE(zoned);
  EXPECT_EQ(*plain, *zoned);
}

TEST(YeastarCapabilities, TellWhatThisVendorCannot) {
  auto const& c = capabilities();
  EXPECT_EQ(c.support(ListCampaigns::operation), Support::native);
  EXPECT_EQ(c.support(EndSession::operation), Support::unverified);
  EXPECT_EQ(c.support(Filter::search), Support::native);
  EXPECT_EQ(c.support(Filter::since), Support::emulated);
  EXPECT_EQ(c.support(Filter::text), Support::unsupported);
  EXPECT_EQ(c.in_list(Field::text), Support::unsupported);
  EXPECT_EQ(c.in_detail(Field::text), Support::native);
  EXPECT_EQ(c.in_list(Field::failed), Support::unverified);
  EXPECT_EQ(c.in_list(Field::delivered), Support::unsupported);
  EXPECT_EQ(c.default_page_size, 100);
  EXPECT_EQ(c.default_prefetch, 2);
  EXPECT_TRUE(c.pages_known_ahead);
  EXPECT_FALSE(c.window_days);
  for (auto const& operation : c.operations) EXPECT_FALSE(operation.evidence.empty());
  for (auto const& filter : c.filters) EXPECT_FALSE(filter.evidence.empty());
  for (auto const& field : c.fields) EXPECT_FALSE(field.evidence.empty());
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
