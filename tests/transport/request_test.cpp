#include "polycampaign/version.hpp"

#include "transport/asking.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace polycampaign::loopback {
namespace {

using namespace std::chrono_literals;

struct Message {
  std::string method;
  std::string body;
  std::string line;
};

class RequestMethod : public ::testing::TestWithParam<Message> {};

TEST_P(RequestMethod, ArrivesAsGiven) {
  auto const& [method, body, line] = GetParam();
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  // twice: what one request set must not stay for the next
  for (int i = 0; i < 2; ++i) {
    auto const answer = ask(*client, {.method = method,
                                      .url = server.url("/a/b?c=d%20e"),
                                      .headers = {{"X-API-KEY", "k"}, {"Content-Type", "application/json"}},
                                      .body = body});
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "fine");
    // and between them a request of another kind
    ASSERT_TRUE(ask(*client, i == 0 ? sending(server.url()) : get(server.url())).has_value());
  }
  auto const requests = server.requests();
  ASSERT_EQ(requests.size(), 4u);
  for (auto const& request : {requests[0], requests[2]}) {
    EXPECT_EQ(request.line, line);
    EXPECT_EQ(request.body, body);
    EXPECT_EQ(request.header("X-API-KEY"), "k");
    EXPECT_EQ(request.header("Content-Type"), "application/json");
    EXPECT_EQ(request.header("Accept-Encoding"), "gzip");
    EXPECT_EQ(request.header("User-Agent"), "polycampaign/" + std::string{version()});
    EXPECT_EQ(request.header("Expect"), std::nullopt);
  }
  EXPECT_EQ(requests[3].line, "GET / HTTP/1.1");
  EXPECT_EQ(requests[3].header("X-API-KEY"), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(All, RequestMethod,
                         ::testing::Values(Message{"GET", "", "GET /a/b?c=d%20e HTTP/1.1"},
                                           Message{"POST", R"({"a":1})", "POST /a/b?c=d%20e HTTP/1.1"},
                                           Message{"POST", "", "POST /a/b?c=d%20e HTTP/1.1"},
                                           Message{"PUT", R"({"a":1})", "PUT /a/b?c=d%20e HTTP/1.1"},
                                           Message{"PATCH", R"({"a":1})", "PATCH /a/b?c=d%20e HTTP/1.1"},
                                           Message{"DELETE", "", "DELETE /a/b?c=d%20e HTTP/1.1"},
                                           Message{"DELETE", R"({"a":1})", "DELETE /a/b?c=d%20e HTTP/1.1"}),
                         [](auto const& one) {
                           return one.param.method + (one.param.body.empty() ? "Empty" : "WithBody");
                         });

TEST(Request, AskedForNoPermissionHoweverLarge) {
  BehaviourServer server{answering(ok(""))};
  auto const client = transport();
  auto request = sending(server.url());
  request.body = std::string(std::size_t{3} * 1024 * 1024, 'x');
  ASSERT_TRUE(ask(*client, request).has_value());
  auto const requests = server.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].body.size(), request.body.size());
  EXPECT_EQ(requests[0].header("Expect"), std::nullopt);
}

TEST(Request, InventsNoContentType) {
  BehaviourServer server{answering(ok(""))};
  auto const client = transport();
  ASSERT_TRUE(ask(*client, sending(server.url())).has_value());
  EXPECT_EQ(server.requests().at(0).header("Content-Type"), std::nullopt);
}

TEST(Request, KeepsHeadersWithoutContent) {
  BehaviourServer server{answering(ok(""))};
  auto const client = transport();
  auto request = get(server.url());
  request.headers = {{"X-Empty", ""}, {"X-Blank", "  "}, {"X-Full", "a: b; c"}};
  ASSERT_TRUE(ask(*client, request).has_value());
  auto const seen = server.requests().at(0);
  EXPECT_EQ(seen.header("X-Empty"), "");
  EXPECT_EQ(seen.header("X-Blank"), "");
  EXPECT_EQ(seen.header("X-Full"), "a: b; c");
}

TEST(Request, PrefersItsOwnUserAgent) {
  BehaviourServer server{answering(ok(""))};
  auto const client = transport({.user_agent = "shop/1"});
  auto own = get(server.url());
  own.headers = {{"user-agent", "own/2"}};
  ASSERT_TRUE(ask(*client, own).has_value());
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  auto const requests = server.requests();
  EXPECT_EQ(requests.at(0).header("User-Agent"), "own/2");
  EXPECT_EQ(requests.at(0).head.find("shop/1"), std::string::npos) << requests.at(0).head;
  EXPECT_EQ(requests.at(1).header("User-Agent"), "shop/1");
}

