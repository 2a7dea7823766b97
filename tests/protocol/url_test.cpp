#include "polycampaign/protocol/url.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

namespace polycampaign::protocol {
namespace {

TEST(Escape, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(escape("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(escape(" /?&=+%#\"[]"), "%20%2F%3F%26%3D%2B%25%23%22%5B%5D");
  EXPECT_EQ(escape("\xC3\xA9\xFF"), "%C3%A9%FF");
  EXPECT_EQ(escape(std::string_view{"\0", 1}), "%00");
  EXPECT_EQ(escape(""), "");
}

TEST(Unescape, DecodesOnceAndKeepsWhatIsMalformed) {
  EXPECT_EQ(unescape("a%2Fb%2fc%20+"), "a/b/c +");
  EXPECT_EQ(unescape("%2541"), "%41");
  EXPECT_EQ(unescape("100%"), "100%");
  EXPECT_EQ(unescape("%4"), "%4");
  EXPECT_EQ(unescape("%zz%4g%%41"), "%zz%4g%A");
  EXPECT_EQ(unescape("%00"), std::string(1, '\0'));
}

TEST(Query, ListsItsParametersInOrder) {
  Query query;
  EXPECT_EQ(query.text(), "");
  query.add("page[offset]", 20).add("q", "a b&c").add("min", std::numeric_limits<long long>::min());
  EXPECT_EQ(query.text(), "?page%5Boffset%5D=20&q=a%20b%26c&min=-9223372036854775808");
}

TEST(QueryValue, IsDecodedOnce) {
  EXPECT_EQ(query_value("a=1&page%5Btoken%5D=x%252B%2B+&b=2", "page[token]"), "x%2B++");
  EXPECT_EQ(query_value("a=1&b=2=3", "b"), "2=3");
  EXPECT_EQ(query_value("a=1&a=2", "a"), "1");
  EXPECT_EQ(query_value("flag&b=2", "flag"), "");
  EXPECT_EQ(query_value("ab=1", "a"), "");
  EXPECT_EQ(query_value("", "a"), "");
  EXPECT_EQ(query_value("&&a=1", "a"), "1");
}

TEST(ParseUrl, TakesAnAbsoluteUrlApart) {
  auto const url = parse_url("HTTPS://PBX.Example.com:8088/openapi/v1.0?a=%20b&c=[d]");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "pbx.example.com");
  EXPECT_EQ(url->port, 8088);
  EXPECT_EQ(url->path, "/openapi/v1.0");
  EXPECT_EQ(url->query, "a=%20b&c=[d]");

  auto const bare = parse_url("http://h?x");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->port, 80);
  EXPECT_EQ(bare->path, "");
  EXPECT_EQ(bare->query, "x");
  EXPECT_EQ(parse_url("https://h")->port, 443);
  EXPECT_EQ(parse_url("https://h/a?b?c")->query, "b?c");
  EXPECT_EQ(parse_url("http://[2001:DB8::1]:65535/")->host, "2001:db8::1");
  EXPECT_EQ(parse_url("http://[2001:DB8::1]:65535/")->port, 65'535);
  EXPECT_EQ(parse_url("http://[::1]")->port, 80);
}

TEST(ParseUrl, RefusesWhatIsMalformedWithoutQuotingIt) {
  for (std::string const text : {"",
                                 "h",
                                 "h/p",
                                 "//h",
                                 "ftp://h",
                                 "https:/h",
                                 "https:h",
                                 "://h",
                                 "https://",
                                 "https:///p",
                                 "https://?q",
                                 "https://:80",
                                 "https://user@h",
                                 "https://user:pass@h/",
                                 "https://h/#f",
                                 "https://h#f",
                                 "https://h:0",
                                 "https://h:65536",
                                 "https://h:",
                                 "https://h:x",
                                 "https://h:80x",
                                 "https://h:-1",
                                 "https://h:+1",
                                 "https://h:99999999999",
                                 "https://h:1:2",
                                 "https://a b",
                                 " https://h",
                                 "https://h ",
                                 "https://h/\n",
                                 "https://h\x7f",
                                 "https://\xC3\xA9",
                                 "https://h/\xC3\xA9",
                                 "https://h\\@evil",
                                 "https://h/a\"b",
                                 "https://h/{x}",
                                 "https://.h",
                                 "https://a..b",
                                 "https://-h",
                                 "https://h,i",
                                 "https://[::1",
                                 "https://[]",
                                 "https://[::g]",
                                 "https://[1]",
                                 "https://[::1]x",
                                 "https://[::1]:",
                                 "https://[fe80::1%25lo]",
                                 "https://h*"}) {
    auto const url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, ErrorCode::configuration) << text;
    EXPECT_TRUE(url.error().message.starts_with("malformed URL: ")) << text;
    EXPECT_EQ(url.error().message.find(":pass"), std::string::npos) << text;
  }
  EXPECT_FALSE(parse_url(std::string_view{"https://h\0", 10}));
}

TEST(Url, KnowsItsOrigin) {
  auto const url = *parse_url("https://h/a");
  EXPECT_TRUE(url.same_origin(*parse_url("HTTPS://H:443/b?c")));
  EXPECT_FALSE(url.same_origin(*parse_url("http://h/a")));
  EXPECT_FALSE(url.same_origin(*parse_url("https://h:444/a")));
  EXPECT_FALSE(url.same_origin(*parse_url("https://h.example/a")));
}

TEST(Url, KnowsLoopback) {
  for (std::string const host : {"127.0.0.1", "127.255.255.254", "localhost", "LOCALHOST", "[::1]",
                                 "[0:0:0:0:0:0:0:1]", "[0000::0001]"})
    EXPECT_TRUE(parse_url("http://" + host + ":8080/")->loopback()) << host;
  for (std::string const host : {"128.0.0.1",
                                 "127.0.0.1.example.com",
                                 "127.0.0",
                                 "127.1",
                                 "127.0.0.256",
                                 "127.0.0.01",
                                 "127.0.0.0.1",
                                 "127.0.0.x",
                                 "0.0.0.0",
                                 "10.0.0.1",
                                 "localhost.",
                                 "a.localhost",
                                 "localhost.example.com",
                                 "notlocalhost",
                                 "0x7f.1",
                                 "0x7f.0.0.1",
                                 "2130706433",
                                 "[::ffff:127.0.0.1]",
                                 "127.example.com",
                                 "[::]",
                                 "[::2]",
                                 "[1::1]",
                                 "[::11]",
                                 "[::1:1]",
                                 "[2001:db8::1]"})
    EXPECT_FALSE(parse_url("http://" + host + "/")->loopback()) << host;
}

}  // namespace
}  // namespace polycampaign::protocol
