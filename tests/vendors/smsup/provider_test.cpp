#include "vendors/smsup/provider.hpp"

#include "vendors/smsup/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

Settings settings_with(std::initializer_list<std::pair<char const*, char const*>> values) {
  Settings settings;
  for (auto const& [name, value] : values) settings.emplace(name, Secret{value});
  return settings;
}

TEST(SmsupConfig, NamesWhatIsMissingOrMalformed) {
  struct {
    std::initializer_list<std::pair<char const*, char const*>> settings;
    std::string named;
  } const rows[] = {
      {{}, "token"},
      {{{"token", ""}}, "token"},
      {{{"token", "a\r\nX-Evil: 1"}}, "token"},
      {{{"token", "a b"}}, "token"},
      {{{"token", "t"}, {"base_url", "api.smsup.ch"}}, "base_url"},
      {{{"token", "t"}, {"base_url", "ftp://api.smsup.ch"}}, "base_url"},
      {{{"token", "t"}, {"base_url", "https://api.smsup.ch/?a=b"}}, "base_url"},
      {{{"token", "t"}, {"base_url", ""}}, "base_url"},
      {{{"token", "t"}, {"format", "yaml"}}, "format"},
      {{{"token", "t"}, {"time_zone", "Europe/Nowhere"}}, "time_zone"},
      {{{"token", "t"}, {"api_key", "x"}}, "api_key"},
  };
  for (auto const& row : rows) {
    auto const adapter = smsup::provider().make_adapter(settings_with(row.settings));
    ASSERT_FALSE(adapter) << row.named;
    EXPECT_EQ(adapter.error().code, ErrorCode::configuration);
    EXPECT_EQ(adapter.error().provider, "smsup");
    EXPECT_TRUE(adapter.error().message.starts_with(row.named)) << adapter.error().message;
    EXPECT_EQ(adapter.error().message.find("Evil"), std::string::npos);
  }
}

TEST(SmsupConfig, SaysWhyASecretIsMissing) {
  smsup::Config config;
  config.token = Secret::from_env("POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE");
  auto const adapter = smsup::make_adapter(std::move(config));
  ASSERT_FALSE(adapter);
  EXPECT_NE(adapter.error().message.find("POLYCAMPAIGN_TEST_NO_SUCH_VARIABLE"), std::string::npos);
}

TEST(SmsupConfig, MakesAVendorFromSettings) {
  auto const adapter =
      smsup::provider().make_adapter(settings_with({{"token", "key-of-the-shop"},
                                                    {"base_url", "https://api.smsfactor.com/"},
                                                    {"format", "xml"},
                                                    {"time_zone", "UTC"}}));
  ASSERT_TRUE(adapter) << adapter.error().message;
  EXPECT_EQ((*adapter)->endpoint().base_url, "https://api.smsfactor.com");
  EXPECT_TRUE((*adapter)->endpoint().https);
  EXPECT_FALSE((*adapter)->endpoint().loopback);
  EXPECT_EQ((*adapter)->secrets(), (std::vector<std::string_view>{"key-of-the-shop"}));
  HttpRequest request;
  (*adapter)->sign(request, nullptr);
  EXPECT_EQ(header_of(request, "accept"), "application/xml");
  EXPECT_FALSE((*adapter)->log_in());

  auto const near = smsup::provider().make_adapter(
      settings_with({{"token", "t"}, {"base_url", "http://127.0.0.1:8080/v"}}));
  ASSERT_TRUE(near);
  EXPECT_FALSE((*near)->endpoint().https);
  EXPECT_TRUE((*near)->endpoint().loopback);
  auto const query = list_query({}, 5);
  EXPECT_EQ(test::first_page(**near, query)->call.request.url,
            "http://127.0.0.1:8080/v/campaigns?start=0&length=5&sort=-id");
}

