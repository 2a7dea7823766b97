#include "polycampaign/campaign_client.hpp"
#include "polycampaign/smsup.hpp"

#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <set>

namespace polycampaign::test {
namespace {

/// SMSUP's XML list, which tells no total, over a list that changes before every page.
struct XmlShop {
  explicit XmlShop(int campaigns) {
    for (int n = 0; n < campaigns; ++n) ids.push_back("c" + std::to_string(n));
  }

  Result<HttpResponse> operator()(HttpRequest const& request) {
    before_page(++pages);
    auto const start = (std::min)(number(request.url, "start="), ids.size());
    auto const end = (std::min)(start + number(request.url, "length="), ids.size());
    std::string body = "<response><status>1</status>";
    for (auto i = start; i < end; ++i) body += "<campaign><id>" + ids[i] + "</id></campaign>";
    return ok(body + "</response>");
  }

  static std::size_t number(std::string_view url, std::string_view name) {
    std::size_t value = 0;
    auto const at = url.find(name) + name.size();
    std::from_chars(url.data() + at, url.data() + url.size(), value);
    return value;
  }

  struct Seen {
    std::vector<std::string> ids{};
    ListReport report{};
  };
  Seen read_list() {
    auto const client =
        smsup::make_client({.token = Secret{"t"}, .format = smsup::Format::xml},
                           {.transport = std::make_shared<HandlerTransport>(
                                [this](HttpRequest const& request) { return (*this)(request); })});
    auto pager = (*client)->list({}, {.page_size = 10});
    Seen seen;
    auto all = pager.collect();
    if (!all) ADD_FAILURE() << to_string(all.error());
    if (all)
      for (auto const& campaign : *all) seen.ids.push_back(campaign.id);
    seen.report = pager.report();
    return seen;
  }

  std::vector<std::string> ids;
  std::function<void(int)> before_page = [](int) {};
  int pages = 0;
};

TEST(ListsWithoutTotals, OverlapByARecordThatIsNoDuplicate) {
  XmlShop shop{35};
  auto const all = shop.ids;
  auto const seen = shop.read_list();
  EXPECT_EQ(seen.ids, all);
  EXPECT_EQ(seen.report.records, 35);
  EXPECT_EQ(seen.report.duplicates, 0);
  EXPECT_EQ(seen.report.pages, 5);
  EXPECT_FALSE(seen.report.total_moved);
  EXPECT_TRUE(seen.report.complete);
}

TEST(ListsWithoutTotals, ShowDeletionsAtTheBorder) {
  XmlShop shop{35};
  shop.before_page = [&](int page) {
    if (page == 3) shop.ids.erase(shop.ids.begin(), shop.ids.begin() + 4);
  };
  auto const seen = shop.read_list();
  EXPECT_EQ(seen.ids.size(), 35U) << "four were read before they were deleted";
  EXPECT_TRUE(seen.report.total_moved);
  EXPECT_TRUE(seen.report.missed.empty());
}

TEST(ListsWithoutTotals, EndWhenAllBehindTheReaderIsDeleted) {
  XmlShop shop{35};
  shop.before_page = [&](int page) {
    if (page == 3) shop.ids.erase(shop.ids.begin(), shop.ids.begin() + 15);
  };
  auto const seen = shop.read_list();
  EXPECT_EQ(seen.ids.size(), 35U);
  EXPECT_TRUE(seen.report.missed.empty());
}

TEST(ListsWithoutTotals, RandomChangesNeverRepeatOrPassOver) {
  std::mt19937 random{7};
  for (int round = 0; round < 300; ++round) {
    XmlShop shop{120};
    int inserted = 0;
    shop.before_page = [&](int) {
      if (random() % 3 != 0) return;
      for (auto changes = random() % 4; changes > 0 && shop.ids.size() > 1; --changes) {
        if (random() % 2 == 0) {
          shop.ids.erase(shop.ids.begin() + static_cast<std::ptrdiff_t>(random() % shop.ids.size()));
        } else {
          shop.ids.insert(shop.ids.begin(), "n" + std::to_string(inserted++));
        }
      }
    };
    auto const seen = shop.read_list();
    std::set<std::string> const unique{seen.ids.begin(), seen.ids.end()};
    ASSERT_EQ(unique.size(), seen.ids.size()) << round;
    ASSERT_TRUE(seen.report.missed.empty()) << round;
    for (auto const& id : shop.ids) {
      if (id.front() == 'c') {
        ASSERT_TRUE(unique.contains(id)) << id << ", round " << round;
      }
    }
  }
}

}  // namespace
}  // namespace polycampaign::test
