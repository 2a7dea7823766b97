#include "polycampaign/testing/http_message.hpp"

#include <gtest/gtest.h>

namespace polycampaign::test {
namespace {

using namespace polycampaign::testing;
using Query = std::vector<std::pair<std::string, std::string>>;

TEST(Target, IsReadFromUrlsAndPaths) {
  struct Case {
    char const* url;
    char const* path;
    std::vector<std::string> segments;
    Query query;
  };
  Case const cases[] = {
      {"/", "/", {""}, {}},
      {"", "/", {""}, {}},
      {"https://h.example:8088", "/", {""}, {}},
      {"https://h.example?x=1", "/", {""}, {{"x", "1"}}},
      {"https://h.example/a/b%2Fc?x=1&y=2#z", "/a/b%2Fc", {"a", "b/c"}, {{"x", "1"}, {"y", "2"}}},
      {"/api?page%5Boffset%5D=0&page[limit]=30",
       "/api",
       {"api"},
       {{"page[offset]", "0"}, {"page[limit]", "30"}}},
      {"/a?x=a+b%20c&x=2&&empty=&bare",
       "/a",
       {"a"},
       {{"x", "a b c"}, {"x", "2"}, {"empty", ""}, {"bare", ""}}},
      {"/a+b?next=https://other.example/p", "/a+b", {"a+b"}, {{"next", "https://other.example/p"}}},
      {"/a?broken=%zz%4", "/a", {"a"}, {{"broken", "%zz%4"}}},
      {"/a/", "/a/", {"a", ""}, {}},
  };
  for (auto const& [url, path, segments, query] : cases) {
    auto const target = parse_target(url);
    EXPECT_EQ(target.path, path) << url;
    EXPECT_EQ(target.segments, segments) << url;
    EXPECT_EQ(target.query, query) << url;
  }
}

TEST(Target, GivesTheFirstParameterOfAName) {
  auto const target = parse_target("/a?x=1&x=2&y=");
  EXPECT_EQ(target.parameter("x"), "1");
  EXPECT_EQ(target.parameter("y"), "");
  EXPECT_EQ(target.parameter("z"), std::nullopt);
}

TEST(Encoding, IsUndoneByDecoding) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(percent_decode(percent_encode(all), true), all);
  EXPECT_EQ(percent_encode("a-b._~ +/é"), "a-b._~%20%2B%2F%C3%A9");
}

TEST(WholeNumbers, AreDigitsAndNothingElse) {
  EXPECT_EQ(whole_number("0"), 0);
  EXPECT_EQ(whole_number("-12"), -12);
  EXPECT_EQ(whole_number("9223372036854775807"), 9223372036854775807);
  for (auto const* text : {"", " 1", "1 ", "1.0", "+1", "9223372036854775808", "x"})
    EXPECT_FALSE(whole_number(text)) << text;
}

TEST(Headers, AreFoundInAnyCase) {
  HttpRequest const request{.headers = {{"content-TYPE", "a"}, {"Content-Type", "b"}}};
  EXPECT_EQ(request_header(request, "Content-Type"), "a");
  EXPECT_EQ(request_header(request, "Accept"), std::nullopt);
}

TEST(Texts, AreComparedInAnyCase) {
  EXPECT_TRUE(same_text("Bearer", "bEARER"));
  EXPECT_FALSE(same_text("Bearer", "Bearer "));
  EXPECT_TRUE(contains_text("Summer SALE", "sale"));
  EXPECT_TRUE(contains_text("x", ""));
  EXPECT_FALSE(contains_text("Sal", "sale"));
}

}  // namespace
}  // namespace polycampaign::test