TEST(SmsupConfig, DescribesItsSettings) {
  std::vector<std::string_view> names;
  for (auto const& setting : smsup::provider().settings()) {
    names.push_back(setting.name);
    EXPECT_EQ(setting.secret, setting.name == "token");
    EXPECT_EQ(setting.required, setting.name == "token");
    EXPECT_FALSE(setting.summary.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"token", "base_url", "format", "time_zone"}));
  EXPECT_EQ(smsup::provider().name, "smsup");
}

TEST(SmsupCapabilities, SayWhatTheDocumentsSay) {
  auto const& table = smsup::capabilities();
  EXPECT_EQ(&table, &smsup::provider().capabilities());
  EXPECT_EQ(table.provider, "smsup");
  EXPECT_EQ(table.max_page_size, 1000);
  EXPECT_EQ(table.default_prefetch, 4);
  EXPECT_TRUE(table.pages_known_ahead);
  EXPECT_EQ(table.support(ListCampaigns::operation), Support::native);
  EXPECT_EQ(table.support(LogIn::operation), Support::unsupported);
  EXPECT_EQ(table.support(Filter::text), Support::native);
  EXPECT_EQ(table.support(Filter::since), Support::emulated);
  EXPECT_EQ(table.support(Filter::search), Support::unsupported);
  EXPECT_EQ(table.in_list(Field::submitted), Support::unverified);
  EXPECT_EQ(table.in_list(Field::name), Support::unsupported);
  EXPECT_EQ(table.limitations.size(), 2U);
  for (auto const& row : table.filters) EXPECT_FALSE(row.evidence.empty());
  for (auto const& row : table.fields) EXPECT_FALSE(row.evidence.empty());
  for (auto const& row : table.operations) EXPECT_FALSE(row.evidence.empty());
}

TEST(SmsupCapabilities, KnowThatXmlHasNoStatus) {
  auto const& xml = smsup_vendor({smsup::Format::xml})->capabilities();
  EXPECT_EQ(xml.support(Filter::statuses), Support::unsupported);
  EXPECT_EQ(xml.in_list(Field::status), Support::unsupported);
  EXPECT_EQ(xml.in_list(Field::sender), Support::native);
  auto const& json = smsup_vendor()->capabilities();
  EXPECT_EQ(json.support(Filter::statuses), Support::emulated);
  EXPECT_EQ(json.in_list(Field::status), Support::native);
}

TEST(SmsupDecode, ReadsKeptBodies) {
  auto const& decode = smsup::provider().decode;
  auto const list = decode(Document::list, published_list(), {});
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 2U);
  auto const xml = decode(Document::list, data_file("smsup/campaigns_list.g2.xml"),
                          {.time_zone = "UTC", .keep_raw = true});
  ASSERT_TRUE(xml);
  EXPECT_EQ(xml->at(0).created_at, (Timestamp{at("2024-10-21T10:16:58Z"), ZoneBasis::configured}));
  EXPECT_TRUE(xml->at(0).raw().starts_with("<campaign>"));
  auto const detail = decode(Document::get, R"({"status":1,"campaign":[{"id":"5"}]})", {});
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->at(0).id, "5");
}

TEST(SmsupDecode, RefusesWhatIsNoAnswer) {
  struct {
    Document document;
    std::string body;
    std::string zone;
    ErrorCode code;
  } const rows[] = {
      {Document::list, data_file("smsup/campaigns_list.g2.json.txt"), "", ErrorCode::protocol},
      {Document::list, "", "", ErrorCode::protocol},
      {Document::list, R"({"status":-1,"message":"no"})", "", ErrorCode::unauthenticated},
      {Document::get, R"({"status":1,"campaign":[]})", "", ErrorCode::not_found},
      {Document::list, R"({"campaigns":[]})", "Nowhere/Land", ErrorCode::configuration},
  };
  for (auto const& row : rows) {
    auto const campaigns = smsup::provider().decode(row.document, row.body, {.time_zone = row.zone});
    ASSERT_FALSE(campaigns) << row.body;
    EXPECT_EQ(campaigns.error().code, row.code) << row.body;
    EXPECT_EQ(campaigns.error().http_status, 0);
    EXPECT_EQ(campaigns.error().provider, "smsup");
  }
}

}
}
