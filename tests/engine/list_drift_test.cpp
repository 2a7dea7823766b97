#include "engine/read_list.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

namespace polycampaign::test {
namespace {

TEST(ListDrift, InsertionsGiveNoDuplicates) {
  for (auto const paging : {Paging::offset, Paging::numbered})
    for (int const prefetch : {1, 4}) {
      Shop shop{95, {.paging = paging, .max_page_size = 10}};
      shop.server.before_page = [&](int page) {
        if (page == 3)
          shop.server.lines.insert(shop.server.lines.begin(), {"n1|1700000001||", "n0|1700000000||"});
      };
      auto pager = shop.list({}, {.prefetch = prefetch});
      EXPECT_EQ(ids_of(pager), ids_from_to(0, 95)) << "what came later is not of this list";
      EXPECT_EQ(pager.report().duplicates, 2);
      EXPECT_TRUE(pager.report().total_moved);
      EXPECT_TRUE(pager.report().missed.empty());
    }
}

TEST(ListDrift, DeletionsPassNobodyOver) {
  for (auto const paging : {Paging::offset, Paging::numbered})
    for (int const prefetch : {1, 2, 4, 8})
      for (int const at : {2, 3, 5, 8, 10})
        for (std::size_t const deleted : {1U, 3U, 10U, 15U}) {
          Shop shop{100, {.paging = paging, .max_page_size = 10}};
          shop.server.before_page = [&](int page) {
            if (page == at)
              shop.server.lines.erase(shop.server.lines.begin(),
                                      shop.server.lines.begin() + static_cast<std::ptrdiff_t>(deleted));
          };
          auto pager = shop.list({}, {.prefetch = prefetch});
          auto ids = ids_of(pager);
          std::set<std::string> const unique{ids.begin(), ids.end()};
          EXPECT_EQ(unique.size(), ids.size());
          // whoever lives until the end is there
          for (auto n = deleted; n < 100; ++n)
            EXPECT_TRUE(unique.contains("c" + std::to_string(n)))
                << "c" << n << ", prefetch " << prefetch << ", " << deleted << " deleted before page " << at;
          EXPECT_TRUE(pager.report().total_moved);
          EXPECT_TRUE(pager.report().missed.empty());
          EXPECT_TRUE(pager.report().complete);
        }
}

TEST(ListDrift, PageBeforeTheBorderIsReadAgainOnce) {
  Shop shop{40};
  shop.server.before_page = [&](int page) {
    if (page == 3) shop.server.lines.erase(shop.server.lines.begin());
  };
  auto pager = shop.list({}, {.prefetch = 1});
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 40));
  std::vector<std::string> asked;
  for (auto const& page : shop.pages_asked()) asked.push_back(page.substr(page.find("offset=") + 7));
  EXPECT_EQ(asked, (std::vector<std::string>{"0", "10", "20", "10", "20", "30"}));
}

TEST(ListDrift, MoreDeletionsThanPagesRememberedAreAdmitted) {
  Shop shop{400};
  shop.server.before_page = [&](int page) {
    if (page == 20) shop.server.lines.erase(shop.server.lines.begin(), shop.server.lines.begin() + 100);
  };
  auto pager = shop.list({}, {.prefetch = 1});
  auto const ids = ids_of(pager);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_EQ(pager.report().missed.size(), 1U);
}

// A page token may count records: then a deletion pulls others over the border, and nobody can tell which.
TEST(ListDrift, TokenListsAreNeverReadAgainAndSaySo) {
  Shop shop{40, {.paging = Paging::token, .max_page_size = 10}};
  shop.server.before_page = [&](int page) {
    if (page == 3) shop.server.lines.pop_back();
  };
  auto pager = shop.list();
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 39));
  EXPECT_EQ(shop.pages_asked().size(), 4U);
  EXPECT_TRUE(pager.report().total_moved);
  ASSERT_EQ(pager.report().missed.size(), 1U);
  EXPECT_NE(pager.report().missed[0].find("total fell by 1"), std::string::npos) << pager.report().missed[0];
}

TEST(ListDrift, DeletionsUnderPageTokensThatCountRecordsAreAdmitted) {
  Shop shop{40, {.paging = Paging::token, .max_page_size = 10}};
  shop.server.before_page = [&](int page) {
    if (page == 2 || page == 3) shop.server.lines.erase(shop.server.lines.begin());
  };
  auto pager = shop.list();
  EXPECT_EQ(ids_of(pager).size(), 38U) << "c10 and c21 were passed over";
  ASSERT_EQ(pager.report().missed.size(), 1U);
  EXPECT_NE(pager.report().missed[0].find("total fell by 2"), std::string::npos) << pager.report().missed[0];
}

TEST(ListDrift, InsertionsUnderPageTokensAreOfAnotherWalk) {
  Shop shop{40, {.paging = Paging::token, .max_page_size = 10}};
  shop.server.before_page = [&](int page) {
    if (page == 3) shop.server.lines.insert(shop.server.lines.begin(), "n0|1700000001||");
  };
  auto pager = shop.list();
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 40));
  EXPECT_TRUE(pager.report().missed.empty());
}

TEST(ListDrift, TotalsOfDifferentWindowsAreNotCompared) {
  Shop shop{0, {.paging = Paging::windows, .max_page_size = 10}};
  for (std::size_t n = 0; n < 100; ++n) shop.server.lines.push_back(acme_line(n));
  auto pager = shop.list();
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 100));
  EXPECT_FALSE(pager.report().total_moved) << "33, 33 and 34";
}

