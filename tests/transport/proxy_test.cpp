#include "transport/asking.hpp"
#include "transport/certificates.hpp"
#include "transport/environment.hpp"

#include <optional>
#include <string>
#include <utility>

namespace polycampaign::loopback {
namespace {

// Proxies, as libcurl takes them from the environment.

TEST(Proxy, OfTheEnvironmentIsUsed) {
  BehaviourServer proxy{answering(ok("by proxy"))};
  Variable const environment{"http_proxy", proxy.url("")};
  auto const client = transport({.allow_plain_http = true});
  auto const answer = ask(*client, get("http://vendor.example/a"));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "by proxy");
  EXPECT_EQ(proxy.requests().at(0).line, "GET http://vendor.example/a HTTP/1.1");
}

struct TunnelAnswer {
  int status;
  ErrorCode code;
};

TEST(Proxy, AnswerOfItsOwnIsNotTheVendors) {
  auto const configuration = ErrorCode::configuration;
  auto const network = ErrorCode::network;
  for (auto const& [status, code] :
       {TunnelAnswer{407, configuration}, TunnelAnswer{403, configuration}, TunnelAnswer{400, configuration},
        TunnelAnswer{404, configuration}, TunnelAnswer{405, configuration}, TunnelAnswer{501, configuration},
        TunnelAnswer{302, configuration}, TunnelAnswer{429, network}, TunnelAnswer{408, network},
        TunnelAnswer{500, network}, TunnelAnswer{502, network}, TunnelAnswer{503, network},
        TunnelAnswer{504, network}}) {
    BehaviourServer proxy{
        answering("HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: 0\r\n\r\n")};
    auto const name = "127.0.0.1:" + std::to_string(proxy.port());
    Variable const environment{"https_proxy", "http://hunter1:hunter2@" + name};
    auto const client = transport();
    auto const answer = ask(*client, sending("https://vendor.example/?token=hunter2"));
    expect_error(answer, code, Effect::none);
    EXPECT_EQ(answer.error().transient, code == network) << status;
    EXPECT_EQ(answer.error().http_status, 0) << "that would be the vendor's";
    auto const& message = answer.error().message;
    EXPECT_EQ(message.find("hunter"), message.npos) << message;
    for (auto const& part : {"proxy " + name, "HTTP " + std::to_string(status), std::string{"https_proxy"}})
      EXPECT_NE(message.find(part), message.npos) << message;
    EXPECT_EQ(proxy.requests().at(0).line, "CONNECT vendor.example:443 HTTP/1.1");
    EXPECT_EQ(proxy.requests().size(), 1u);
  }
}

TEST(Proxy, ThatWantsCredentialsForPlainHttpIsNotTheVendor) {
  BehaviourServer proxy{answering("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")};
  Variable const environment{"http_proxy", proxy.url("")};
  auto const client = transport({.allow_plain_http = true});
  auto const answer = ask(*client, sending("http://vendor.example/a"));
  expect_error(answer, ErrorCode::configuration, Effect::none);
  EXPECT_NE(answer.error().message.find("HTTP 407"), std::string::npos) << answer.error().message;
  // without a proxy it is a status like any other
  auto const direct = ask(*client, get(proxy.url()));
  ASSERT_TRUE(direct.has_value()) << direct.error().message;
  EXPECT_EQ(direct->status, 407);
}

// Of all that libcurl may be told to use as a proxy, nothing secret is ever seen.
TEST(Proxy, IsNeverQuotedWithItsCredentials) {
  auto const malformed = ErrorCode::configuration;
  auto const network = ErrorCode::network;
  struct Spelling {
    std::string value;
    std::optional<ErrorCode> code;
  };
  BehaviourServer closing{[](Peer&) {}};
  auto const port = std::to_string(closing.port());
  auto const unknown = std::string(64, 'a');  // a label that is too long: asked of no server
  Variable const plain{"http_proxy", ""};
  for (auto const* variable : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    for (auto const& [value, code] : {
             Spelling{"sock5://hunter1:hunter2@127.0.0.1:" + port, malformed},
             Spelling{"htpp://hunter1:hunter2@127.0.0.1:" + port, malformed},
             Spelling{"ftp://hunter1:hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http//hunter1:hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:hunter2@", malformed},
             Spelling{"http://hunter1:hunter2@:3128", malformed},
             Spelling{"http://hunter1:hunter2@127.0.0.1:99999", malformed},
             Spelling{"http://hunter1:hunter2@127.0.0.1:port", malformed},
             Spelling{"http://127.0.0.1:" + port + ":hunter1:hunter2", malformed},
             Spelling{"http://hunter1:hunter2", malformed},
             Spelling{"http://hunter1:1/hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1/hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:1#hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:1?hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:hunter2 @127.0.0.1:" + port, malformed},
             Spelling{" http://hunter1:hunter2@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:hunter2@127.0.0.1:" + port + "\n", malformed},
             Spelling{"http://hunter1:hunter2%00@127.0.0.1:" + port, malformed},
             Spelling{"http://hunter1:hunter2@[::1", malformed},
             Spelling{"http://hunter1:hunter2@[hunter3]:" + port, malformed},
             Spelling{"http://hunter1:hun@ter2@127.0.0.1:" + port, {}},  // read differently by versions
             Spelling{"http://hunter1:hunter2%40@127.0.0.1:" + port, network},
             Spelling{"http://hunter1:hunter2:hunter3@127.0.0.1:" + port, network},
             Spelling{"hunter1:hunter2@127.0.0.1:" + port, network},
             Spelling{"http://hunter1:hunter2@[::1]:1", network},
             Spelling{"http://hunter1:hunter2@127.0.0.1:1", network},
             Spelling{"http://hunter1:hunter2@" + unknown + ":3128", network},
             Spelling{"https://hunter1:hunter2@127.0.0.1:1", network},
             Spelling{"socks4://hunter1:hunter2@127.0.0.1:" + port, network},
             Spelling{"socks5h://hunter1:hunter2@127.0.0.1:" + port, network},
         }) {
      Variable const environment{variable, value};
      auto const client = transport();
      auto const answer = ask(*client, sending("https://192.0.2.1/?token=hunter2"));
      SCOPED_TRACE(variable + (": " + value));
      expect_error(answer, code.value_or(answer.error().code), Effect::none);
      auto const& message = answer.error().message;
      for (auto const* secret : {"hunter", "ter2"}) EXPECT_EQ(message.find(secret), message.npos) << message;
      if (code) {
        EXPECT_EQ(answer.error().transient, code == network);
      }
      if (code == malformed) {
        EXPECT_NE(message.find(std::string{"environment variable "} + variable), message.npos) << message;
      }
    }
  }
}

TEST(Proxy, ThatCannotBeReachedIsNamed) {
  auto const unknown = std::string(64, 'a');
  for (auto const& [value, name] :
       {std::pair{"http://hunter1:hunter2@127.0.0.1:1", "127.0.0.1:1"},
        std::pair{"socks5h://127.0.0.1:1", "127.0.0.1:1"}, std::pair{"http://[::1]:1", "[::1]:1"},
        std::pair{"127.0.0.1:1/", "127.0.0.1:1"}}) {
    Variable const environment{"https_proxy", value};
    auto const answer = ask(*transport(), sending("https://vendor.example/"));
    expect_error(answer, ErrorCode::network, Effect::none);
    auto const& message = answer.error().message;
    EXPECT_NE(message.find(std::string{"proxy "} + name + " (https_proxy)"), message.npos) << message;
    EXPECT_NE(message.find("vendor.example"), message.npos) << message;
  }
  Variable const environment{"https_proxy", "http://" + unknown + ":3128"};
  auto const answer = ask(*transport(), sending("https://vendor.example/"));
  EXPECT_NE(answer.error().message.find("the address of the proxy " + unknown + ":3128"), std::string::npos)
      << answer.error().message;
}

TEST(Proxy, OfSocksThatRefusesThePasswordIsNotAskedAgain) {
  BehaviourServer proxy{[](Peer& peer) { peer.write("\x05\xFF"); }};
  Variable const environment{"https_proxy",
                             "socks5h://hunter1:hunter2@127.0.0.1:" + std::to_string(proxy.port())};
  auto const answer = ask(*transport(), sending("https://vendor.example/"));
  expect_error(answer, ErrorCode::configuration, Effect::none);
  EXPECT_FALSE(answer.error().transient);
}

TEST(Proxy, ThatIsMalformedDoesNotMatterWhereNoneIsUsed) {
  BehaviourServer server{answering(ok("direct"))};
  Variable const environment{"all_proxy", "sock5://hunter1:hunter2@127.0.0.1:1"};
  EXPECT_EQ(ask(*transport(), get(server.url())).value().body, "direct");
  Variable const exception{"no_proxy", "127.0.0.2"};
  auto const closed = ask(*transport(), sending("https://127.0.0.2:1/"));
  EXPECT_EQ(closed.error().message.find("environment"), std::string::npos) << closed.error().message;
}

TEST(Proxy, TunnelsTlsToTheVendor) {
  auto const certificate = self_signed({.names = "DNS:vendor.example"});
  TemporaryDirectory const directory;
  BehaviourServer proxy{[&](Peer& peer) {
    if (!peer.read()) return;
    peer.write("HTTP/1.1 200 Tunnel\r\nX-Proxy: 1\r\n\r\n");
    if (peer.start_tls(certificate.identity) && peer.read())
      peer.write(ok("of the vendor", "X-Vendor: 1\r\n"));
  }};
  Variable const environment{"https_proxy", proxy.url("")};
  auto const client = transport({.ca_file = directory.file("ca.pem", certificate.identity.certificate)});
  auto const answer = ask(*client, sending("https://vendor.example/send"));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "of the vendor");
  EXPECT_NE(answer->header("X-Vendor"), nullptr);
  EXPECT_EQ(answer->header("X-Proxy"), nullptr);
  EXPECT_EQ(proxy.requests().at(1).line, "POST /send HTTP/1.1");
}

// Its loopback would be another machine, and http, fine on this one, is not on the way there.
TEST(Proxy, IsNeverAskedForLoopback) {
  BehaviourServer proxy{answering(ok("by proxy"))};
  BehaviourServer server{answering(ok("direct"))};
  Variable const environment{"http_proxy", proxy.url("")};
  auto const client = transport({.allow_plain_http = true});
  for (int i = 0; i < 2; ++i) {
    // by turns, over the same handle
    ASSERT_EQ(ask(*client, get("http://vendor.example/")).value().body, "by proxy");
    ASSERT_EQ(ask(*client, get(server.url())).value().body, "direct");
    ASSERT_EQ(ask(*client, get(server.url("/", "localhost"))).value().body, "direct");
  }
  EXPECT_EQ(proxy.requests().size(), 2u);
}

}  // namespace
}  // namespace polycampaign::loopback
