#include "wire/json.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::wire {
namespace {

JsonDocument parsed(std::string body) {
  auto document = JsonDocument::parse(std::move(body));
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

TEST(JsonDocument, GivesMembersAndItems) {
  auto const document = parsed(R"( {"a":2,"n":"caf\u00e9","a":{"b":[1,"x",null]}} )");
  auto const root = document.root();
  EXPECT_TRUE(root.is_object());
  EXPECT_EQ(root.size(), 3U);
  EXPECT_EQ(root["n"].scalar().text, "caf\xC3\xA9");
  auto const list = root["a"]["b"];
  EXPECT_TRUE(list.is_array()) << "the last member of a name counts";
  EXPECT_EQ(list.size(), 3U);
  std::vector<Scalar::Kind> kinds;
  list.for_each_item([&](JsonValue item) { kinds.push_back(item.scalar().kind); });
  EXPECT_EQ(kinds, (std::vector{Scalar::Kind::integer, Scalar::Kind::text, Scalar::Kind::null}));
  std::string names;
  root.for_each_member([&](std::string_view name, JsonValue) { names += name; });
  EXPECT_EQ(names, "ana");
}

TEST(JsonValue, IsAbsentWhereNothingStands) {
  auto const document = parsed(R"({"a":null,"t":"x"})");
  auto const root = document.root();
  EXPECT_TRUE(root["a"]);
  EXPECT_TRUE(root["a"].is_null());
  for (auto const value : {JsonValue{}, root["b"], root["a"]["b"], root["t"]["b"], root["b"]["c"]}) {
    EXPECT_FALSE(value);
    EXPECT_FALSE(value.is_null() || value.is_array() || value.is_object());
    EXPECT_EQ(value.size(), 0U);
    EXPECT_EQ(value.scalar().kind, Scalar::Kind::absent);
  }
  int calls = 0;
  root["t"].for_each_item([&](JsonValue) { ++calls; });
  root["t"].for_each_member([&](std::string_view, JsonValue) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(JsonValue, TellsTheKindOfEveryScalar) {
  auto const document = parsed(
      R"([-9223372036854775808, 9223372036854775807, 9223372036854775808, 18446744073709551615, 1.0, 1e2, true,
          false, null, "", [], {}])");
  std::vector<Scalar> all;
  document.root().for_each_item([&](JsonValue item) { all.push_back(item.scalar()); });
  ASSERT_EQ(all.size(), 12U);
  using Kind = Scalar::Kind;
  Kind const kinds[] = {Kind::integer, Kind::integer, Kind::big_unsigned, Kind::big_unsigned,
                        Kind::real,    Kind::real,    Kind::boolean,      Kind::boolean,
                        Kind::null,    Kind::text,    Kind::composite,    Kind::composite};
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].kind, kinds[i]) << i;
  EXPECT_EQ(all[0].integer, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(all[3].big_unsigned, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(all[5].real, 100.0);
  EXPECT_TRUE(all[6].boolean);
  EXPECT_FALSE(all[7].boolean);
}

TEST(JsonDocument, OutlivesItsMoves) {
  auto first = parsed(R"({"text":"a text that is longer than any short string"})");
  auto const value = first.root()["text"];
  auto second = std::move(first);
  first = parsed("[]");
  EXPECT_EQ(value.scalar().text, "a text that is longer than any short string");
  EXPECT_TRUE(second.text("").starts_with("{\"text\":"));
}

TEST(JsonDocument, SkipsAByteOrderMark) {
  auto const document = parsed("\xEF\xBB\xBF{\"a\":[{\"b\":1.50}]}");
  EXPECT_EQ(document.text("a"), "[{\"b\":1.50}]");
  EXPECT_EQ(document.root()["a"].size(), 1U);
  EXPECT_FALSE(document.repaired());
}

struct Fault {
  std::string_view body;
  std::string_view message;  // behind "the response is not valid JSON: "
};
class JsonFaultTest : public testing::TestWithParam<Fault> {};

TEST_P(JsonFaultTest, IsAnErrorThatSaysWhatAndWhere) {
  auto const document = JsonDocument::parse(std::string{GetParam().body});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, ErrorCode::protocol);
  EXPECT_EQ(document.error().effect, Effect::unknown);
  EXPECT_EQ(document.error().message, "the response is not valid JSON: " + std::string{GetParam().message});
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, JsonFaultTest,
    testing::Values(
        Fault{"", "it is empty"}, Fault{" \r\n\t", "it is empty"}, Fault{"\xEF\xBB\xBF", "it is empty"},
        Fault{"<html>", "a value is missing or malformed (byte 0)"},
        Fault{"{\"a\":1", "it ends too early (byte 6)"}, Fault{"[1,2", "it ends too early (byte 4)"},
        Fault{"\"abc", "it ends too early (byte 4)"},
        Fault{"[\"a\\", "an escape sequence is malformed (byte 3)"}, Fault{"[", "it ends too early (byte 1)"},
        Fault{"{\"a\":", "it ends too early (byte 5)"}, Fault{"{\"a\"", "it ends too early (byte 4)"},
        Fault{"{", "it ends too early (byte 1)"}, Fault{"{\"a\":1,", "it ends too early (byte 7)"},
        Fault{"\xEF\xBB\xBF{\"a\" 1}", "a colon is missing (byte 8)"},
        Fault{"{\"a\":1}x", "there is something after its end (byte 7)"},
        Fault{"{}{}", "there is something after its end (byte 2)"},
        Fault{"[1,]", "a value is missing or malformed (byte 3)"},
        Fault{"{\"a\":1,}", "a member's name is missing (byte 7)"},
        Fault{"{a:1}", "a member's name is missing (byte 1)"},
        Fault{"[1 2]", "a comma or a bracket is missing (byte 3)"},
        Fault{"[1}", "a comma or a bracket is missing (byte 2)"},
        Fault{"{]", "a member's name is missing (byte 1)"},
        Fault{"[}", "a value is missing or malformed (byte 1)"},
        Fault{"]", "a value is missing or malformed (byte 0)"},
        Fault{"[01]", "a comma or a bracket is missing (byte 2)"},
        Fault{"[1.]", "a number is malformed (byte 3)"}, Fault{"[-]", "a number is malformed (byte 2)"},
        Fault{"[1e]", "a number is malformed (byte 3)"}, Fault{"[1e+]", "a number is malformed (byte 4)"},
        Fault{"[+1]", "a value is missing or malformed (byte 1)"},
        Fault{"[.5]", "a value is missing or malformed (byte 1)"},
        Fault{"[NaN]", "a value is missing or malformed (byte 1)"},
        Fault{"[tru]", "a value is missing or malformed (byte 1)"},
        Fault{"[nullx]", "a comma or a bracket is missing (byte 5)"},
        Fault{"['a']", "a value is missing or malformed (byte 1)"},
        Fault{"[\"\\x\"]", "an escape sequence is malformed (byte 2)"},
        Fault{"[\"\\u12g4\"]", "an escape sequence is malformed (byte 2)"},
        Fault{"[\"\\u12\"]", "an escape sequence is malformed (byte 2)"},
        Fault{"[\"a\nb\"]", "a string contains a control character (byte 3)"},
        Fault{std::string_view{"[\"\0\"]", 5}, "a string contains a control character (byte 2)"},
        Fault{std::string_view{"[]\0", 3}, "there is something after its end (byte 2)"},
        Fault{"[\"\xFF\"]", "it is not UTF-8 (byte 2)"}, Fault{"[\"a\xC3\"]", "it is not UTF-8 (byte 3)"},
        Fault{"[\"\xED\xA0\x80\"]", "it is not UTF-8 (byte 2)"},
        Fault{"[\"\xF5\x80\x80\x80\"]", "it is not UTF-8 (byte 2)"},
        Fault{"[\"\xC0\xAF\"]", "it is not UTF-8 (byte 2)"}, Fault{"[1e999,", "it ends too early (byte 7)"},
        Fault{"[\"\\uD800\",01]", "a comma or a bracket is missing (byte 11)"}));

TEST(JsonDocument, RefusesABombOfNesting) {
  for (auto const* unit : {"[", "{\"a\":", "[{\"a\":"}) {
    std::string bomb;
    for (int i = 0; i < 100'000; ++i) bomb += unit;
    auto const document = JsonDocument::parse(bomb);
    ASSERT_FALSE(document);
    EXPECT_TRUE(document.error().message.find("nested too deeply") != std::string::npos)
        << document.error().message;
  }
  EXPECT_TRUE(JsonDocument::parse(std::string(1'000, '[') + std::string(1'000, ']')));
}

TEST(JsonDocument, NeverQuotesTheBody) {
  for (std::string const body :
       {"{\"text\":\"Dear Jane +33612345678\" x}", "+33612345678", "[\"Jane\\q\"]"}) {
    auto const message = JsonDocument::parse(body).error().message;
    EXPECT_EQ(message.find("Jane"), std::string::npos) << message;
    EXPECT_EQ(message.find("336"), std::string::npos) << message;
  }
}

TEST(JsonObject, EscapesWhatIsInIt) {
  EXPECT_EQ(json_object({}), "{}");
  EXPECT_EQ(json_object({{"client_id", "a\"b\\c"}, {"t", "\xC3\xA9\n\xFF"}}),
            "{\"client_id\":\"a\\\"b\\\\c\",\"t\":\"\xC3\xA9\\n\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace polycampaign::wire
