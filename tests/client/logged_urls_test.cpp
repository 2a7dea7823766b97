#include "polycampaign/campaign_client.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/providers.hpp"

#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace polycampaign::test {
namespace {

constexpr std::string_view phone = "491701234567";

/// Whether the number, or one that begins with it, can be read in the text.
bool tells_phone(std::string_view text) {
  auto const decoded = protocol::unescape(text);
  return decoded.find(phone) != std::string::npos;
}

Settings settings_of(Provider const& provider, std::string const& base_url) {
  Settings settings;
  for (auto const& setting : provider.settings())
    if (setting.required && setting.name != "base_url") settings.emplace(setting.name, Secret{"not-shown"});
  settings.emplace("base_url", Secret{base_url});
  return settings;
}

/// The URLs that a client of this vendor logs while it lists and gets.
std::string logged(Provider const& provider, std::string const& base_url, CampaignFilter const& filter,
                   std::vector<std::string> const& ids, HandlerTransport::Handler handler) {
  std::string urls;
  auto const client = make_client(provider.make_adapter(settings_of(provider, base_url)),
                                  {.retry = RetryPolicy::none(),
                                   .transport = std::make_shared<HandlerTransport>(std::move(handler)),
                                   .log = [&](LogEvent const& event) { urls += event.url + '\n'; }});
  EXPECT_TRUE(client) << provider.name;
  if (!client) return {};
  static_cast<void>((*client)->list(filter).collect());
  for (auto const& id : ids) static_cast<void>((*client)->get(id));
  return urls;
}

/// Knows both log-ins.
Result<HttpResponse> log_in_only(HttpRequest const& request) {
  if (request.url.find("/api/auth/login") != std::string::npos)
    return ok(R"({"access_token":"opened","token_type":"bearer","expires_in":3600})");
  if (request.url.find("/get_token") != std::string::npos)
    return ok(R"({"errcode":0,"errmsg":"SUCCESS","access_token_expire_time":1800,"access_token":"opened",)"
              R"("refresh_token_expire_time":86400,"refresh_token":"again"})");
  return status(404);
}

/// What the vendor can filter by, holding the number wherever a text can.
CampaignFilter planted(Capabilities const& capabilities) {
  CampaignFilter filter;
  auto const native = [&](Filter which) { return capabilities.support(which) == Support::native; };
  if (native(Filter::search)) filter.search = phone;
  if (native(Filter::text)) filter.text = phone;
  if (native(Filter::destination)) filter.destination = phone;
  return filter;
}

TEST(LoggedUrls, HoldNoPhoneNumberWhereverItStands) {
  for (auto const& provider : providers()) {
    std::size_t asked = 0;
    auto const urls =
        logged(provider, "https://h.example/" + std::string{phone}, planted(provider.capabilities()),
               {std::string{phone}, "+" + std::string{phone}, std::string{phone} + "/x"},
               [&](HttpRequest const& request) {
                 if (tells_phone(request.url)) ++asked;
                 return log_in_only(request);
               });
    EXPECT_GE(asked, 2U) << provider.name;
    EXPECT_FALSE(tells_phone(urls)) << urls;
    EXPECT_EQ(urls.find("opened"), std::string::npos) << urls;
  }
}

TEST(LoggedUrls, ShowWhereAListIsAndWhichCampaignIsAskedFor) {
  struct Row {
    std::string_view provider;
    std::string_view list;
    std::string_view get;
  };
  for (auto const& [name, list, get] :
       {Row{"bsg", "page%5Boffset%5D=0&page%5Blimit%5D=", "/campaigns/53651994/detail"},
        Row{"dexatel", "/v1/campaigns?page_size=", "/v1/campaigns/53651994"},
        Row{"smsup", "/campaigns?start=0&length=", "/campaign/53651994"},
        Row{"yeastar", "/list?page=1&page_size=", "/get?id=53651994"}}) {
    auto const urls = logged(*find_provider(name), "https://h.example", {}, {"53651994"}, &log_in_only);
    EXPECT_NE(urls.find(list), std::string::npos) << urls;
    EXPECT_NE(urls.find(get), std::string::npos) << urls;
  }
}

TEST(LoggedUrls, HoldNoPageTokenOfDexatel) {
  auto const& dexatel = *find_provider("dexatel");
  for (auto const* next : {"https://h.example/v1/campaigns?page_token=T0PSECRET",
                           "https://h.example/v1/campaigns/next/491701234567?cursor=T0PSECRET"}) {
    std::vector<std::string> asked;
    auto const urls = logged(dexatel, "https://h.example", {}, {}, [&](HttpRequest const& request) {
      asked.push_back(request.url);
      return ok(R"({"data":[{"id":"c)" + std::to_string(asked.size()) +
                R"(","name":"n"}],"pagination":{"links":{"next":")" + (asked.size() == 1 ? next : "") +
                R"("}}})");
    });
    ASSERT_EQ(asked.size(), 2U) << next;
    EXPECT_NE(asked[1].find("T0PSECRET"), std::string::npos) << asked[1];
    EXPECT_EQ(urls.find("T0PSECRET"), std::string::npos) << urls;
    EXPECT_FALSE(tells_phone(urls)) << urls;
  }
}

}  // namespace
}  // namespace polycampaign::test