/// A vendor whose list changes at any moment, also between the answers of requests in flight together, which
/// it makes in any order.
class RestlessShop {
 public:
  RestlessShop(Paging paging, std::uint32_t seed, int changes_in_ten, int answers_between_changes = 0)
      : random_{seed}, changes_{changes_in_ten}, between_{answers_between_changes} {
    for (std::size_t n = 0; n < 150; ++n) server_.lines.push_back(acme_line(n));
    engine_.emplace(engine::EngineOptions{.adapter = std::make_shared<Acme>(AcmeOptions{
                                              .paging = paging, .log_in = false, .max_page_size = 10}),
                                          .transport = transport_});
  }

  /// Ids in the order of their delivery, all by one thread: whenever the list waits, the vendor answers one
  /// of the requests that it holds.
  std::vector<std::string> read_list(int prefetch) {
    CampaignReader read_list{engine_->core(), {}, {.prefetch = prefetch}};
    auto const waker = std::make_shared<runtime::Event>();
    std::vector<std::string> ids;
    for (;;) {
      auto page = read_list.poll(waker);
      if (!page) {
        auto const held = transport_->held();
        if (held.empty()) {
          ADD_FAILURE() << "waits for nothing";
          return ids;
        }
        change();
        auto const& url = held[random_() % held.size()];
        static_cast<void>(transport_->answer(url, server_(HttpRequest{.url = url, .action = Action::read})));
        continue;
      }
      if (!*page) {
        ADD_FAILURE() << to_string(page->error());
        return ids;
      }
      if (!**page) break;
      for (auto const& campaign : (**page)->items) ids.push_back(campaign.id);
    }
    missed = read_list.report().missed;
    return ids;
  }

  /// Of those that were there at the start.
  std::vector<std::string> survivors() const {
    std::vector<std::string> ids;
    for (auto const& line : server_.lines)
      if (line.front() == 'c') ids.push_back(line.substr(0, line.find('|')));
    return ids;
  }

  std::vector<std::string> missed{};

 private:
  void change() {
    if (quiet_-- > 0 || static_cast<int>(random_() % 10) >= changes_) return;
    quiet_ = between_;
    auto& lines = server_.lines;
    if (random_() % 2 == 0) {
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(random_() % lines.size()));
    } else {
      lines.insert(lines.begin(), "n" + std::to_string(inserted_++) + "|1700000001||");
    }
  }

  std::mt19937 random_;
  int changes_;
  int between_;
  int quiet_ = 0;
  std::size_t inserted_ = 0;
  AcmeServer server_{};
  std::shared_ptr<HeldTransport> transport_ = std::make_shared<HeldTransport>();
  std::optional<engine::Engine> engine_{};
};

TEST(ListDrift, DeletionsAndInsertionsAtOnceNeverRepeatOrPassOver) {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    // One after the other: the vendor answers in the order of the requests.
    RestlessShop shop{seed % 2 == 0 ? Paging::offset : Paging::numbered, seed, 3};
    auto const ids = shop.read_list(1);
    std::set<std::string> const unique{ids.begin(), ids.end()};
    ASSERT_EQ(unique.size(), ids.size()) << seed;
    ASSERT_TRUE(shop.missed.empty()) << seed << shop.missed.front();
    for (auto const& id : shop.survivors()) ASSERT_TRUE(unique.contains(id)) << id << ", seed " << seed;
  }
}

TEST(ListDrift, RequestsInFlightMayBeAnsweredInAnyOrder) {
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    auto const prefetch = static_cast<int>(seed % 6) + 1;
    // An insertion and a deletion between answers of the same requests in flight leave no trace in the
    // totals.
    RestlessShop shop{seed % 2 == 0 ? Paging::offset : Paging::numbered, seed, 3, 2 * prefetch};
    auto const ids = shop.read_list(prefetch);
    std::set<std::string> const unique{ids.begin(), ids.end()};
    ASSERT_EQ(unique.size(), ids.size()) << seed;
    ASSERT_TRUE(shop.missed.empty()) << seed << shop.missed.front();
    for (auto const& id : shop.survivors()) ASSERT_TRUE(unique.contains(id)) << id << ", seed " << seed;
  }
}

TEST(ListDrift, RandomDeletionsAndInsertionsNeverRepeatOrPassOver) {
  std::mt19937 random{20210427};
  for (int round = 0; round < 300; ++round) {
    auto const prefetch = static_cast<int>(random() % 6) + 1;
    Shop shop{150, {.paging = round % 2 == 0 ? Paging::offset : Paging::numbered, .max_page_size = 10}};
    std::size_t inserted = 0;
    auto const deleting = round % 3 != 0;
    shop.server.before_page = [&](int) {
      if (random() % 3 != 0) return;
      auto& lines = shop.server.lines;
      auto const place = lines.begin() + static_cast<std::ptrdiff_t>(random() % lines.size());
      if (deleting) {
        lines.erase(place);
      } else {
        lines.insert(lines.begin(), "n" + std::to_string(inserted++) + "|1700000001||");
      }
    };
    auto pager = shop.list({}, {.prefetch = prefetch});
    auto const ids = ids_of(pager);
    std::set<std::string> const unique{ids.begin(), ids.end()};
    ASSERT_EQ(unique.size(), ids.size()) << round;
    for (auto const& line : shop.server.lines) {
      auto const id = line.substr(0, line.find('|'));
      if (id.front() == 'c') {
        ASSERT_TRUE(unique.contains(id)) << id << " in round " << round << ", prefetch " << prefetch;
      }
    }
  }
}

}  // namespace
}  // namespace polycampaign::test