TEST(Request, KeepsDotSegmentsOfThePath) {
  BehaviourServer server{answering(ok(""))};
  auto const client = transport();
  ASSERT_TRUE(ask(*client, get(server.url("/campaigns/../detail"))).has_value());
  EXPECT_EQ(server.requests().at(0).line, "GET /campaigns/../detail HTTP/1.1");
}

TEST(Response, HasStatusHeadersAndPaddedBody) {
  std::string const body(5000, 'b');
  BehaviourServer server{
      answering("HTTP/1.1 429 Slow Down\r\nretry-after:  7 \r\nX-Folded: one\r\n  two\r\nX-Empty:\r\n"
                "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 5000\r\n\r\n" +
                body)};
  auto const client = transport();
  auto const answer = ask(*client, get(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 429);
  EXPECT_EQ(answer->body, body);
  EXPECT_GE(answer->body.capacity(), body.size() + 64);
  ASSERT_NE(answer->header("Retry-After"), nullptr);
  EXPECT_EQ(*answer->header("Retry-After"), "7");
  ASSERT_NE(answer->header("X-Folded"), nullptr);
  EXPECT_EQ(*answer->header("X-Folded"), "one two");
  ASSERT_NE(answer->header("X-Empty"), nullptr);
  EXPECT_EQ(*answer->header("X-Empty"), "");
  EXPECT_EQ(answer->headers.size(), 6u);
}

TEST(Response, IsAValueWhateverItsStatus) {
  for (int const status : {204, 304, 400, 404, 417, 500, 503}) {
    BehaviourServer server{
        answering("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n\r\n")};
    auto const client = transport();
    auto const answer = ask(*client, sending(server.url()));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->status, status);
    EXPECT_EQ(server.requests().size(), 1u) << status;
  }
}

