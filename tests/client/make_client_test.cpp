#include "polycampaign/campaign_client.hpp"

#include "engine/acme.hpp"
#include "transport/few_descriptors.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using protocol::Endpoint;

/// A vendor that is asked for nothing but its address.
class Somewhere final : public AdapterBase<Somewhere> {
 public:
  explicit Somewhere(Endpoint endpoint) : endpoint_{std::move(endpoint)} {}
  Capabilities const& capabilities() const noexcept override { return acme_.capabilities(); }
  Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}
  Result<protocol::Listing<Campaign>> pages(ListCampaigns const&, protocol::ListQuery const& query) const {
    return protocol::Listing<Campaign>{
        .page = [this, query](protocol::PageKey const& key) { return acme_.page(query, key); }};
  }

 private:
  Acme acme_;
  Endpoint endpoint_;
};

std::shared_ptr<Adapter const> at(Endpoint endpoint) {
  return std::make_shared<Somewhere>(std::move(endpoint));
}

std::shared_ptr<Adapter const> somewhere() {
  return at({.base_url = "https://acme.example"});
}

std::shared_ptr<Transport> silent() {
  return std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
}

struct Row {
  char const* named;
  void (*spoil)(ClientOptions&);
};

TEST(MakeClient, NamesTheOptionThatIsWrong) {
  Row const rows[] = {
      {"ClientOptions::timeout", [](ClientOptions& o) { o.timeout = 0ms; }},
      {"ClientOptions::timeout", [](ClientOptions& o) { o.timeout = -1ms; }},
      {"ClientOptions::connect_timeout", [](ClientOptions& o) { o.connect_timeout = 0ms; }},
      {"RetryPolicy::max_attempts", [](ClientOptions& o) { o.retry.max_attempts = 0; }},
      {"RetryPolicy::first_delay", [](ClientOptions& o) { o.retry.first_delay = -1ms; }},
      {"RetryPolicy::max_delay", [](ClientOptions& o) { o.retry.max_delay = -1ms; }},
      {"RetryPolicy::factor", [](ClientOptions& o) { o.retry.factor = 0.5; }},
      {"RetryPolicy::factor",
       [](ClientOptions& o) { o.retry.factor = std::numeric_limits<double>::quiet_NaN(); }},
      {"RetryPolicy::max_retry_after", [](ClientOptions& o) { o.retry.max_retry_after = -1ms; }},
      {"RetryPolicy::rate_limit_patience", [](ClientOptions& o) { o.retry.rate_limit_patience = -1ms; }},
      {"Pacing::in_flight", [](ClientOptions& o) { o.pacing.in_flight = 0; }},
      {"Pacing::in_flight", [](ClientOptions& o) { o.pacing.in_flight = 1001; }},
      {"RequestRate::requests",
       [](ClientOptions& o) {
         o.pacing.rate = {0, 1s};
       }},
      {"RequestRate::requests",
       [](ClientOptions& o) {
         o.pacing.rate = {10'001, 1s};
       }},
      {"RequestRate::period",
       [](ClientOptions& o) {
         o.pacing.rate = {1, 0ms};
       }},
      {"RequestRate::period",
       [](ClientOptions& o) {
         o.pacing.rate = {1, 24h + 1ms};
       }},
      {"ClientOptions::user_agent_suffix", [](ClientOptions& o) { o.user_agent_suffix = "a\r\nX: y"; }},
      {"ClientOptions::max_response_bytes",
       [](ClientOptions& o) {
         o.transport.reset();
         o.max_response_bytes = 0;
       }},
  };
  for (auto const& row : rows) {
    ClientOptions options{.transport = silent()};
    row.spoil(options);
    auto const client = make_client(somewhere(), options);
    ASSERT_FALSE(client) << row.named;
    EXPECT_EQ(client.error().code, ErrorCode::configuration);
    EXPECT_EQ(client.error().provider, "acme");
    EXPECT_TRUE(client.error().message.starts_with(row.named)) << client.error().message;
  }
}

TEST(MakeClient, TakesExtremeButSensibleOptions) {
  auto const client = make_client(
      somewhere(), {.timeout = std::chrono::milliseconds::max(),
                    .retry = {.max_attempts = 1, .first_delay = 0ms, .max_delay = 0ms, .factor = 1},
                    .pacing = {.rate = RequestRate{10'000, 24h}, .in_flight = 1000},
                    .transport = silent()});
  ASSERT_TRUE(client) << to_string(client.error());
  EXPECT_EQ((*client)->get("1").error().code, ErrorCode::unsupported);
}

/// Answers the first page of a list, and nothing else.
class FirstPageOnly final : public Transport {
 public:
  void start(HttpRequest request, TransferOptions, Completion completion) override {
    if (request.url.ends_with("offset=0")) return completion(ok("total=1000\nc0"));
    held.push_back(std::move(completion));
  }
  std::vector<Completion> held{};
};

TEST(MakeClient, PacesAsToldElseAsDocumentedElseSixteenAtATime) {
  struct Limits {
    Pacing documented;
    Pacing wanted;
    std::size_t held;
  };
  // The first page counts for a rate, but is not in flight any more.
  for (auto const& [documented, wanted, held] :
       {Limits{{}, {}, 16}, Limits{{.in_flight = 2}, {}, 2}, Limits{{}, {.in_flight = 3}, 3},
        Limits{{.in_flight = 2}, {.in_flight = 5}, 5}, Limits{{.rate = RequestRate{4, 1h}}, {}, 3},
        Limits{{.rate = RequestRate{4, 1h}}, {.rate = RequestRate{5, 1h}}, 4}}) {
    auto const transport = std::make_shared<FirstPageOnly>();
    std::shared_ptr<Adapter const> const adapter =
        std::make_shared<Acme>(AcmeOptions{.log_in = false, .pacing = documented});
    CancelSource patience;
    auto const client =
        make_client(adapter, {.pacing = wanted, .transport = transport, .log = [&](LogEvent const& event) {
                                if (event.kind == LogEvent::Kind::turn && event.operation == "get")
                                  patience.cancel();
                              }});
    ASSERT_TRUE(client);
    auto pager = (*client)->list({}, {.prefetch = 16});
    ASSERT_TRUE(pager.next_page());
    EXPECT_EQ(transport->held.size(), held);
    auto const waits = (*client)->get("1", {.call = {.cancel = patience.token()}});
    ASSERT_FALSE(waits);
    EXPECT_EQ(waits.error().code, ErrorCode::canceled) << to_string(waits.error());
    EXPECT_EQ(transport->held.size(), held);
  }
}

TEST(MakeClient, PlainHttpIsForLoopbackOrOnRequest) {
  struct Address {
    Endpoint endpoint;
    bool allowed;
    bool good;
  };
  for (auto const& [endpoint, allowed, good] :
       {Address{{.base_url = "http://a.example", .https = false}, false, false},
        Address{{.base_url = "http://a.example", .https = false}, true, true},
        Address{{.base_url = "http://127.0.0.1", .https = false, .loopback = true}, false, true},
        Address{{.base_url = "https://a.example"}, false, true}}) {
    auto const client = make_client(at(endpoint), {.transport = silent(), .allow_plain_http = allowed});
    EXPECT_EQ(client.has_value(), good) << endpoint.base_url;
    if (client) continue;
    EXPECT_EQ(client.error().code, ErrorCode::configuration);
    for (auto const* word : {"base_url", "https", "allow_plain_http"})
      EXPECT_NE(client.error().message.find(word), std::string::npos) << client.error().message;
  }
}

// What `make_client` lets pass, the transport sends, and the other way round.
TEST(MakeClient, AsksLoopbackByTheTransportsRule) {
  struct Host {
    char const* host;
    bool loopback;
  };
  auto const transport = make_curl_transport({}).value();
  for (auto const& [host, loopback] :
       {Host{"127.0.0.1", true},        Host{"127.255.255.254", true}, Host{"localhost", true},
        Host{"LOCALHOST", true},        Host{"[::1]", true},           Host{"[0:0:0:0:0:0:0:1]", true},
        Host{"localhost.", false},      Host{"a.localhost", false},    Host{"localhost.example", false},
        Host{"127.1", false},           Host{"0x7f.1", false},         Host{"0x7f.0.0.1", false},
        Host{"0177.0.0.1", false},      Host{"2130706433", false},     Host{"127.0.0.1.", false},
        Host{"0.0.0.0", false},         Host{"[::]", false},           Host{"[::ffff:127.0.0.1]", false},
        Host{"[::ffff:7f00:1]", false}, Host{"192.0.2.1", false}}) {
    auto const url = "http://" + std::string{host} + ":1";
    auto const endpoint = protocol::parse_endpoint(url);
    ASSERT_TRUE(endpoint) << host;
    EXPECT_EQ(make_client(at(*endpoint), {.transport = transport}).has_value(), loopback) << host;
    auto const sent = transport->send({.url = url + "/", .action = Action::read});
    ASSERT_FALSE(sent) << host;
    EXPECT_EQ(sent.error().code != ErrorCode::configuration, loopback) << sent.error().message;
  }
}

TEST(MakeClient, SaysThatNoDescriptorIsFree) {
  loopback::FewDescriptors const few{1};
  auto const client = make_client(somewhere(), {});
  ASSERT_FALSE(client);
  EXPECT_EQ(to_string(client.error().code), "unavailable");
  EXPECT_TRUE(client.error().transient);
  EXPECT_EQ(client.error().provider, "acme");
  EXPECT_NE(client.error().message.find("raise the limit (ulimit -n)"), std::string::npos)
      << client.error().message;
}

TEST(MakeClient, PassesTheVendorsErrorOn) {
  auto const client = make_client(
      Error{.code = ErrorCode::configuration, .provider = "acme", .message = "api_key is missing"});
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().message, "api_key is missing");
  EXPECT_EQ(make_client(std::shared_ptr<Adapter const>{}).error().code, ErrorCode::configuration);
}

TEST(MakeClient, MakesATransportOfItsOwn) {
  EXPECT_TRUE(make_client(somewhere()));
  auto const client = make_client(somewhere(), {.ca_file = "/nowhere/ca.pem"});
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().code, ErrorCode::configuration);
  EXPECT_NE(client.error().message.find("ca_file"), std::string::npos) << client.error().message;
}

TEST(MakeClient, ErrorsOfTheVendorsAdapterNameTheProvider) {
  auto const client = make_client(somewhere(), {.transport = silent()});
  ASSERT_TRUE(client);
  EXPECT_EQ((*client)->get("x").error().provider, "acme");
  EXPECT_EQ((*client)->get("x").error().attempts, 0);
}

}  // namespace
}  // namespace polycampaign::test
