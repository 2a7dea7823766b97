#include "vendors/yeastar/fixture.hpp"
#include "wire/json.hpp"

#include <chrono>
#include <optional>

namespace polycampaign::inline v1::yeastar {
namespace {

using namespace std::chrono_literals;

std::string member(std::string const& body, std::string_view name) {
  auto const document = wire::JsonDocument::parse(body);
  EXPECT_TRUE(document) << body;
  return document ? std::string{document->root()[name].scalar().text} : std::string{};
}

TEST(YeastarSession, LogInPostsClientIdAndSecret) {
  auto const exchange = adapter()->log_in();
  ASSERT_TRUE(exchange);
  auto const& call = exchange->call;
  EXPECT_EQ(call.request.method, "POST");
  EXPECT_EQ(call.request.url, api + "get_token");
  EXPECT_EQ(call.request.action, Action::idempotent_write);
  EXPECT_EQ(call.operation, "log_in");
  EXPECT_FALSE(call.authenticated);
  EXPECT_EQ(vendor_tests::header_of(call.request, "content-type"), "application/json");
  EXPECT_EQ(member(call.request.body, "username"), "the-id");
  EXPECT_EQ(member(call.request.body, "password"), "the-secret");
}

TEST(YeastarSession, LogInReadsBothTokensAndTheirLifetimes) {
  auto const token = adapter()->log_in()->decode(answer(data_file("yeastar/get_token.response.json")));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.reveal(), "EXZMpZAO86mbrKm6rFtgeb3rfcpC9uqS");
  EXPECT_EQ(token->refresh.reveal(), "SCduGecwbG9jIusiS8FxFUVn3kf0Q9R8");
  EXPECT_EQ(token->lifetime, 1800s);
  EXPECT_EQ(token->refresh_lifetime, 86400s);
  EXPECT_FALSE(token->expires_at);
}

TEST(YeastarSession, RefreshPostsTheLatestRefreshTokenAndReadsTheRotatedPair) {
  protocol::Token old;
  old.access = Secret{"old"};
  old.refresh = Secret{"SCduGecwbG9jIusiS8FxFUVn3kf0Q9R8"};
  auto const exchange = adapter()->refresh(old);
  ASSERT_TRUE(exchange);
  EXPECT_EQ(exchange->call.request.method, "POST");
  EXPECT_EQ(exchange->call.request.url, api + "refresh_token");
  EXPECT_EQ(exchange->call.operation, "refresh");
  EXPECT_FALSE(exchange->call.authenticated);
  EXPECT_EQ(member(exchange->call.request.body, "refresh_token"), "SCduGecwbG9jIusiS8FxFUVn3kf0Q9R8");
  auto const token = exchange->decode(answer(data_file("yeastar/refresh_token.response.json")));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.reveal(), "4JkX5GQObeL9MGcPZDN4o4Ecv114Jo1e");
  EXPECT_EQ(token->refresh.reveal(), "fTyEpc1OTDU2vckJauWL6uBRasYYpbKU");
}

TEST(YeastarSession, ATokenWithoutRefreshTokenIsNotRefreshed) {
  protocol::Token token;
  token.access = Secret{"only"};
  EXPECT_FALSE(adapter()->refresh(token));
}

struct Lifetime {
  char const* body;
  std::optional<std::chrono::seconds> expected;
};

TEST(YeastarSession, LifetimesOfAnyTypeAreReadAndNothingIsInvented) {
  for (auto const& [body, expected] : {
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":"1800"})", 1800s},
           Lifetime{R"({"errcode":"0","access_token":"t","access_token_expire_time":60})", 60s},
           Lifetime{R"({"access_token":"t","access_token_expire_time":60})", 60s},
           Lifetime{R"({"errcode":0,"data":{"access_token":"t","access_token_expire_time":60}})", 60s},
           Lifetime{R"({"errcode":0,"access_token":"t"})", std::nullopt},
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":0})", std::nullopt},
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":-1})", std::nullopt},
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":null})", std::nullopt},
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":"soon"})", std::nullopt},
           Lifetime{R"({"errcode":0,"access_token":"t","access_token_expire_time":9223372036854775807})",
                    315'360'000s},
       }) {
    auto const token = adapter()->log_in()->decode(answer(body));
    ASSERT_TRUE(token) << body;
    EXPECT_EQ(token->access.reveal(), "t") << body;
    EXPECT_TRUE(token->refresh.empty()) << body;
    EXPECT_EQ(token->lifetime, expected) << body;
  }
}

struct RefusedLogIn {
  int status;
  std::string body;
  ErrorCode code;
  std::string vendor_code;
};

