#include "text/base64.hpp"
#include "vendors/bsg/fixture.hpp"
#include "wire/json.hpp"

#include <optional>

namespace polycampaign::inline v1::bsg {
namespace {

using namespace std::chrono_literals;

std::string jwt(std::string_view claims) {
  return text::to_base64(R"({"alg":"RS256"})", text::Base64::url) + '.' +
         text::to_base64(claims, text::Base64::url) + ".c2lnbmF0dXJl";
}

Result<protocol::Token> log_in_with(std::string bearer) {
  return adapter()->log_in()->decode(answer(R"({"bearer":")" + std::move(bearer) + R"("})"));
}

TEST(BsgSession, LogInPostsTheKey) {
  auto const exchange = adapter()->log_in();
  ASSERT_TRUE(exchange);
  auto const& call = exchange->call;
  EXPECT_EQ(call.request.method, "POST");
  EXPECT_EQ(call.request.url, host + "/api/auth/login");
  EXPECT_EQ(call.request.action, Action::idempotent_write);
  EXPECT_EQ(call.operation, "log_in");
  EXPECT_FALSE(call.authenticated);
  EXPECT_EQ(vendor_tests::header_of(call.request, "content-type"), "application/json");
  EXPECT_EQ(vendor_tests::header_of(call.request, "authorization"), "");
  auto const body = wire::JsonDocument::parse(call.request.body);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->root().size(), 1U);
  EXPECT_EQ(body->root()["api_key"].scalar().text, "live_key");
}

TEST(BsgSession, RefreshSendsTheCurrentTokenAndNoBody) {
  protocol::Token current;
  current.access = Secret{"current"};
  auto const exchange = adapter()->refresh(current);
  ASSERT_TRUE(exchange);
  EXPECT_EQ(exchange->call.request.method, "POST");
  EXPECT_EQ(exchange->call.request.url, host + "/api/auth/refresh");
  EXPECT_EQ(exchange->call.request.body, "");
  EXPECT_EQ(exchange->call.operation, "refresh");
  EXPECT_FALSE(exchange->call.authenticated);
  EXPECT_EQ(vendor_tests::header_of(exchange->call.request, "Authorization"), "Bearer current");
  auto const token = exchange->decode(answer(R"({"bearer":"next"})"));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->access.reveal(), "next");
}

TEST(BsgSession, RequestsCarryTheTokenAsBearer) {
  protocol::Token token;
  token.access = Secret{"abc.def.ghi"};
  HttpRequest request{.url = host + "/api/campaigns"};
  adapter()->sign(request, &token);
  EXPECT_EQ(vendor_tests::header_of(request, "Authorization"), "Bearer abc.def.ghi");
  EXPECT_EQ(request.url, host + "/api/campaigns");
  HttpRequest unsigned_request{.url = host + "/api/auth/login"};
  adapter()->sign(unsigned_request, nullptr);
  EXPECT_TRUE(unsigned_request.headers.empty());
}

TEST(BsgSession, ThereIsNoLogOut) {
  EXPECT_FALSE(adapter()->revoke({}));
}

struct Lifetime {
  std::string bearer;
  std::optional<std::chrono::seconds> lifetime;
  std::optional<std::int64_t> expires_at;
};

TEST(BsgSession, TheLifetimeComesFromTheTokenItself) {
  for (auto const& [bearer, lifetime, expires_at] : {
           Lifetime{jwt(R"({"iat":1700000000,"exp":1702592000,"roles":[],"id":7})"), 2'592'000s, {}},
           Lifetime{jwt(R"({"iat":"1700000000","exp":"1700000060"})"), 60s, {}},
           Lifetime{jwt(R"({"iat":1700000000,"exp":1700000061,"x":"??>>~~"})"), 61s, {}},
           Lifetime{jwt(R"({"exp":1702592000})"), {}, 1702592000},
           Lifetime{jwt(R"({"iat":"x","exp":1702592000})"), {}, 1702592000},
           Lifetime{jwt(R"({"iat":0,"exp":9223372036854775807})"), 315'360'000s, {}},
           Lifetime{jwt(R"({"exp":9223372036854775807})"), {}, 253'370'764'800},
           Lifetime{jwt(R"({"iat":1700000000,"exp":1700000000})"), {}, {}},
           Lifetime{jwt(R"({"iat":1700000001,"exp":1700000000})"), {}, {}},
           Lifetime{jwt(R"({"iat":1700000000})"), {}, {}},
           Lifetime{jwt("[]"), {}, {}},
           Lifetime{jwt("no JSON"), {}, {}},
           Lifetime{"a.b*c.d", {}, {}},
           Lifetime{"a.b", {}, {}},
           Lifetime{"..", {}, {}},
           Lifetime{"string", {}, {}},
       }) {
    auto const token = log_in_with(bearer);
    ASSERT_TRUE(token) << bearer;
    EXPECT_EQ(token->access.reveal(), bearer);
    EXPECT_TRUE(token->refresh.empty());
    EXPECT_EQ(token->lifetime, lifetime) << bearer;
    std::optional<std::chrono::sys_seconds> end;
    if (expires_at) end = std::chrono::sys_seconds{std::chrono::seconds{*expires_at}};
    EXPECT_EQ(token->expires_at, end) << bearer;
  }
}

TEST(BsgSession, ReadsThePublishedAnswerAndAWrappedOne) {
  auto const published = adapter()->log_in()->decode(answer(data_file("bsg/auth_login.response.json")));
  ASSERT_TRUE(published);
  EXPECT_EQ(published->access.reveal(), "string");
  auto const wrapped = adapter()->log_in()->decode(answer(R"({"data":{"bearer":"t"}})"));
  ASSERT_TRUE(wrapped);
  EXPECT_EQ(wrapped->access.reveal(), "t");
}

struct RefusedLogIn {
  std::string body;
  int status;
  ErrorCode code;
  std::string vendor_code;
};

TEST(BsgSession, ARefusedLogInSaysWhy) {
  for (auto const& [body, status, code, vendor_code] : {
           RefusedLogIn{R"({"code":401,"message":"API Key not found"})", 401, ErrorCode::unauthenticated,
                        "401"},
           RefusedLogIn{R"({"code":401,"message":"API Key not found"})", 200, ErrorCode::unauthenticated,
                        "401"},
           RefusedLogIn{R"({"error":1,"errorDescription":"invalid API key"})", 200, ErrorCode::rejected, "1"},
           RefusedLogIn{R"({"message":"no"})", 200, ErrorCode::rejected, ""},
           RefusedLogIn{"", 500, ErrorCode::unavailable, ""},
           RefusedLogIn{"{}", 200, ErrorCode::protocol, ""},
           RefusedLogIn{R"({"bearer":""})", 200, ErrorCode::protocol, ""},
           RefusedLogIn{R"({"bearer":7})", 200, ErrorCode::protocol, ""},
           RefusedLogIn{R"({"bearer":"a\r\nX-Evil: 1"})", 200, ErrorCode::protocol, ""},
           RefusedLogIn{"<html>", 200, ErrorCode::protocol, ""},
       }) {
    auto const token = adapter()->log_in()->decode(answer(body, status));
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().code, code) << body;
    EXPECT_EQ(token.error().http_status, status) << body;
    EXPECT_EQ(token.error().vendor_code, vendor_code) << body;
  }
}

TEST(BsgSession, NamesItsSecret) {
  auto const held = adapter();
  EXPECT_EQ(held->secrets(), (std::vector<std::string_view>{"live_key"}));
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
