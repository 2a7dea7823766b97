#include "polycampaign/campaign_client.hpp"
#include "polycampaign/providers.hpp"

#include "engine/read_list.hpp"
#include "engine/resume_token.hpp"

#include <functional>
#include <limits>

/// Anybody can write a resume token with a good checksum: it costs a few requests at most.
namespace polycampaign::test {
namespace {

using engine::ResumePoint;

struct Account {
  char const* provider;
  Settings settings;
  std::string page;
};

/// Two campaigns, of as many as can be.
std::vector<Account> accounts() {
  std::string const total = std::to_string(protocol::max_list_records);
  std::vector<Account> all;
  auto const add = [&](char const* provider, char const* key, std::string page) -> Settings& {
    auto& account = all.emplace_back(Account{provider, {}, std::move(page)});
    account.settings.emplace(key, Secret{"a-key"});
    return account.settings;
  };
  add("bsg", "api_key", R"({"data":[{"id":1},{"id":2}],"meta":{"page":{"total":)" + total + "}}}");
  add("dexatel", "api_key",
      R"({"data":[{"id":"1"},{"id":"2"}],"pagination":{"total":)" + total + R"(,"links":{"next":"T"}}})");
  add("smsup", "token",
      R"({"status":1,"campaigns":[{"id":"1"},{"id":"2"}],"totalRecords":)" + total +
          R"(,"totalDisplayRecords":)" + total + "}");
  add("smsup", "token",
      "<response><status>1</status><campaign><id>1</id></campaign><campaign><id>2</id>"
      "</campaign></response>")
      .emplace("format", Secret{"xml"});
  auto& pbx =
      add("yeastar", "client_id", R"({"errcode":0,"list":[{"id":1},{"id":2}],"total_number":)" + total + "}");
  pbx.emplace("client_secret", Secret{"a-secret"});
  pbx.emplace("base_url", Secret{"https://pbx.example:8088"});
  return all;
}

std::vector<std::function<void(ResumePoint&)>> forgeries() {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  std::vector<std::function<void(ResumePoint&)>> all;
  for (auto const number :
       {least, least + 1, std::int64_t{-2}, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1},
        std::int64_t{999'999}, protocol::max_list_parts, protocol::max_list_parts + 1,
        protocol::max_list_records, protocol::max_list_records + 1, most - 1, most}) {
    all.push_back([=](ResumePoint& p) { p.key.part = number; });
    all.push_back([=](ResumePoint& p) { p.key.offset = number; });
    all.push_back([=](ResumePoint& p) { p.key.size = number; });
    all.push_back([=](ResumePoint& p) { p.key.overlap = number; });
    all.push_back([=](ResumePoint& p) { p.key.size = p.key.overlap = number; });
    all.push_back([=](ResumePoint& p) { p.key.offset = p.key.size = number; });
    all.push_back([=](ResumePoint& p) { p.delivered = number; });
    all.push_back([=](ResumePoint& p) { p.index = number; });
    all.push_back([=](ResumePoint& p) {
      p.index = number;
      p.id = "1";
    });
    all.push_back([=](ResumePoint& p) { p.now = std::chrono::sys_seconds{std::chrono::seconds{number}}; });
    all.push_back([=](ResumePoint& p) {
      p.now = std::chrono::sys_seconds{std::chrono::seconds{number}};
      p.key.part = number;
    });
  }
  all.push_back([](ResumePoint& p) { p.now = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}; });
  for (std::string const token : {"T", "=T", "/v1/campaigns?page=2", "//elsewhere.example/", "\r\nX: y"})
    all.push_back([=](ResumePoint& p) { p.key.token = token; });
  for (auto const size : {protocol::max_token_bytes, protocol::max_token_bytes + 1})
    all.push_back([=](ResumePoint& p) { p.key.token = '=' + std::string(size - 1, 'x'); });
  return all;
}

TEST(ForgedResumeToken, IsRefusedOrEndsSoon) {
  for (auto& account : accounts()) {
    auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
      if (request.url.ends_with("/auth/login")) return ok(R"({"bearer":"a-token"})");
      if (request.url.ends_with("/get_token")) return ok(R"({"errcode":0,"access_token":"a-token"})");
      return ok(account.page);
    });
    auto const adapter = find_provider(account.provider)->make_adapter(std::move(account.settings));
    ASSERT_TRUE(adapter) << to_string(adapter.error());
    engine::Engine engine{{.adapter = *adapter, .transport = transport}};
    CampaignFilter const filter{.limit = 10};
    auto const list = [&](std::string token) {
      return Pager<Campaign>{std::make_unique<CampaignReader>(engine.core(), filter,
                                                              ListOptions{.resume_token = std::move(token)})};
    };
    auto pager = list({});
    ASSERT_TRUE(pager.collect(1));
    auto const good = engine::from_token(pager.resume_token());
    ASSERT_TRUE(good);

    std::size_t refused = 0;
    auto const all = forgeries();
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto point = *good;
      all[i](point);
      auto const before = transport->requests().size();
      auto const listed = list(engine::to_token(point)).collect();
      auto const requests = transport->requests().size() - before;
      EXPECT_LE(requests, 60U) << account.provider << ' ' << i;
      if (listed || listed.error().code != ErrorCode::invalid_argument) continue;
      ++refused;
      EXPECT_EQ(requests, 0U) << account.provider << ' ' << i;
    }
    EXPECT_GT(refused, all.size() / 3) << account.provider;
    for (auto const& request : transport->requests())
      EXPECT_TRUE(request.url.starts_with((*adapter)->endpoint().base_url)) << request.url;
  }
}

}  // namespace
}  // namespace polycampaign::test
