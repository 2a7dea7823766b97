#include "engine/read_list.hpp"

#include <algorithm>

/// Pages of another size than asked for, and totals that are not true.
namespace polycampaign::test {
namespace {

/// Steps by the size that it asked for, as the simplest adapter does.
class Naive final : public Acme {
 public:
  explicit Naive(Paging paging)
      : Acme{{.paging = paging, .log_in = false, .max_page_size = 500}}, paging_{paging} {}
  std::vector<protocol::PageKey> ahead(protocol::ListQuery const&, protocol::PageKey const& key,
                                       protocol::PageInfo const& info, std::size_t most) const override {
    std::vector<protocol::PageKey> keys;
    auto const step = paging_ == Paging::numbered ? 1 : key.size;
    auto next = key;
    if (!info.total) {
      next.offset += step;
      if (info.records >= key.size) keys.push_back(next);
      return keys;
    }
    for (next.offset += step; keys.size() < most; next.offset += step) {
      auto const first = paging_ == Paging::numbered ? (next.offset - 1) * key.size : next.offset;
      if (first >= *info.total) break;
      keys.push_back(next);
    }
    return keys;
  }

 private:
  Paging paging_;
};

Pager<Campaign> list(engine::Engine& engine, ListOptions options = {}) {
  return Pager<Campaign>{
      std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, std::move(options))};
}

TEST(ListTotal, PagesThatTheVendorCapsGiveEverything) {
  for (auto const paging : {Paging::offset, Paging::numbered})
    for (bool const applied : {false, true})
      for (int const prefetch : {1, 4})
        for (std::size_t const cap : {1U, 30U, 99U, 100U, 101U}) {
          AcmeServer server{100};
          server.cap = cap;
          server.tell_total = !applied;
          auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
            auto answer = server(request);
            if (applied && answer) answer->body.replace(0, 5, "applied=" + std::to_string(cap));
            return answer;
          });
          engine::Engine engine{{.adapter = std::make_shared<Naive>(paging), .transport = transport}};
          auto pager = list(engine, {.prefetch = prefetch});
          EXPECT_EQ(ids_of(pager), ids_from_to(0, 100)) << cap << (applied ? " applied" : " total");
          EXPECT_TRUE(pager.report().complete);
          EXPECT_TRUE(pager.report().missed.empty());
        }
}

TEST(ListTotal, PagesOfOtherVendorsToo) {
  for (auto const paging : every_paging) {
    Shop shop{100, {.paging = paging, .max_page_size = 500}};
    shop.server.cap = 30;
    auto pager = shop.list();
    EXPECT_EQ(ids_of(pager), ids_from_to(0, 100));
    EXPECT_TRUE(pager.report().missed.empty());
  }
}

TEST(ListTotal, ResumingACappedListKeepsItsPages) {
  for (auto const paging : {Paging::offset, Paging::numbered})
    for (std::size_t const cut : {1U, 29U, 30U, 31U, 75U}) {
      AcmeServer server{100};
      server.cap = 30;
      auto const transport = std::make_shared<HandlerTransport>(server);
      engine::Engine engine{{.adapter = std::make_shared<Naive>(paging), .transport = transport}};
      auto pager = list(engine);
      auto const head = pager.collect(cut);
      ASSERT_TRUE(head);
      auto ids = ids_of(*head);
      auto rest = list(engine, {.resume_token = pager.resume_token()});
      for (auto& id : ids_of(rest)) ids.push_back(std::move(id));
      EXPECT_EQ(ids, ids_from_to(0, 100)) << cut;
      EXPECT_TRUE(rest.report().missed.empty());
    }
}

/// Every answer begins with this line instead of the server's.
struct Reported {
  Reported(AcmeOptions options, std::size_t campaigns, std::string line)
      : server{campaigns},
        transport{
            std::make_shared<HandlerTransport>([this, line = std::move(line)](HttpRequest const& request) {
              auto answer = server(request);
              if (answer) answer->body.replace(0, answer->body.find('\n'), line);
              return answer;
            })},
        engine{{.adapter = std::make_shared<Acme>(std::move(options)), .transport = transport}} {}

  AcmeServer server;
  std::shared_ptr<HandlerTransport> transport;
  engine::Engine engine;
};

TEST(ListTotal, ImpossibleNumbersCountAsNotReported) {
  for (std::string const line : {"applied=0", "applied=-5", "applied=1000", "applied=9223372036854775807",
                                 "total=-1", "total=-9223372036854775808", "total=9223372036854775807",
                                 "total=1000000000001", "total=17", "total=0"})
    for (int const prefetch : {1, 4}) {
      Reported reported{{.log_in = false, .max_page_size = 10}, 95, line};
      auto pager = list(reported.engine, {.prefetch = prefetch});
      EXPECT_EQ(ids_of(pager), ids_from_to(0, 95)) << line;
      EXPECT_TRUE(pager.report().complete);
      EXPECT_TRUE(pager.report().missed.empty()) << line;
    }
}

TEST(ListTotal, PagesThatHoldLessThanTheTotalSaySo) {
  for (auto const paging : {Paging::offset, Paging::numbered}) {
    Reported reported{{.paging = paging, .log_in = false, .max_page_size = 10}, 97, "total=100"};
    auto pager = list(reported.engine);
    EXPECT_EQ(ids_of(pager), ids_from_to(0, 97));
    EXPECT_TRUE(pager.report().complete);
    ASSERT_EQ(pager.report().missed.size(), 1U);
    EXPECT_NE(pager.report().missed[0].find("contained 3 fewer records"), std::string::npos)
        << pager.report().missed[0];
  }
  Reported tokens{{.paging = Paging::token, .log_in = false, .max_page_size = 100}, 97, "total=99"};
  auto pager = list(tokens.engine);
  EXPECT_EQ(ids_of(pager).size(), 97U);
  EXPECT_EQ(pager.report().missed.size(), 1U);
}

TEST(ListTotal, LimitIsNoShortfall) {
  Reported reported{{.log_in = false, .max_page_size = 10}, 97, "total=100"};
  Pager<Campaign> pager{
      std::make_unique<CampaignReader>(reported.engine.core(), CampaignFilter{.limit = 20}, ListOptions{})};
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 20));
  EXPECT_TRUE(pager.report().missed.empty());
}

/// Three periods of one page each.
class Periods final : public Acme {
 public:
  Periods() : Acme{{.log_in = false}} {}
  std::vector<protocol::PageKey> ahead(protocol::ListQuery const&, protocol::PageKey const& key,
                                       protocol::PageInfo const&, std::size_t) const override {
    if (key.part == 2) return {};
    return {{.part = key.part + 1, .size = key.size}};
  }
};

TEST(ListTotal, ShortfallOfEachPeriodCounts) {
  auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& request) {
    auto const part = request.url.substr(request.url.find("part=") + 5, 1);
    return ok(part == "1" ? "total=0" : "total=3\n" + part + "-1|1||\n" + part + "-2|1||");
  });
  engine::Engine engine{{.adapter = std::make_shared<Periods>(), .transport = transport}};
  auto pager = list(engine);
  EXPECT_EQ(ids_of(pager).size(), 4U);
  ASSERT_EQ(pager.report().missed.size(), 1U);
  EXPECT_NE(pager.report().missed[0].find("contained 2 fewer records"), std::string::npos);
}

}  // namespace
}  // namespace polycampaign::test