TEST(Response, LeavesOutInterimHeadsAndTrailers) {
  BehaviourServer server{answering(
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nX-Real: 1\r\n"
      "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Trailer: 1\r\nRetry-After: 9\r\n\r\n")};
  auto const client = transport();
  auto const answer = ask(*client, get(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "body");
  EXPECT_NE(answer->header("X-Real"), nullptr);
  EXPECT_EQ(answer->header("Link"), nullptr);
  EXPECT_EQ(answer->header("X-Trailer"), nullptr);
  EXPECT_EQ(answer->header("Retry-After"), nullptr);
}

TEST(Response, RedirectIsAValueAndNotFollowed) {
  BehaviourServer elsewhere{answering(ok("secret received"))};
  BehaviourServer server{
      answering("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n")};
  auto const client = transport();
  auto const answer = ask(*client, get(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(elsewhere.connections(), 0u);
}

struct Refusal {
  char const* name;
  std::string url;
  ErrorCode code = ErrorCode::configuration;
  std::string method = "POST";
  std::vector<Header> headers{};
  TransferOptions options{};
};

std::vector<Refusal> refusals() {
  auto const argument = ErrorCode::invalid_argument;
  std::string const fine = "http://127.0.0.1:1/";
  return {
      {"UserInformation", "https://user:hunter2@127.0.0.1/"},
      {"UserOnly", "https://hunter2@127.0.0.1/"},
      {"Ftp", "ftp://127.0.0.1/hunter2"},
      {"File", "file:///etc/passwd?hunter2"},
      {"NoScheme", "127.0.0.1/hunter2"},
      {"UnknownScheme", "gopher2://127.0.0.1/hunter2"},
      {"Empty", ""},
      {"NoHost", "https:///?hunter2"},
      {"LineEnd", "http://127.0.0.1/\r\nX: hunter2"},
      {"Blank", "http://127.0.0.1/a b?hunter2"},
      {"Zero", std::string{"http://127.0.0.1\0.example.com/hunter2", 37}},
      {"PlainToAName", "http://vendor.example/?token=hunter2"},
      {"PlainToAnAddress", "http://192.0.2.1/?token=hunter2"},
      {"PlainToANameThatBeginsLikeLoopback", "http://127.0.0.1.example.com/?hunter2"},
      {"PlainToANameThatIsNoAddress", "http://127.0.0.999/?hunter2"},
      {"PlainToANameBelowLocalhost", "http://a.localhost/?hunter2"},
      {"PlainToLocalhostAsAResolverMayReadIt", "http://localhost./?hunter2"},
      {"PlainToAShortAddress", "http://127.1/?hunter2"},
      {"PlainToAHexadecimalAddress", "http://0x7f.0.0.1/?hunter2"},
      {"PlainToANumber", "http://2130706433/?hunter2"},
      {"PlainToAMappedAddress", "http://[::ffff:127.0.0.1]/?hunter2"},
      {"PlainToANameLikeLocalhost", "http://localhost.example.com/?hunter2"},
      {"PlainToAllAddresses", "http://0.0.0.0/?hunter2"},
      {"PlainToIpv6", "http://[2001:db8::1]/?hunter2"},
      {"PlainWithThreeSlashes", "http:///vendor.example/?hunter2"},
      {"PlainBehindAFragment", "http://vendor.example#@127.0.0.1/?hunter2"},
      {"PlainBehindABackslash", "http://vendor.example\\@127.0.0.1/?hunter2"},
      {"Method", fine, argument, "HEAD"},
      {"MethodInLowerCase", fine, argument, "post"},
      {"MethodWithLineEnd", fine, argument, "GET / HTTP/1.1\r\nX: hunter2"},
      {"HeaderValueWithLineEnd", fine, argument, "GET", {{"X", "a\r\nY: hunter2"}}},
      {"HeaderValueWithLineFeed", fine, argument, "GET", {{"X", "a\nhunter2"}}},
      {"HeaderValueWithZero", fine, argument, "GET", {{"X", std::string{"a\0hunter2", 9}}}},
      {"HeaderNameWithLineEnd", fine, argument, "GET", {{"X\r\nhunter2", "a"}}},
      {"HeaderNameWithColon", fine, argument, "GET", {{"X: hunter2", "a"}}},
      {"HeaderNameEmpty", fine, argument, "GET", {{"", "hunter2"}}},
      {"HeaderContentLength", fine, argument, "POST", {{"content-length", "0"}}},
      {"HeaderTransferEncoding", fine, argument, "POST", {{"Transfer-Encoding", "chunked"}}},
      {"HeaderExpect", fine, argument, "POST", {{"Expect", "100-continue"}}},
      {"UrlTooLong", fine + '?' + std::string(1'000'000, 'x'), argument, "GET"},
      {"HeadersTooLong", fine, argument, "GET", {{"X", std::string(999'999, 'x')}}},
      {"TimeoutZero", fine, argument, "GET", {}, {.timeout = 0ms}},
      {"TimeoutNegative", fine, argument, "GET", {}, {.timeout = -1ms}},
      {"ConnectTimeoutZero", fine, argument, "GET", {}, {.connect_timeout = 0ms}},
  };
}

class RefusedRequest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedRequest, IsAnErrorBeforeAnythingIsSent) {
  auto const& one = GetParam();
  auto const client = transport();
  auto options = one.options;
  options.gate = std::make_shared<SendGate>();
  auto const answer = ask(
      *client, {.method = one.method, .url = one.url, .headers = one.headers, .body = "hunter2"}, options);
  expect_error(answer, one.code, Effect::none);
  EXPECT_FALSE(options.gate->opened());
  EXPECT_FALSE(answer.error().transient);
  EXPECT_EQ(answer.error().attempts, 0);
  EXPECT_EQ(answer.error().message.find("hunter2"), std::string::npos) << answer.error().message;
}

INSTANTIATE_TEST_SUITE_P(All, RefusedRequest, ::testing::ValuesIn(refusals()),
                         [](auto const& one) { return std::string{one.param.name}; });

TEST(Request, GoesPlainToLoopback) {
  BehaviourServer server{answering(ok("here"))};
  auto const client = transport();
  for (std::string const host : {"127.0.0.1", "localhost", "LOCALHOST"}) {
    auto const answer = ask(*client, get(server.url("/", host)));
    EXPECT_TRUE(answer.has_value()) << host << ": " << answer.error().message;
  }
  // nothing listens on these; that they were tried shows that they were not refused
  for (std::string const url :
       {"http://127.255.255.254:1/", "http://[::1]:1/", "http://[0:0:0:0:0:0:0:1]:1/"}) {
    expect_error(ask(*client, get(url)), ErrorCode::network, Effect::none);
  }
}

TEST(Request, OriginOnceAllowedAllowsNoOther) {
  BehaviourServer server{answering(ok("here"))};
  auto const client = transport();
  auto const port = std::to_string(server.port());
  ASSERT_TRUE(ask(*client, get(server.url("/a"))).has_value());
  ASSERT_TRUE(ask(*client, get(server.url("/b"))).has_value());
  for (std::string const url : {"http://127.0.0.1.example.com/", "http:///vendor.example/",
                                "http://vendor.example/", "http://127.0.0.1\\.vendor.example/"}) {
    expect_error(ask(*client, get(url)), ErrorCode::configuration, Effect::none);
  }
  expect_error(ask(*client, get("http://127.0.0.1:" + port + "@vendor.example/")), ErrorCode::configuration,
               Effect::none);
}

}  // namespace
}  // namespace polycampaign::loopback
