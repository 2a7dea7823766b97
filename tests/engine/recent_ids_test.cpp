#include "engine/recent_ids.hpp"

#include "engine/hash.hpp"
#include "engine/list_watch.hpp"

#include <gtest/gtest.h>

#include <string>

namespace polycampaign::test {
namespace {

using engine::CircleWatch;
using engine::RecentIds;

TEST(RecentIds, KnowsTheIdsOfTheLastPages) {
  constexpr std::uint64_t page_size = 700;
  constexpr std::uint64_t pages = 4;
  RecentIds recent{pages};
  for (std::uint64_t page = 0; page < 50; ++page) {
    for (std::uint64_t i = 0; i < page_size; ++i)
      ASSERT_TRUE(recent.insert(engine::mix(page * page_size + i))) << "a new id";
    for (std::uint64_t back = 0; back <= std::min(page, pages); ++back)
      ASSERT_FALSE(recent.insert(engine::mix((page - back) * page_size + 3))) << page << ' ' << back;
    recent.end_page();
  }
  EXPECT_TRUE(recent.insert(engine::mix(3))) << "long forgotten";
}

TEST(RecentIds, TakesAnyHash) {
  RecentIds recent{1};
  for (auto const id : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{2}}) {
    EXPECT_TRUE(recent.insert(id));
    EXPECT_FALSE(recent.insert(id));
  }
}

TEST(CircleWatch, NoticesCirclesOfAnyLength) {
  for (auto const length : {1, 2, 3, 63, 64, 65, 100, 1000, 5000})
    for (auto const lead : {0, 1, 10, 500}) {
      CircleWatch watch;
      auto noticed = 0;
      for (int step = 0; noticed == 0 && step < 100'000; ++step) {
        auto const place = step < lead ? step : lead + (step - lead) % length;
        if (watch.seen({.token = "token" + std::to_string(place)})) noticed = step;
      }
      EXPECT_GE(noticed, lead + length) << "not before it is one";
      if (length <= 64) {
        EXPECT_EQ(noticed, lead + length) << "at once";
      } else {
        EXPECT_LT(noticed, 4 * (lead + length)) << "but soon";
      }
    }
}

TEST(CircleWatch, TokensOfDifferentPartsAreDifferent) {
  CircleWatch watch;
  EXPECT_FALSE(watch.seen({.part = 0, .token = "a"}));
  EXPECT_FALSE(watch.seen({.part = 1, .token = "a"}));
  EXPECT_FALSE(watch.seen({}));
  EXPECT_FALSE(watch.seen({})) << "no token";
}

TEST(CircleWatch, NoticesTheThirdEqualPage) {
  CircleWatch watch;
  auto const page = [&](std::initializer_list<std::uint64_t> ids) {
    for (auto const id : ids) watch.record(id);
    return watch.end_page();
  };
  EXPECT_FALSE(page({1, 2}));
  EXPECT_FALSE(page({1, 2}));
  EXPECT_FALSE(page({2, 1}));
  EXPECT_FALSE(page({1, 2}));
  EXPECT_FALSE(page({1, 2}));
  EXPECT_TRUE(page({1, 2}));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(page({})) << "records without ids tell nothing";
}

}  // namespace
}  // namespace polycampaign::test