TEST(YeastarSession, ARefusedLogInSaysWhy) {
  for (auto const& [status, body, code, vendor_code] : {
           RefusedLogIn{200, data_file("yeastar/error_get_token_bad_credentials.json"),
                        ErrorCode::unauthenticated, "-1"},
           RefusedLogIn{200, R"({"errcode":70004,"errmsg":"ACCOUNT IP BLOCKED"})",
                        ErrorCode::permission_denied, "70004"},
           RefusedLogIn{200, R"({"errcode":70087,"errmsg":"IP FORBIDDEN"})", ErrorCode::permission_denied,
                        "70087"},
           RefusedLogIn{200, R"({"errcode":10004,"errmsg":"TOKEN EXPIRED"})", ErrorCode::unauthenticated,
                        "10004"},
           RefusedLogIn{401, "", ErrorCode::unauthenticated, ""},
           RefusedLogIn{503, "<html>", ErrorCode::unavailable, ""},
           RefusedLogIn{200, R"({"errcode":0,"errmsg":"SUCCESS"})", ErrorCode::protocol, ""},
           RefusedLogIn{200, R"({"errcode":0,"access_token":""})", ErrorCode::protocol, ""},
           RefusedLogIn{200, R"({"errcode":0,"access_token":{}})", ErrorCode::protocol, ""},
           RefusedLogIn{200, "<html>portal</html>", ErrorCode::protocol, ""},
       }) {
    auto const token = adapter()->log_in()->decode(answer(body, status));
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().code, code) << body;
    EXPECT_EQ(token.error().vendor_code, vendor_code) << body;
    EXPECT_EQ(token.error().http_status, status) << body;
  }
}

TEST(YeastarSession, ABlockedAddressIsNotWorthAnotherTry) {
  auto const token =
      adapter()->log_in()->decode(answer(R"({"errcode":70004,"errmsg":"ACCOUNT IP BLOCKED"})"));
  ASSERT_FALSE(token);
  EXPECT_FALSE(token.error().transient);
}

TEST(YeastarSession, TheTokenStandsInTheQueryOnlyAndIsEncoded) {
  protocol::Token token;
  token.access = Secret{"a+b/c="};
  HttpRequest plain{.url = api + "del_token"};
  adapter()->sign(plain, &token);
  EXPECT_EQ(plain.url, api + "del_token?access_token=a%2Bb%2Fc%3D");
  HttpRequest with_query{.url = api + "message_campaign/list?page=1"};
  adapter()->sign(with_query, &token);
  EXPECT_EQ(with_query.url, api + "message_campaign/list?page=1&access_token=a%2Bb%2Fc%3D");
  EXPECT_EQ(vendor_tests::header_of(with_query, "Authorization"), "");
}

TEST(YeastarSession, EveryRequestHasExactlyOneUserAgent) {
  HttpRequest bare{.url = api + "get_token"};
  adapter()->sign(bare, nullptr);
  EXPECT_EQ(vendor_tests::header_of(bare, "User-Agent"), "polycampaign");
  EXPECT_EQ(bare.url, api + "get_token");

  HttpRequest named{.url = api + "get_token", .headers = {{"user-agent", "polycampaign/1 shop"}}};
  adapter()->sign(named, nullptr);
  ASSERT_EQ(named.headers.size(), 1U);
  EXPECT_EQ(named.headers.front().value, "polycampaign/1 shop");
}

TEST(YeastarSession, RevokingIsASignedWrite) {
  auto const exchange = adapter()->revoke({});
  ASSERT_TRUE(exchange);
  EXPECT_EQ(exchange->call.request.method, "GET");
  EXPECT_EQ(exchange->call.request.url, api + "del_token");
  EXPECT_EQ(exchange->call.request.action, Action::write);
  EXPECT_EQ(exchange->call.operation, "revoke");
  EXPECT_TRUE(exchange->call.authenticated);
  EXPECT_TRUE(exchange->decode(answer(R"({"errcode":0,"errmsg":"SUCCESS"})")));
}

TEST(YeastarSession, AnExpiredTokenNeedsNoRevoking) {
  EXPECT_TRUE(adapter()->revoke({})->decode(answer(R"({"errcode":10004,"errmsg":"TOKEN EXPIRED"})")));
  EXPECT_TRUE(adapter()->revoke({})->decode(answer("", 401)));
  auto const refused = adapter()->revoke({})->decode(answer(R"({"errcode":10001})"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_EQ(refused.error().effect, Effect::none);
}

TEST(YeastarSession, AFaultWhileRevokingLeavesItsEffectOpen) {
  auto const fault = adapter()->revoke({})->decode(answer(R"({"errcode":-2})"));
  ASSERT_FALSE(fault);
  EXPECT_EQ(fault.error().effect, Effect::unknown);
  auto const page = adapter()->revoke({})->decode(answer("<html>"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().effect, Effect::unknown);
}

TEST(YeastarSession, NamesItsSecrets) {
  auto const held = adapter();
  EXPECT_EQ(held->secrets(), (std::vector<std::string_view>{"the-id", "the-secret"}));
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
