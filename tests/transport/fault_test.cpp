#include "transport/asking.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace polycampaign::loopback {
namespace {

using namespace std::chrono_literals;

/// What a server does to every connection, and how the call then ends.
struct Fault {
  char const* name;
  BehaviourServer::Script script;
  ErrorCode code;
  std::chrono::milliseconds timeout{20'000};
};

BehaviourServer::Script after_request(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    if (peer.read()) peer.write(bytes);
  };
}

std::vector<Fault> faults() {
  auto const network = ErrorCode::network;
  auto const protocol = ErrorCode::protocol;
  std::string const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  return {
      {"ReadThenClose", after_request(""), network},
      {"ReadThenReset",
       [](Peer& peer) {
         peer.reset_at_end();
         static_cast<void>(peer.read());
       },
       network},
      {"CutInTheStatusLine", after_request("HTTP/1.1 2"), network},
      {"CutBehindTheStatusLine", after_request("HTTP/1.1 200 OK\r\n"), network},
      {"CutInAHeader", after_request(head + "Content-Le"), network},
      {"CutBehindAHeader", after_request(head + "Content-Length: 5\r\n"), network},
      {"CutBehindAnInterimHead", after_request("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), network},
      {"CutBehindTheHead", after_request(head + "Content-Length: 5\r\n\r\n"), network},
      {"HalfABody", after_request(head + "Content-Length: 100\r\n\r\n" + std::string(50, 'x')), network},
      {"HalfAChunk", after_request(head + "Transfer-Encoding: chunked\r\n\r\n64\r\nabc"), network},
      {"NoLastChunk", after_request(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), network},
      {"ResetInTheBody",
       [head](Peer& peer) {
         peer.reset_at_end();
         if (peer.read()) peer.write(head + "Content-Length: 100\r\n\r\nabc");
       },
       network},
      {"NotHttp", after_request("SSH-2.0-OpenSSH_9.2p1\r\n"), protocol},
      {"NotHttpButLong", after_request("<html>" + std::string(100'000, ' ')), protocol},
      {"BrokenGzip", after_request(ok("not gzip at all, in no way", "Content-Encoding: gzip\r\n")), protocol},
      {"EndlessHead",
       [](Peer& peer) {
         if (!peer.read()) return;
         peer.write("HTTP/1.1 200 OK\r\n");
         while (peer.write("X-Filler: " + std::string(8000, 'x') + "\r\n")) {
         }
       },
       protocol},
      {"DeclaredTooLarge", after_request(head + "Content-Length: 1000001\r\n\r\n{"), protocol},
      {"DeclaredBeyondAnyNumber", after_request(head + "Content-Length: 9223372036854775807\r\n\r\n{"),
       protocol},
      {"UndeclaredTooLarge",
       [head](Peer& peer) {
         if (!peer.read()) return;
         peer.write(head + "\r\n");
         while (peer.write(std::string(100'000, 'x'))) {
         }
       },
       protocol},
      {"ReadThenHang",
       [](Peer& peer) {
         static_cast<void>(peer.read());
         peer.until_closed();
       },
       ErrorCode::deadline_exceeded, 100ms},
      {"SlowDrip",
       [head](Peer& peer) {
         if (!peer.read()) return;
         peer.write(head + "Content-Length: 1000000\r\n\r\n");
         while (!peer.closed_within(5ms)) peer.write("x");
       },
       ErrorCode::deadline_exceeded, 100ms},
      {"SlowDripOfHeaders",
       [](Peer& peer) {
         if (!peer.read()) return;
         peer.write("HTTP/1.1 200 OK\r\n");
         while (!peer.closed_within(5ms)) peer.write("X: y\r\n");
       },
       ErrorCode::deadline_exceeded, 100ms},
  };
}

class WireFault : public ::testing::TestWithParam<Fault> {};

TEST_P(WireFault, EndsInAnErrorThatSaysWhetherToLook) {
  auto const& fault = GetParam();
  BehaviourServer server{fault.script};
  auto const client = transport({.max_response_bytes = 1'000'000});
  TransferOptions const options{.timeout = fault.timeout};

  auto reading = get(server.url("/?token=hunter2"));
  reading.headers = {{"X-API-KEY", "hunter2"}};
  auto const read = ask(*client, reading, options);
  expect_error(read, fault.code, Effect::none);
  bool const passing = fault.code != ErrorCode::protocol;
  EXPECT_EQ(read.error().transient, passing);
  EXPECT_EQ(read.error().attempts, 1);
  EXPECT_EQ(read.error().http_status, 0);

  auto const sent = ask(*client, sending(server.url("/?token=hunter2")), options);
  expect_error(sent, fault.code, Effect::unknown);
  EXPECT_EQ(sent.error().transient, passing);
  for (auto const& message : {read.error().message, sent.error().message}) {
    EXPECT_EQ(message.find("hunter2"), message.npos) << message;
    EXPECT_NE(message.find("127.0.0.1:" + std::to_string(server.port())), message.npos) << message;
  }
  EXPECT_EQ(server.requests().size(), 2u) << "sent once each";
}

INSTANTIATE_TEST_SUITE_P(All, WireFault, ::testing::ValuesIn(faults()),
                         [](auto const& one) { return std::string{one.param.name}; });

TEST(Fault, ConnectionClosedUnreadMayHaveBeenRead) {
  BehaviourServer server{[](Peer&) {}};
  auto const client = transport();
  expect_error(ask(*client, get(server.url())), ErrorCode::network, Effect::none);
  expect_error(ask(*client, sending(server.url())), ErrorCode::network, Effect::unknown);
}

TEST(Fault, RefusedConnectionHasNoEffect) {
  // bound, so that nobody else gets the port, but not listening
  int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
  auto const client = transport();
  auto const answer = ask(
      *client, sending("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/?token=hunter2"));
  expect_error(answer, ErrorCode::network, Effect::none);
  EXPECT_TRUE(answer.error().transient);
  EXPECT_EQ(answer.error().message.find("hunter2"), std::string::npos) << answer.error().message;
  ::close(socket);
}

TEST(Fault, NameThatCannotExistHasNoEffect) {
  auto const client = transport();
  // a label of 64 letters: refused on this machine, without asking any server
  auto const answer = ask(*client, sending("https://" + std::string(64, 'a') + "/"));
  expect_error(answer, ErrorCode::network, Effect::none);
}

TEST(Fault, NoConnectionInTimeHasNoEffect) {
  BlackHole hole;
  auto const client = transport();
  for (TransferOptions const& options :
       {TransferOptions{.timeout = 20s, .connect_timeout = 50ms}, TransferOptions{.timeout = 50ms}}) {
    auto const answer = ask(*client, sending(hole.url()), options);
    expect_error(answer, ErrorCode::deadline_exceeded, Effect::none);
    EXPECT_TRUE(answer.error().transient);
    EXPECT_NE(answer.error().message.find("50 ms"), std::string::npos) << answer.error().message;
  }
}

TEST(Fault, LongestTimeoutsAreNoOverflow) {
  BehaviourServer server{answering(ok("fine"))};
  auto const client = transport();
  auto const longest = std::chrono::milliseconds::max();
  auto const answer = ask(*client, get(server.url()), {.timeout = longest, .connect_timeout = longest});
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
}

TEST(Fault, BytesBehindTheDeclaredLengthAreNoPartOfTheBodyNorOfTheNextAnswer) {
  BehaviourServer server{[](Peer& peer) {
    if (peer.read()) peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody" + ok("forged"));
    peer.until_closed();
  }};
  auto const client = transport();
  for (int i = 0; i < 2; ++i) {
    auto const answer = ask(*client, get(server.url()));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->body, "body");
  }
}

TEST(Fault, HtmlPageIsAValue) {
  BehaviourServer server{
      answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>")};
  auto const client = transport();
  auto const answer = ask(*client, sending(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "<html></html>");
  EXPECT_EQ(*answer->header("content-type"), "text/html");
}

TEST(Fault, BodyOfTheLargestSizeIsAValue) {
  std::string const body(100'000, 'x');
  BehaviourServer declared{answering(ok(body))};
  BehaviourServer undeclared{[&](Peer& peer) {
    if (peer.read()) peer.write("HTTP/1.0 200 OK\r\n\r\n" + body);
  }};
  auto const client = transport({.max_response_bytes = 100'000});
  auto const smaller = transport({.max_response_bytes = 99'999});
  for (auto const& url : {declared.url(), undeclared.url()}) {
    auto const answer = ask(*client, get(url));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->body, body);
    EXPECT_GE(answer->body.capacity(), body.size() + 64);
    auto const refused = ask(*smaller, get(url));
    expect_error(refused, ErrorCode::protocol, Effect::none);
    EXPECT_NE(refused.error().message.find("99999"), std::string::npos) << refused.error().message;
  }
}

// `printf '%065536d' 0 | gzip -9n`
constexpr unsigned char zeros[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x81, 0x00, 0x00, 0x00, 0x00,
    0x80, 0x20, 0xa5, 0xfd, 0xe9, 0x16, 0xa9, 0x0a, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x6a, 0x0b, 0x51, 0x49, 0x68, 0x00, 0x00, 0x01, 0x00};

TEST(Fault, GzipIsUndoneAndItsSizeIsThatOfTheBody) {
  std::string const packed{reinterpret_cast<char const*>(zeros), sizeof zeros};
  BehaviourServer server{answering(ok(packed, "Content-Encoding: gzip\r\n"))};
  auto const answer = ask(*transport({.max_response_bytes = 65'536}), get(server.url()));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, std::string(65'536, '0'));
  EXPECT_GE(answer->body.capacity(), answer->body.size() + 64);
  expect_error(ask(*transport({.max_response_bytes = 65'535}), get(server.url())), ErrorCode::protocol,
               Effect::none);
  EXPECT_EQ(server.requests().at(0).header("Accept-Encoding"), "gzip");
}

}  // namespace
}  // namespace polycampaign::loopback
