#include "engine/recent_ids.hpp"

#include "engine/list_watch.hpp"
#include "text/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

namespace polycampaign::test {
namespace {

using engine::CircleWatch;
using engine::RecentIds;

TEST(RecentIds, KnowsTheIdsOfTheLastPages) {
  constexpr std::uint64_t page_size = 700;
  constexpr std::uint64_t pages = 4;
  RecentIds recent{pages, 0};
  for (std::uint64_t page = 0; page < 50; ++page) {
    for (std::uint64_t i = 0; i < page_size; ++i)
      ASSERT_TRUE(recent.insert(text::mix(page * page_size + i))) << "a new id";
    for (std::uint64_t back = 0; back <= std::min(page, pages); ++back)
      ASSERT_FALSE(recent.insert(text::mix((page - back) * page_size + 3))) << page << ' ' << back;
    recent.end_page();
  }
  EXPECT_TRUE(recent.insert(text::mix(3))) << "long forgotten";
}

TEST(RecentIds, KnowsMorePagesWhereTheyAreSmall) {
  RecentIds recent{2, 100};
  for (std::uint64_t n = 0; n < 1000; ++n) {
    ASSERT_TRUE(recent.insert(text::mix(n)));
    ASSERT_FALSE(recent.insert(text::mix(n - std::min<std::uint64_t>(n, 100)))) << n;
    recent.end_page();
  }
  EXPECT_TRUE(recent.insert(text::mix(0)));
}

TEST(RecentIds, TakesAnyHash) {
  RecentIds recent{1, 0};
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

TEST(CircleWatch, NoticesPagesThatBringNothingNew) {
  CircleWatch watch;
  auto const page = [&](std::int64_t part, std::size_t records) {
    watch.begin_page(part);
    for (std::size_t i = 0; i < records; ++i) EXPECT_TRUE(watch.fresh(std::nullopt));
    return watch.end_page();
  };
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(page(0, 1), "");
    for (int i = 1; i < CircleWatch::most_idle_pages; ++i) EXPECT_EQ(page(0, 0), "");
  }
  EXPECT_EQ(page(1, 0), "") << "another part";
  for (int i = 2; i < CircleWatch::most_idle_pages; ++i) EXPECT_EQ(page(1, 0), "");
  EXPECT_NE(page(1, 0), "");
}

TEST(CircleWatch, NoticesRecordsThatComeAgainInCirclesOfAnyLength) {
  for (auto const length : {1U, 2U, 3U, 64U, 1000U, 5000U})
    for (auto const lead : {0U, 1U, 10U, 500U}) {
      CircleWatch watch;
      auto noticed = 0U;
      for (auto step = 0U; noticed == 0 && step < 100'000; ++step) {
        watch.begin_page(0);
        if (!watch.fresh(step < lead ? step : lead + (step - lead) % length)) noticed = step;
        EXPECT_EQ(watch.end_page().empty(), noticed == 0);
      }
      EXPECT_GE(noticed, lead + length) << "not before it is one";
      EXPECT_LT(noticed, lead == 0 ? length + 1 : 4 * (lead + length));
    }
}

TEST(CircleWatch, TheSameRecordInAnotherPartIsNoCircle) {
  CircleWatch watch;
  for (std::int64_t part = 0; part < 5; ++part) {
    watch.begin_page(part);
    EXPECT_TRUE(watch.fresh(1));
    EXPECT_EQ(watch.end_page(), "");
  }
}

}  // namespace
}  // namespace polycampaign::test
