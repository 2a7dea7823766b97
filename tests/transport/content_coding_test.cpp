#include "transport/content_coding.hpp"

#include "testing/other_program.hpp"
#include "transport/asking.hpp"

#include <string>
#include <utility>
#include <vector>

namespace polycampaign::loopback {
namespace {

// Bodies that python3 packed.

std::string const listed = R"({"campaigns":[{"id":1},{"id":2}]})";

/// What a Python expression makes of `listed`, there called `t`.
std::string packed(std::string const& expression) {
  return test::output_of(
      "python3 -c 'import gzip, sys, zlib; t = sys.stdin.buffer.read(); sys.stdout.buffer.write(" +
          expression + ")'",
      listed);
}

std::string const raw_deflate =
    "(lambda z: z.compress(t) + z.flush())(zlib.compressobj(9, zlib.DEFLATED, -15))";
// `printf hello | brotli`
std::string const brotli{"\x0b\x02\x80hello\x03", 9};

/// A server's answer in two writes, the second when the first was read.
Result<HttpResponse> answer_of(std::string const& coding, std::string const& first,
                               std::string const& second = {}, std::size_t most = 1'000'000) {
  BehaviourServer server{[&](Peer& peer) {
    if (!peer.read()) return;
    peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding +
               "\r\nContent-Length: " + std::to_string(first.size() + second.size()) + "\r\n\r\n" + first);
    if (second.empty()) return;
    static_cast<void>(peer.closed_within(std::chrono::milliseconds{20}));
    peer.write(second);
  }};
  return ask(*transport({.max_response_bytes = most}), get(server.url("/?token=hunter2")));
}

void expect_body(Result<HttpResponse> const& answer, std::string const& body) {
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, body);
}

void expect_undecodable(Result<HttpResponse> const& answer, std::string const& named) {
  expect_error(answer, ErrorCode::protocol, Effect::none);
  EXPECT_FALSE(answer.error().transient);
  auto const& message = answer.error().message;
  EXPECT_NE(message.find("Content-Encoding: " + named + ")"), message.npos) << message;
  EXPECT_EQ(message.find("disk"), message.npos) << message;
}

TEST(ContentCoding, WhatWasAskedForIsUndone) {
  for (auto const* name : {"gzip", "x-gzip", "GZIP"})
    expect_body(answer_of(name, packed("gzip.compress(t)")), listed);
  expect_body(answer_of("gzip, gzip", packed("gzip.compress(gzip.compress(t))")), listed);
  expect_body(answer_of("deflate", packed("zlib.compress(t)")), listed);
  expect_body(answer_of("deflate", packed(raw_deflate)), listed);
}

TEST(ContentCoding, EmptyBodyIsEmpty) {
  for (auto const* name : {"gzip", "br", "utf-8"}) expect_body(answer_of(name, ""), "");
  BehaviourServer server{answering("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n")};
  auto const answer = ask(*transport(), get(server.url()));
  expect_body(answer, "");
  EXPECT_EQ(answer->status, 204);
}

TEST(ContentCoding, ThatIsNoneLeavesTheBodyAsItIs) {
  for (auto const* name :
       {"identity", "none", "utf-8", "UTF-8", "utf8", "UTF8", "iso-8859-1", "utf-8, identity", "", " , "})
    expect_body(answer_of(name, listed), listed);
}

TEST(ContentCoding, OfOneAnswerIsForgottenForTheNext) {
  auto const gzipped = packed("gzip.compress(t)");
  BehaviourServer server{[&](Peer& peer) {
    for (int i = 0; peer.read(); ++i)
      peer.write(i % 2 == 0 ? ok(listed, "Content-Encoding: utf-8\r\n")
                            : "HTTP/1.1 103 Early Hints\r\nContent-Encoding: utf-8\r\n\r\n" +
                                  ok(gzipped, "Content-Encoding: gzip\r\n"));
  }};
  auto const client = transport();
  for (int i = 0; i < 4; ++i) expect_body(ask(*client, get(server.url())), listed);
  EXPECT_EQ(server.connections(), 1u);
}

TEST(ContentCoding, UnknownOneIsNamed) {
  for (std::string const name : {"compress", "x-own", "aes128gcm"})
    expect_undecodable(answer_of(name, listed), name);
  expect_undecodable(answer_of("gzip, utf-8", packed("gzip.compress(t)")), "gzip, utf-8");
  // what cannot be a name is not repeated to anybody
  expect_undecodable(answer_of("\x1b[31m<\xC3\xA9>", listed), "??31m????");
  expect_undecodable(answer_of(std::string(1'000, 'x'), listed), std::string(40, 'x'));
}

TEST(ContentCoding, DataBehindTheEndIsAnError) {
  auto const whole = packed("gzip.compress(t)");
  auto const first = packed("gzip.compress(t[:9])");
  auto const second = packed("gzip.compress(t[9:])");
  for (auto const& [one, other] :
       {std::pair{first, second}, std::pair{first + second, std::string{}},
        std::pair{whole, std::string{"garbage"}}, std::pair{whole + "garbage", std::string{}},
        std::pair{whole, std::string(8, '\0')}}) {
    auto const answer = answer_of("gzip", one, other);
    expect_undecodable(answer, "gzip");
    EXPECT_NE(answer.error().message.find("after the end"), std::string::npos) << answer.error().message;
  }
}

TEST(ContentCoding, DamageIsAnError) {
  expect_undecodable(answer_of("gzip", listed), "gzip");
  expect_undecodable(answer_of("gzip", packed("gzip.compress(t)[:-8] + b\"sumtsize\"")), "gzip");
  expect_undecodable(answer_of("gzip, gzip", packed("gzip.compress(t)")), "gzip, gzip");
  expect_undecodable(answer_of("br", "\xff\xff\xff\xff\xff\xff"), "br");
  expect_undecodable(answer_of("br", brotli + "more"), "br");
}

TEST(ContentCoding, BombIsBounded) {
  for (auto const& [coding, body] :
       {std::pair{"gzip", packed("gzip.compress(b\"x\" * 1000001)")},
        std::pair{"gzip, gzip", packed("gzip.compress(gzip.compress(b\"x\" * 1000001))")},
        std::pair{"deflate", packed("zlib.compress(b\"x\" * 1000001)")}}) {
    auto const answer = answer_of(coding, body);
    expect_error(answer, ErrorCode::protocol, Effect::none);
    EXPECT_NE(answer.error().message.find("1000000 bytes"), std::string::npos) << answer.error().message;
  }
}

}  // namespace
}  // namespace polycampaign::loopback
