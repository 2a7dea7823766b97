#include "transport/asking.hpp"
#include "transport/certificates.hpp"
#include "transport/curl_library.hpp"
#include "transport/environment.hpp"

#include <curl/curl.h>

#include <string>

namespace polycampaign::loopback {
namespace {

constexpr int enough = CURL_VERSION_SSL | CURL_VERSION_ASYNCHDNS;

TEST(Library, OldOrPoorLibcurlIsRefused) {
  EXPECT_FALSE(transport::unsuitable(0x075000, enough).has_value());
  EXPECT_FALSE(transport::unsuitable(0x080f00, enough | CURL_VERSION_HTTP2).has_value());
  for (auto const& [version, features] :
       {std::pair{0x074f01u, enough}, std::pair{0x075000u, enough ^ CURL_VERSION_SSL},
        std::pair{0x080f00u, enough ^ CURL_VERSION_ASYNCHDNS}}) {
    auto const error = transport::unsuitable(version, features);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, ErrorCode::configuration);
    EXPECT_EQ(error->effect, Effect::none);
  }
}

void expect_configuration(CurlTransportOptions options, std::string_view named) {
  auto const made = make_curl_transport(std::move(options));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::configuration);
  EXPECT_NE(made.error().message.find(named), std::string::npos) << made.error().message;
}

TEST(Library, WrongOptionsAreRefusedByName) {
  TemporaryDirectory const directory;
  auto const text = directory.file("text.pem", "no certificate\n");
  expect_configuration({.ca_file = "/no/such/file.pem"}, "/no/such/file.pem");
  expect_configuration({.ca_file = text}, text);
  expect_configuration({.ca_file = directory.path().string()}, "ca_file");
  expect_configuration({.max_response_bytes = 0}, "max_response_bytes");
  expect_configuration({.max_connections_per_host = 0}, "max_connections_per_host");
  expect_configuration({.max_connections_per_host = -1}, "max_connections_per_host");
  expect_configuration({.user_agent = "a\r\nX: y"}, "user_agent");
}

TEST(Library, MalformedPinsAreRefused) {
  std::string const good = "sha256//" + std::string(43, 'A') + "=";
  TemporaryDirectory const directory;
  for (auto const& pin : {std::string{}, good, good + ";" + good, directory.file("key.pem", "a key")}) {
    EXPECT_FALSE(transport::check_pin(pin).has_value()) << pin;
  }
  for (std::string const& pin :
       {std::string{"sha256//"}, "sha256//" + std::string(44, 'A'), "sha256//" + std::string(43, '*') + "=",
        good + ";;" + good, good + ";sha1//AAAA", good + " ", std::string{"/no/such/key"},
        "SHA256//" + std::string(43, 'A') + "="}) {
    auto const error = transport::check_pin(pin);
    ASSERT_TRUE(error.has_value()) << pin;
    EXPECT_EQ(error->code, ErrorCode::configuration);
    expect_configuration({.pinned_public_key = pin}, "pinned_public_key");
  }
}

TEST(Library, AuthoritiesAreThoseOfTheOptionThenTheEnvironmentThenTheSystem) {
  TemporaryDirectory const directory;
  auto const pem = self_signed().identity.certificate;
  auto const first = directory.file("first.pem", pem);
  auto const second = directory.file("second.pem", "# a comment before\n" + pem);
  {
    Variable const environment{"SSL_CERT_FILE", second};
    EXPECT_EQ(transport::trusted_authorities(first).value(), first);
    EXPECT_EQ(transport::trusted_authorities({}).value(), second);
  }
  {
    Variable const environment{"SSL_CERT_FILE", "/no/such/file.pem"};
    auto const none = transport::trusted_authorities({});
    ASSERT_FALSE(none.has_value());
    EXPECT_NE(none.error().message.find("SSL_CERT_FILE"), std::string::npos) << none.error().message;
    EXPECT_EQ(transport::trusted_authorities(first).value(), first);
  }
  {
    Variable const environment{"SSL_CERT_FILE", ""};
    EXPECT_TRUE(transport::trusted_authorities({}).has_value());
  }
}

}  // namespace
}  // namespace polycampaign::loopback
