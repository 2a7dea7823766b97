#include "transport/asking.hpp"
#include "transport/certificates.hpp"

#include <curl/curl.h>

#include <filesystem>
#include <string>

namespace polycampaign::loopback {
namespace {

using namespace std::chrono_literals;

// The effect of a call that costs money: what a failed handshake leaves no doubt about.
void expect_refused(CurlTransportOptions options, std::string url) {
  auto const client = transport(std::move(options));
  auto const answer = ask(*client, sending(std::move(url)));
  expect_error(answer, ErrorCode::tls, Effect::none);
  EXPECT_FALSE(answer.error().transient);
  EXPECT_NE(answer.error().message.find("127.0.0.1"), std::string::npos) << answer.error().message;
}

TEST(Tls, SelfSignedCertificateIsRefused) {
  BehaviourServer server{answering(ok("fine")), self_signed().identity};
  expect_refused({}, server.url());
  EXPECT_TRUE(server.requests().empty());
}

TEST(Tls, CertificateInTheCaFileIsAccepted) {
  auto const certificate = self_signed();
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", certificate.identity.certificate);
  BehaviourServer server{answering(ok("fine")), certificate.identity};
  auto const client = transport({.ca_file = file});
  for (std::string const host : {"127.0.0.1", "localhost"}) {
    auto const answer = ask(*client, sending(server.url("/", host)));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->body, "fine");
  }
}

TEST(Tls, CaFileReplacesTheSystemsAuthorities) {
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", self_signed().identity.certificate);
  BehaviourServer server{answering(ok("fine")), self_signed().identity};
  expect_refused({.ca_file = file}, server.url());
}

TEST(Tls, CertificateOfAnotherHostIsRefused) {
  auto const certificate = self_signed({.names = "DNS:pbx.example.com,IP:127.0.0.2"});
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", certificate.identity.certificate);
  BehaviourServer server{answering(ok("fine")), certificate.identity};
  expect_refused({.ca_file = file}, server.url());
}

TEST(Tls, CertificateOutOfItsTimeIsRefused) {
  for (auto const& spec :
       {CertificateSpec{.begins = std::chrono::hours{-48}, .ends = std::chrono::hours{-24}},
        CertificateSpec{.begins = std::chrono::hours{24}, .ends = std::chrono::hours{48}}}) {
    auto const certificate = self_signed(spec);
    TemporaryDirectory const directory;
    auto const file = directory.file("ca.pem", certificate.identity.certificate);
    BehaviourServer server{answering(ok("fine")), certificate.identity};
    expect_refused({.ca_file = file}, server.url());
  }
}

TEST(Tls, PinnedKeyMustBeTheServers) {
  auto const certificate = self_signed();
  auto const other = self_signed();
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", certificate.identity.certificate);
  BehaviourServer server{answering(ok("fine")), certificate.identity};
  for (auto const& pin : {certificate.pin, other.pin + ";" + certificate.pin}) {
    auto const answer = ask(*transport({.ca_file = file, .pinned_public_key = pin}), get(server.url()));
    EXPECT_TRUE(answer.has_value()) << answer.error().message;
  }
  expect_refused({.ca_file = file, .pinned_public_key = other.pin}, server.url());
}

TEST(Tls, PinnedKeyDoesNotReplaceTheCertificatesProof) {
  auto const certificate = self_signed();
  BehaviourServer server{answering(ok("fine")), certificate.identity};
  expect_refused({.pinned_public_key = certificate.pin}, server.url());
}

TEST(Tls, ServerThatDoesNotSpeakItIsRefused) {
  BehaviourServer server{[](Peer& peer) {
    peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    peer.until_closed();
  }};
  expect_refused({}, "https://127.0.0.1:" + std::to_string(server.port()) + "/");
}

TEST(Tls, FaultsBehindTheHandshakeAreTheSame) {
  auto const certificate = self_signed();
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", certificate.identity.certificate);
  BehaviourServer server{[](Peer& peer) { static_cast<void>(peer.read()); }, certificate.identity};
  auto const client = transport({.ca_file = file});
  expect_error(ask(*client, get(server.url())), ErrorCode::network, Effect::none);
  expect_error(ask(*client, sending(server.url())), ErrorCode::network, Effect::unknown);
}

// Parsing the system's authorities costs 16 ms of CPU: once, not for every handshake.
TEST(Tls, AuthoritiesAreReadOnce) {
  if (curl_version_info(CURLVERSION_NOW)->version_num < 0x075700) GTEST_SKIP() << "libcurl 7.87 is needed";
  auto const certificate = self_signed();
  TemporaryDirectory const directory;
  auto const file = directory.file("ca.pem", certificate.identity.certificate);
  BehaviourServer server{[](Peer& peer) {
                           if (peer.read()) peer.write(ok("fine", "Connection: close\r\n"));
                         },
                         certificate.identity};
  auto const client = transport({.ca_file = file});
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  ASSERT_TRUE(std::filesystem::remove(file));
  auto const answer = ask(*client, get(server.url()));
  EXPECT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(server.connections(), 2u);
}

}  // namespace
}  // namespace polycampaign::loopback
