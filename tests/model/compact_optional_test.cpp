#include "polycampaign/compact_optional.hpp"

#include "polycampaign/campaign.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using OptionalTime = CompactOptional<Timestamp>;

static_assert(sizeof(Count) == 8 && sizeof(OptionalTime) == 8 && sizeof(CompactOptional<Cost>) == 8);
static_assert(sizeof(Campaign) <= 512, "a page of campaigns has to stay in the processor's caches");

Timestamp at(std::int64_t time, ZoneBasis zone = ZoneBasis::documented) {
  return {sys_seconds{seconds{time}}, zone};
}

TEST(CompactOptional, ReadsLikeStdOptional) {
  Count count;
  EXPECT_FALSE(count);
  EXPECT_FALSE(count.has_value());
  EXPECT_EQ(count.value_or(7), 7);
  count = 0;
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, 0);
  EXPECT_EQ(count.value(), 0);
  EXPECT_EQ(count.value_or(7), 0);
  *count += 5;
  EXPECT_EQ(count, 5);
  EXPECT_NE(count, 6);
  count.reset();
  EXPECT_EQ(count, std::nullopt);
  EXPECT_THROW(static_cast<void>(count.value()), std::bad_optional_access);
  count.emplace(3);
  EXPECT_EQ(std::exchange(count, std::nullopt), 3);
  EXPECT_FALSE(count);
}

TEST(CompactOptional, ConvertsFromAndToStdOptional) {
  std::optional<std::int64_t> standard = Count{4};
  EXPECT_EQ(standard, 4);
  standard = Count{};
  EXPECT_FALSE(standard);
  Count count = standard;
  EXPECT_FALSE(count);
  count = std::optional<std::int64_t>{9};
  EXPECT_EQ(count, 9);

  EXPECT_TRUE(count == std::optional<std::int64_t>{9});
  EXPECT_TRUE(std::optional<std::int64_t>{9} == count);
  EXPECT_FALSE(count == std::optional<std::int64_t>{});
  EXPECT_TRUE(Count{} == std::optional<std::int64_t>{});
  EXPECT_TRUE(std::optional<std::int64_t>{} == Count{});
}

TEST(CompactOptional, OrdersAbsentBeforeEveryValue) {
  EXPECT_LT(Count{}, Count{0});
  EXPECT_LT(Count{1}, Count{2});
  EXPECT_GE(Count{2}, Count{2});
  EXPECT_EQ(Count{} <=> Count{}, std::strong_ordering::equal);
}

TEST(CompactOptional, CounterHasTheWholeRangeAndNoNegativeNumbers) {
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(Count{largest}, largest);
  EXPECT_FALSE(Count{-1});
  EXPECT_FALSE(Count{std::numeric_limits<std::int64_t>::min()});
}

TEST(CompactOptional, KeepsTimesWithTheirZone) {
  for (auto const zone : {ZoneBasis::documented, ZoneBasis::configured, ZoneBasis::assumed}) {
    for (std::int64_t const time :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'619'552'646}, std::int64_t{-62'167'219'200},
          std::int64_t{253'402'300'799}, (std::int64_t{1} << 61) - 1, -(std::int64_t{1} << 61) + 1}) {
      OptionalTime const stored = at(time, zone);
      ASSERT_TRUE(stored);
      EXPECT_EQ(*stored, at(time, zone)) << time;
      EXPECT_EQ(stored->time.time_since_epoch().count(), time);
      EXPECT_EQ(stored->zone, zone);
    }
  }
  auto const beyond = at(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(
      OptionalTime { beyond } -> time, at((std::int64_t{1} << 61) - 1).time);
  EXPECT_EQ(
      OptionalTime { at(std::numeric_limits<std::int64_t>::min()) } -> time,
      at(-(std::int64_t{1} << 61) + 1).time);
  EXPECT_FALSE(OptionalTime{});
  EXPECT_EQ(std::optional<Timestamp>{OptionalTime{at(5)}}, at(5));
}

TEST(CompactOptional, CopiesAndMovesWhatIsOnTheHeap) {
  CompactOptional<Cost> cost = Cost{.unit = "EUR"};
  auto copy = cost;
  EXPECT_EQ(copy, cost);
  copy->unit = "USD";
  EXPECT_EQ(cost->unit, "EUR");
  copy = cost;
  EXPECT_EQ(copy->unit, "EUR");
  auto const moved = std::move(copy);
  EXPECT_EQ(moved->unit, "EUR");
  CompactOptional<Cost> const absent;
  cost = absent;
  EXPECT_FALSE(cost);
  cost = moved;
  EXPECT_EQ(cost, moved);
  auto const& same = cost;
  cost = same;
  EXPECT_EQ(cost, moved);
}

TEST(CompactOptional, UsesItsMemoryAgainAfterAReset) {
  CompactOptional<std::string> text = std::string(100, 'x');
  auto const* const place = &*text;
  text.reset();
  EXPECT_FALSE(text);
  text = std::string{"y"};
  EXPECT_EQ(&*text, place);
  EXPECT_EQ(*text, "y");
}

TEST(ProviderName, IsAViewThatAStringCannotBecome) {
  static_assert(!std::is_constructible_v<ProviderName, std::string>);
  static_assert(!std::is_assignable_v<ProviderName&, std::string const&>);
  ProviderName const name = "bsg";
  EXPECT_EQ(name, "bsg");
  EXPECT_EQ(std::string{name}, "bsg");
  EXPECT_TRUE(ProviderName{}.empty());
}

}  // namespace
}  // namespace polycampaign
