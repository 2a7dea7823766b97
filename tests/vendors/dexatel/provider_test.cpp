#include "vendors/dexatel/provider.hpp"

#include "vendors/dexatel/support.hpp"

#include <initializer_list>

namespace polycampaign::inline v1::vendor_tests {
namespace {

Settings settings_with(std::initializer_list<std::pair<char const*, char const*>> values) {
  Settings settings;
  for (auto const& [name, value] : values) settings.emplace(name, Secret{value});
  return settings;
}

TEST(DexatelConfig, NamesWhatIsMissingOrMalformed) {
  struct {
    std::initializer_list<std::pair<char const*, char const*>> settings;
    std::string named;
  } const rows[] = {
      {{}, "api_key"},
      {{{"api_key", ""}}, "api_key"},
      {{{"api_key", "a\nX-Evil: 1"}}, "api_key"},
      {{{"api_key", "k"}, {"base_url", "api.dexatel.com"}}, "base_url"},
      {{{"api_key", "k"}, {"base_url", "https://api.dexatel.com?a=b"}}, "base_url"},
      {{{"api_key", "k"}, {"base_url", ""}}, "base_url"},
      {{{"api_key", "k"}, {"time_zone", "Europe/Nowhere"}}, "time_zone"},
      {{{"api_key", "k"}, {"token", "x"}}, "token"},
  };
  for (auto const& row : rows) {
    auto const adapter = dexatel::provider().make_adapter(settings_with(row.settings));
    ASSERT_FALSE(adapter) << row.named;
    EXPECT_EQ(adapter.error().code, ErrorCode::configuration);
    EXPECT_EQ(adapter.error().provider, "dexatel");
    EXPECT_TRUE(adapter.error().message.starts_with(row.named)) << adapter.error().message;
    EXPECT_EQ(adapter.error().message.find("Evil"), std::string::npos);
  }
}

TEST(DexatelConfig, SaysWhyASecretIsMissing) {
  dexatel::Config config;
  config.api_key = Secret::from_env("POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE");
  auto const adapter = dexatel::make_adapter(std::move(config));
  ASSERT_FALSE(adapter);
  EXPECT_NE(adapter.error().message.find("POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE"), std::string::npos);
}

TEST(DexatelConfig, MakesAVendorFromSettings) {
  auto const adapter = dexatel::provider().make_adapter(settings_with(
      {{"api_key", "key-of-the-desk"}, {"base_url", "http://localhost:9/"}, {"time_zone", "UTC"}}));
  ASSERT_TRUE(adapter) << adapter.error().message;
  EXPECT_EQ((*adapter)->endpoint().base_url, "http://localhost:9");
  EXPECT_FALSE((*adapter)->endpoint().https);
  EXPECT_TRUE((*adapter)->endpoint().loopback);
  EXPECT_EQ((*adapter)->secrets(), (std::vector<std::string_view>{"key-of-the-desk"}));
  EXPECT_FALSE((*adapter)->log_in());
  EXPECT_EQ(dexatel_vendor()->endpoint().base_url, "https://api.dexatel.com");
  EXPECT_TRUE(dexatel_vendor()->endpoint().https);
}

TEST(DexatelConfig, DescribesItsSettings) {
  std::vector<std::string_view> names;
  for (auto const& setting : dexatel::provider().settings()) {
    names.push_back(setting.name);
    EXPECT_EQ(setting.secret, setting.name == "api_key");
    EXPECT_EQ(setting.required, setting.name == "api_key");
    EXPECT_FALSE(setting.summary.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"api_key", "base_url", "time_zone"}));
  EXPECT_EQ(dexatel::provider().name, "dexatel");
}

TEST(DexatelCapabilities, SayWhatTheDocumentsSay) {
  auto const& table = dexatel::capabilities();
  EXPECT_EQ(&table, &dexatel::provider().capabilities());
  EXPECT_EQ(&table, &dexatel_vendor()->capabilities());
  EXPECT_EQ(table.provider, "dexatel");
  EXPECT_EQ(table.default_prefetch, 2) << "one ahead: a page names only the next one";
  EXPECT_FALSE(table.pages_known_ahead);
  EXPECT_EQ(table.support(ListCampaigns::operation), Support::native);
  EXPECT_EQ(table.support(LogIn::operation), Support::unsupported);
  EXPECT_EQ(table.support(Filter::search), Support::emulated);
  EXPECT_EQ(table.support(Filter::text), Support::unsupported);
  EXPECT_EQ(table.support(Filter::sort), Support::unsupported);
  // the documents contradict themselves on counters in lists
  EXPECT_EQ(table.in_list(Field::delivered), Support::unverified);
  EXPECT_EQ(table.in_detail(Field::delivered), Support::native);
  EXPECT_EQ(table.in_detail(Field::sender), Support::unsupported);
  EXPECT_NE(table.limits_evidence.find("unverified"), std::string_view::npos);
  for (auto const& row : table.filters) EXPECT_FALSE(row.evidence.empty());
  for (auto const& row : table.fields) EXPECT_FALSE(row.evidence.empty());
  for (auto const& row : table.operations) EXPECT_FALSE(row.evidence.empty());
}

TEST(DexatelDecode, ReadsKeptBodies) {
  auto const& decode = dexatel::provider().decode;
  auto const list = decode(Document::list, data_file("dexatel/campaign_list.d2b.reconstructed.json"),
                           {.time_zone = "Asia/Yerevan", .keep_raw = true});
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1U);
  EXPECT_EQ(list->at(0).scheduled_at, (Timestamp{at("2025-03-01T05:00:00Z"), ZoneBasis::configured}));
  EXPECT_EQ(list->at(0).created_at, (Timestamp{at("2025-02-20T08:15:30Z"), ZoneBasis::documented}));
  EXPECT_FALSE(list->at(0).raw().empty());
  auto const detail = decode(Document::get, data_file("dexatel/campaign_read.object.reconstructed.json"), {});
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->at(0).statistics.delivered, 40);
  // where the body came from is not known, so its links are not judged
  EXPECT_TRUE(
      decode(Document::list, R"({"data":[],"pagination":{"links":{"next":"https://x.example/"}}})", {}));
}

TEST(DexatelDecode, RefusesWhatIsNoAnswer) {
  struct {
    Document document;
    std::string body;
    std::string zone;
    ErrorCode code;
  } const rows[] = {
      {Document::list, "", "", ErrorCode::protocol},
      {Document::list, "<html/>", "", ErrorCode::protocol},
      {Document::get, data_file("dexatel/error_not_found.reconstructed.json"), "", ErrorCode::not_found},
      {Document::get, R"({"data":[]})", "", ErrorCode::not_found},
      {Document::list, R"({"data":[]})", "Nowhere/Land", ErrorCode::configuration},
  };
  for (auto const& row : rows) {
    auto const campaigns = dexatel::provider().decode(row.document, row.body, {.time_zone = row.zone});
    ASSERT_FALSE(campaigns) << row.body;
    EXPECT_EQ(campaigns.error().code, row.code) << row.body;
    EXPECT_EQ(campaigns.error().http_status, 0);
    EXPECT_EQ(campaigns.error().provider, "dexatel");
  }
}

}
}
