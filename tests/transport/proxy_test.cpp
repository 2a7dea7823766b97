#include "transport/asking.hpp"
#include "transport/certificates.hpp"
#include "transport/environment.hpp"

#include <string>

namespace polycampaign::loopback {
namespace {

// Proxies, as libcurl takes them from the environment.

BehaviourServer::Script tunnel_refused() {
  return answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
}

TEST(Proxy, OfTheEnvironmentIsUsed) {
  BehaviourServer proxy{answering(ok("by proxy"))};
  Variable const environment{"http_proxy", proxy.url("")};
  auto const client = transport({.allow_plain_http = true});
  auto const answer = ask(*client, get("http://vendor.example/a"));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "by proxy");
  EXPECT_EQ(proxy.requests().at(0).line, "GET http://vendor.example/a HTTP/1.1");
}

TEST(Proxy, AnswerOfItsOwnIsNotTheVendors) {
  BehaviourServer proxy{tunnel_refused()};
  Variable const environment{"https_proxy", proxy.url("")};
  auto const client = transport();
  auto const answer = ask(*client, sending("https://vendor.example/?token=hunter2"));
  expect_error(answer, ErrorCode::network, Effect::none);
  EXPECT_EQ(answer.error().message.find("hunter2"), std::string::npos) << answer.error().message;
  EXPECT_EQ(proxy.requests().at(0).line, "CONNECT vendor.example:443 HTTP/1.1");
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
