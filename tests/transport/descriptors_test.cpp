#include "transport/asking.hpp"
#include "transport/certificates.hpp"
#include "transport/few_descriptors.hpp"
#include "transport/thread_starts.hpp"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>

namespace {
std::atomic<bool> no_wakeup_works{false};
}  // namespace

// The program exports this (ENABLE_EXPORTS), so that the dynamic linker finds it before that of the library.

extern "C" __attribute__((visibility("default"))) CURLMcode curl_multi_wakeup(CURLM* multi) {
  static auto* const real = reinterpret_cast<CURLMcode (*)(CURLM*)>(::dlsym(RTLD_NEXT, "curl_multi_wakeup"));
  return no_wakeup_works ? CURLM_WAKEUP_FAILURE : real(multi);
}

namespace polycampaign::loopback {
namespace {

using namespace std::chrono_literals;

void expect_no_descriptor(Error const& error, std::string const& what = "no file descriptor is free;") {
  EXPECT_EQ(to_string(error.code), "unavailable");
  EXPECT_TRUE(error.transient);
  EXPECT_EQ(error.effect, Effect::none);
  EXPECT_NE(error.message.find(what + " raise the limit (ulimit -n)"), std::string::npos) << error.message;
}

TEST(Descriptors, TransportThatCouldNotBeWokenIsNotMade) {
  static_cast<void>(transport());  // what libcurl opens once in a process is open
  for (std::size_t left = 0; left < 2; ++left) {
    FewDescriptors const few{left};
    auto const made = make_curl_transport({});
    ASSERT_FALSE(made.has_value()) << left;
    expect_no_descriptor(made.error());
  }
  FewDescriptors const few{2};
  EXPECT_TRUE(make_curl_transport({}).has_value());
}

TEST(Descriptors, CertificatesThatAreThereAreNotCalledUnreadable) {
  TemporaryDirectory const directory;
  auto const authorities = directory.file("ca.pem", self_signed().identity.certificate);
  auto const key = directory.file("key.pem", "a key");
  for (CurlTransportOptions const& options :
       {CurlTransportOptions{.ca_file = authorities}, CurlTransportOptions{.pinned_public_key = key}}) {
    FewDescriptors const few{0};
    auto const made = make_curl_transport(options);
    ASSERT_FALSE(made.has_value());
    expect_no_descriptor(made.error());
  }
}

TEST(Descriptors, CallWithoutOneSaysSoAndHadNoEffect) {
  auto const client = transport();
  for (std::string const url : {"http://127.0.0.1:1/", "http://localhost:1/", "https://127.0.0.1:1/",
                                "https://no.such.name.invalid/"}) {
    FewDescriptors const few{0};
    auto const answer = ask(*client, sending(url + "?token=hunter2"));
    ASSERT_FALSE(answer.has_value());
    expect_no_descriptor(answer.error());
  }
  BehaviourServer server{answering(ok("again"))};
  EXPECT_TRUE(ask(*client, get(server.url())).has_value())
      << "the transport goes on when there are some again";
}

/// A port that the system connects to, and nobody accepts from.
class Unaccepting {
 public:
  Unaccepting() : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 16), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Unaccepting() { ::close(socket_); }
  Unaccepting(Unaccepting const&) = delete;
  Unaccepting& operator=(Unaccepting const&) = delete;
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + '/'; }

 private:
  int socket_;
  int port_ = 0;
};

TEST(Descriptors, CertificatesThatCannotBeLoadedSaySo) {
  Unaccepting const server;
  TemporaryDirectory const directory;
  auto const authorities = directory.file("ca.pem", self_signed().identity.certificate);
  auto const client = transport({.ca_file = authorities});
  {
    FewDescriptors const few{1};
    auto const answer = ask(*client, sending(server.url()));
    ASSERT_FALSE(answer.has_value());
    expect_no_descriptor(answer.error(), "the process runs out of file descriptors:");
  }
  std::filesystem::remove(authorities);
  expect_error(ask(*client, sending(server.url())), ErrorCode::tls, Effect::none);
}

TEST(Descriptors, CancellationIsAnsweredInTime) {
  BlackHole hole;
  auto const client = transport();
  FewDescriptors const few{1};
  CancelSource cancel;
  Answer waiting{*client, sending(hole.url()), {.cancel = cancel.token()}};
  auto const begun = std::chrono::steady_clock::now();
  cancel.cancel();
  auto const answer = waiting.wait();
  expect_error(answer, ErrorCode::canceled, Effect::none);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 50ms);
}

TEST(Descriptors, LoopThatCannotBeWokenLooksByItself) {
  BehaviourServer server{answering(ok("late"))};
  auto client = transport();
  ASSERT_TRUE(ask(*client, get(server.url())).has_value());
  no_wakeup_works = true;
  EXPECT_TRUE(ask(*client, get(server.url())).has_value());
  client.reset();  // hung for ever
  no_wakeup_works = false;
}

TEST(Threads, ThatCannotBeStartedAreAnError) {
  test::no_thread_starts = true;
  auto const made = make_curl_transport({});
  test::no_thread_starts = false;
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(to_string(made.error().code), "unavailable");
  EXPECT_TRUE(made.error().transient);
  EXPECT_NE(made.error().message.find("cannot start a thread"), std::string::npos) << made.error().message;
}

TEST(Threads, ThatCannotResolveANameAreANetworkError) {
  auto const client = transport();
  test::no_thread_starts = true;
  auto const answer = ask(*client, sending("https://no.such.name.invalid/?token=hunter2"));
  test::no_thread_starts = false;
  expect_error(answer, ErrorCode::network, Effect::none);
  EXPECT_TRUE(answer.error().transient);
}

/// What a child of this process has open, as `ls` sees it.
std::string open_in_a_child() {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string program = "ls";
  std::string form = "-l";
  std::string folder = "/proc/self/fd";
  char* arguments[] = {program.data(), form.data(), folder.data(), nullptr};
  pid_t child = 0;
  EXPECT_EQ(::posix_spawnp(&child, "ls", &actions, nullptr, arguments, environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string listing;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    listing.append(buffer, static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  return listing;
}

std::size_t count(std::string const& listing, std::string const& kind) {
  std::size_t found = 0;
  for (auto at = listing.find(kind); at != listing.npos; at = listing.find(kind, at + 1)) ++found;
  return found;
}

TEST(Descriptors, AreNotInheritedByChildren) {
  auto const certificate = self_signed({.names = "IP:127.0.0.1"});
  TemporaryDirectory const directory;
  auto const before = open_in_a_child();
  auto const hang = [](Peer& peer) {
    static_cast<void>(peer.read());
    peer.until_closed();
  };
  BehaviourServer plain{hang};
  BehaviourServer tls{hang, certificate.identity};
  auto const client = transport({.ca_file = directory.file("ca.pem", certificate.identity.certificate)});
  Answer first{*client, get(plain.url())};
  Answer second{*client, get(plain.url("/", "localhost"))};
  Answer third{*client, get(tls.url())};
  ASSERT_TRUE(plain.await_requests(2));
  ASSERT_TRUE(tls.await_requests(1));
  auto const during = open_in_a_child();
  for (std::string const kind : {"socket:", "pipe:", "eventfd"})
    EXPECT_EQ(count(during, kind), count(before, kind)) << kind << '\n' << during;
  EXPECT_EQ(during.find(".pem"), during.npos) << during;
}

}  // namespace
}  // namespace polycampaign::loopback
