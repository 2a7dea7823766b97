#include "polycampaign/pager.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign {
namespace {

/// Pages of `{"a", "b"}`, `{"c"}`, ..., then perhaps an error. Keeps what it is given back.
class Pages final : public PageSource<std::string> {
 public:
  using All = std::vector<std::vector<std::string>>;
  struct Seen {
    All given_back{};
    std::vector<std::string const*> elements{};  ///< the first of each page, where it lies
  };

  Pages(All pages, std::shared_ptr<Seen> seen, bool fails = false)
      : pages_{std::move(pages)}, seen_{std::move(seen)}, fails_{fails} {}

  Result<std::optional<Page<std::string>>> next_page() override {
    if (next_ == pages_.size()) {
      if (fails_) return Error{.code = ErrorCode::network};
      return std::optional<Page<std::string>>{};
    }
    Page<std::string> page{std::move(pages_[next_++])};
    seen_->elements.push_back(page.items.data());
    return std::optional{std::move(page)};
  }
  void reuse(std::vector<std::string> items) override {
    if (!items.empty()) seen_->given_back.push_back(std::move(items));
  }
  [[nodiscard]] std::string resume_token(std::size_t delivered) const override {
    return std::to_string(next_) + '/' + std::to_string(delivered);
  }

 private:
  All pages_;
  std::shared_ptr<Seen> seen_;
  bool fails_;
  std::size_t next_ = 0;
};

struct Listed {
  std::shared_ptr<Pages::Seen> seen = std::make_shared<Pages::Seen>();
  Pager<std::string> pager;
  explicit Listed(Pages::All pages, bool fails = false)
      : pager{std::make_unique<Pages>(std::move(pages), seen, fails)} {}
};

static_assert(std::ranges::input_range<Pager<std::string>>);
static_assert(!std::copy_constructible<ListElement<std::string>>, "what is kept must own its value");

TEST(Pager, ShowsEachElementWhereItLiesInItsPage) {
  Listed list{{{"a", "b"}, {}, {"c"}}};
  std::string all;
  std::vector<std::string const*> places;
  for (auto const& element : list.pager) {
    ASSERT_TRUE(element);
    all += *element;
    places.push_back(&*element);
  }
  EXPECT_EQ(all, "abc");
  EXPECT_EQ(places[0], list.seen->elements[0]);
  EXPECT_EQ(places[1], list.seen->elements[0] + 1);
  EXPECT_EQ(places[2], list.seen->elements[2]);
}

TEST(Pager, GivesAPageBackBeforeTheNextOneIsFetched) {
  Listed list{{{"a", "b"}, {"c"}}};
  auto it = list.pager.begin();
  EXPECT_EQ(**it, "a");
  ++it;
  *(*it) = "changed by the reader";
  EXPECT_TRUE(list.seen->given_back.empty());
  ++it;
  EXPECT_EQ(**it, "c");
  EXPECT_EQ(list.seen->given_back, (Pages::All{{"a", "changed by the reader"}}));
  ++it;
  EXPECT_EQ(it, list.pager.end());
  EXPECT_EQ(list.seen->given_back.size(), 2U);
}

TEST(Pager, ElementBecomesAResultToKeep) {
  Listed list{{{"kept", "moved"}}};
  auto it = list.pager.begin();
  Result<std::string> const kept = *it;
  ++it;
  Result<std::string> moved = std::move(*it);
  ++it;
  EXPECT_EQ(*kept, "kept");
  EXPECT_EQ(*moved, "moved");
  EXPECT_EQ(list.seen->given_back.size(), 1U);

  std::vector<Result<std::string>> all;
  Listed other{{{"a", "b"}}, true};
  for (auto& element : other.pager) all.push_back(std::move(element));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(*all[1], "b");
  EXPECT_EQ(all[2].error().code, ErrorCode::network);
}

TEST(Pager, ErrorIsTheLastElement) {
  Listed list{{{"a"}}, true};
  int good = 0;
  int bad = 0;
  for (auto& element : list.pager) {
    if (element) {
      ++good;
      EXPECT_EQ(element.value(), "a");
      EXPECT_EQ(element->size(), 1U);
    } else {
      ++bad;
      EXPECT_EQ(element.error().code, ErrorCode::network);
      EXPECT_THROW(static_cast<void>(element.value()), BadResultAccess);
    }
  }
  EXPECT_EQ(good, 1);
  EXPECT_EQ(bad, 1);
  EXPECT_EQ(list.pager.begin(), list.pager.end());
}

TEST(Pager, NextPageGivesTheRestOfTheCurrentOne) {
  Listed list{{{"a", "b", "c"}, {"d", "e"}, {"f"}}};
  auto it = list.pager.begin();
  ++it;
  auto rest = list.pager.next_page();
  ASSERT_TRUE(rest && *rest);
  EXPECT_EQ((*rest)->items, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(list.pager.resume_token(), "1/3");
  auto whole = list.pager.next_page();
  ASSERT_TRUE(whole && *whole);
  EXPECT_EQ((*whole)->items, (std::vector<std::string>{"d", "e"}));
  EXPECT_EQ((*whole)->items.data(), list.seen->elements[1]) << "a whole page is handed over as it is";
  EXPECT_EQ(list.pager.resume_token(), "2/2");
  EXPECT_EQ(**list.pager.begin(), "f");
  auto last = list.pager.next_page();
  ASSERT_TRUE(last && *last);
  EXPECT_EQ((*last)->items, std::vector<std::string>{"f"});
  auto const end = list.pager.next_page();
  ASSERT_TRUE(end);
  EXPECT_FALSE(*end);
  EXPECT_EQ(list.pager.begin(), list.pager.end());
}

TEST(Pager, NextPageGivesTheErrorOnce) {
  Listed list{{{"a"}}, true};
  EXPECT_EQ(**list.pager.begin(), "a");
  EXPECT_TRUE(list.pager.next_page());
  auto const error = list.pager.next_page();
  ASSERT_FALSE(error);
  auto const end = list.pager.next_page();
  ASSERT_TRUE(end);
  EXPECT_FALSE(*end);
}

TEST(Pager, CollectsAndGoesOnBehindTheLimit) {
  Listed list{{{"a", "b"}, {"c", "d"}}};
  EXPECT_EQ(*list.pager.collect(3), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(list.pager.resume_token(), "2/1");
  EXPECT_EQ(*list.pager.collect(), std::vector<std::string>{"d"});
  EXPECT_TRUE(list.pager.collect()->empty());
}

}  // namespace
}  // namespace polycampaign
