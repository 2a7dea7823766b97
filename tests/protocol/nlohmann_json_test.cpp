#include "polycampaign/protocol/nlohmann_json.hpp"

#include "polycampaign/protocol/exchange.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace {

using nlohmann::json;
using polycampaign::protocol::member;
using polycampaign::protocol::Scalar;
using polycampaign::protocol::to_scalar;
using Kind = Scalar::Kind;

TEST(NlohmannJson, EachKindOfValueKeepsWhatWasWritten) {
  auto const values = json::parse(
      R"([null, true, -7, 7, 9223372036854775807, 9223372036854775808, 1.5, "caf\u00e9\u0000!", {}, [1]])");
  EXPECT_EQ(to_scalar(values[0]).kind, Kind::null);
  EXPECT_EQ(to_scalar(values[1]).kind, Kind::boolean);
  EXPECT_TRUE(to_scalar(values[1]).boolean);
  EXPECT_EQ(to_scalar(values[2]).kind, Kind::integer);
  EXPECT_EQ(to_scalar(values[2]).integer, -7);
  EXPECT_EQ(to_scalar(values[3]).kind, Kind::integer);
  EXPECT_EQ(to_scalar(values[3]).integer, 7);
  EXPECT_EQ(to_scalar(values[4]).kind, Kind::integer);
  EXPECT_EQ(to_scalar(values[4]).integer, INT64_MAX);
  EXPECT_EQ(to_scalar(values[5]).kind, Kind::big_unsigned);
  EXPECT_EQ(to_scalar(values[5]).big_unsigned, 9223372036854775808U);
  EXPECT_EQ(to_scalar(values[6]).kind, Kind::real);
  EXPECT_EQ(to_scalar(values[6]).real, 1.5);
  EXPECT_EQ(to_scalar(values[7]).kind, Kind::text);
  EXPECT_EQ(to_scalar(values[7]).text, std::string_view("caf\xC3\xA9\0!", 7));
  EXPECT_EQ(to_scalar(values[7]).text.data(), values[7].get_ref<std::string const&>().data());
  EXPECT_EQ(to_scalar(values[8]).kind, Kind::composite);
  EXPECT_EQ(to_scalar(values[9]).kind, Kind::composite);
}

TEST(NlohmannJson, AMemberIsAbsentWhereThereIsNone) {
  auto const object = json::parse(R"({"count": "7", "none": null})");
  EXPECT_EQ(member(object, "count").text, "7");
  EXPECT_EQ(member(object, "none").kind, Kind::null);
  EXPECT_EQ(member(object, "other").kind, Kind::absent);
  for (auto const* body : {"[]", "7", "\"count\"", "null", "no JSON"}) {
    auto const value = json::parse(body, nullptr, false);
    EXPECT_EQ(member(value, "count").kind, Kind::absent) << body;
  }
  auto const damaged = json::parse("{", nullptr, false);
  EXPECT_EQ(to_scalar(damaged).kind, Kind::absent);
}

template <class Value>
concept readable = requires(Value&& value) {
  to_scalar(std::forward<Value>(value));
};
template <class Value>
concept has_members = requires(Value&& value) {
  member(std::forward<Value>(value), "name");
};

TEST(NlohmannJson, NoViewIntoAValueThatIsAlreadyGone) {
  static_assert(readable<json const&> && has_members<json const&>);
  static_assert(!readable<json> && !has_members<json>);
}

// Keeps what was decoded, as the engine does with the answers so far.
class KeepingConversation final : public polycampaign::protocol::Conversation {
 public:
  polycampaign::Result<Value> perform(polycampaign::protocol::Call const&, Decode decode) override {
    auto value = decode({200, {}, R"([{"id":7}])"});
    if (value) kept_ = *value;
    return value;
  }

 private:
  Value kept_{};
};

TEST(NlohmannJson, IsTheSameWhenAConversationGivesItAgain) {
  polycampaign::protocol::Exchange<json> const exchange{
      {}, [](polycampaign::HttpResponse response) -> polycampaign::Result<json> {
        return json::parse(response.body)[0];
      }};
  KeepingConversation conversation;
  auto const answer = conversation.run(exchange);
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, json::parse(R"({"id":7})"));
}

}  // namespace
