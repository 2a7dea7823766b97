#include "transport/asking.hpp"
#include "transport/certificates.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::loopback {
namespace {

std::string nginx_program() {
  for (std::string const path : {"/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx",
                                 "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"}) {
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

/// A socket that listens already: nginx inherits it, so a client may connect before nginx is up, and no other
/// program can take the port.
std::pair<int, int> inheritable_listener() {
  int const listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener, 128), 0);
  EXPECT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  return {listener, ntohs(address.sin_port)};
}

/// nginx on the loopback, its worker without privileges, with http/1.1 on one port and TLS with HTTP/2 on
/// another. It answers with its number of the connection, the protocol and what was accepted; `/read` reads
/// the body of the request first, as a gateway in front of an application does.
class Nginx {
 public:
  Nginx(std::string const& program, ServerIdentity const& identity) {
    auto const [plain, plain_port] = inheritable_listener();
    auto const [tls, tls_port] = inheritable_listener();
    plain_port_ = plain_port;
    tls_port_ = tls_port;
    auto const certificate = directory_.file("certificate.pem", identity.certificate);
    auto const key = directory_.file("key.pem", identity.key);
    auto const root = directory_.path().string();
    auto const temporary = [&](std::string const& name) {
      return name + "_temp_path " + root + "/" + name + ";\n";
    };
    auto const configuration =
        "daemon off;\nworker_processes 1;\npid " + root + "/pid;\nerror_log " + root + "/error.log;\n" +
        "events {}\nhttp {\naccess_log off;\ndefault_type application/json;\ngzip on;\ngzip_min_length 1;\n" +
        "gzip_types application/json;\n" + temporary("client_body") + temporary("proxy") +
        temporary("fastcgi") + temporary("uwsgi") + temporary("scgi") +
        "server {\nlisten 127.0.0.1:" + std::to_string(plain_port) +
        ";\nlisten 127.0.0.1:" + std::to_string(tls_port) + " ssl http2;\nssl_certificate " + certificate +
        ";\nssl_certificate_key " + key +
        ";\nlocation /read {\nproxy_pass http://127.0.0.1:" + std::to_string(plain_port) +
        "/;\n}\nlocation / {\nreturn 200 \"$connection $server_protocol $http_accept_encoding" +
        std::string(2000, '.') + "\";\n}\n}\n}\n";
    auto const file = directory_.file("nginx.conf", configuration);
    std::vector<std::string> arguments{program, "-p", root, "-e", root + "/error.log", "-c", file};
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    auto inherited = "NGINX=" + std::to_string(plain) + ";" + std::to_string(tls) + ";";
    std::array<char*, 2> environment{inherited.data(), nullptr};
    EXPECT_EQ(
        ::posix_spawn(&process_, program.c_str(), nullptr, nullptr, pointers.data(), environment.data()), 0);
    ::close(plain);
    ::close(tls);
  }
  ~Nginx() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  Nginx(Nginx const&) = delete;
  Nginx& operator=(Nginx const&) = delete;

  [[nodiscard]] std::string plain_url() const {
    return "http://127.0.0.1:" + std::to_string(plain_port_) + "/";
  }
  [[nodiscard]] std::string tls_url() const { return "https://127.0.0.1:" + std::to_string(tls_port_) + "/"; }

 private:
  TemporaryDirectory directory_;
  int plain_port_ = 0;
  int tls_port_ = 0;
  pid_t process_ = -1;
};

class RealServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (nginx_program().empty()) GTEST_SKIP() << "nginx is not installed: its tests are NOT run";
  }
};

std::string first_word(std::string const& text) {
  return text.substr(0, text.find(' '));
}

TEST_F(RealServer, KeepsConnectionsAndCompresses) {
  Nginx const nginx{nginx_program(), self_signed().identity};
  auto const client = transport();
  std::set<std::string> connections;
  for (int i = 0; i < 5; ++i) {
    auto const answer = ask(*client, get(nginx.plain_url()));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
    ASSERT_NE(answer->header("Content-Encoding"), nullptr);
    EXPECT_EQ(*answer->header("Content-Encoding"), "gzip");
    EXPECT_NE(answer->body.find(" HTTP/1.1 gzip..."), std::string::npos) << answer->body;
    connections.insert(first_word(answer->body));
  }
  EXPECT_EQ(connections.size(), 1u);
}

TEST_F(RealServer, SpeaksHttp2OverTls) {
  if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0) {
    GTEST_SKIP() << "this libcurl has no HTTP/2";
  }
  auto const certificate = self_signed();
  TemporaryDirectory const directory;
  Nginx const nginx{nginx_program(), certificate.identity};
  auto const client = transport({.ca_file = directory.file("ca.pem", certificate.identity.certificate)});
  auto const first = ask(*client, get(nginx.tls_url()));
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_NE(first->body.find(" HTTP/2.0 gzip..."), std::string::npos) << first->body;
  ASSERT_NE(first->header("Content-Type"), nullptr);
  // all at once, over the one connection
  std::vector<Answer> reads;
  std::vector<Answer> writes;
  for (int i = 0; i < 10; ++i) {
    reads.emplace_back(*client, get(nginx.tls_url()));
    writes.emplace_back(*client, sending(nginx.tls_url() + "read"));
  }
  for (auto& answer : reads) {
    auto const result = answer.wait();
    ASSERT_TRUE(result.has_value()) << result.error().message;
    EXPECT_EQ(first_word(result->body), first_word(first->body));
  }
  for (auto& answer : writes) {
    auto const result = answer.wait();
    ASSERT_TRUE(result.has_value()) << result.error().message;
    EXPECT_EQ(result->status, 200);
  }
}

}  // namespace
}  // namespace polycampaign::loopback
