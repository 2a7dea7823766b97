#include "engine/async_list.hpp"
#include "engine/read_list.hpp"

#include <functional>
#include <future>
#include <optional>

/// Every list ends, whatever the vendor answers, and what it sent is delivered.
namespace polycampaign::test {
namespace {

using Handler = std::function<std::string(HttpRequest const&)>;

struct Outcome {
  std::vector<std::string> ids{};
  std::optional<Error> error{};
  ListReport report{};
  std::size_t requests = 0;
};

struct Site {
  Site(AcmeOptions options, Handler answer)
      : transport{std::make_shared<HandlerTransport>(
            [answer = std::move(answer)](HttpRequest const& request) { return ok(answer(request)); })},
        engine{{.adapter = std::make_shared<Acme>(std::move(options)), .transport = transport}} {}

  Outcome read(CampaignFilter filter, ListOptions options) {
    Outcome outcome;
    Pager<Campaign> pager{
        std::make_unique<CampaignReader>(engine.core(), std::move(filter), std::move(options))};
    for (auto const& campaign : pager) {
      if (campaign)
        outcome.ids.push_back(campaign->id);
      else
        outcome.error = campaign.error();
    }
    outcome.report = pager.report();
    outcome.requests = transport->requests().size();
    return outcome;
  }

  Outcome read_asynchronously(CampaignFilter filter, ListOptions options) {
    Outcome outcome;
    AsyncCampaigns list{engine.core(), engine.tasks(), std::move(filter), std::move(options)};
    for (;;) {
      std::promise<CampaignReader::NextPage> given;
      list.next_page([&](auto page) { given.set_value(std::move(page)); });
      auto const page = given.get_future().get();
      if (!page) outcome.error = page.error();
      if (!page || !*page) break;
      for (auto const& campaign : (*page)->items) outcome.ids.push_back(campaign.id);
    }
    outcome.report = list.report();
    outcome.requests = transport->requests().size();
    return outcome;
  }

  std::shared_ptr<HandlerTransport> transport;
  engine::Engine engine;
};

/// The number behind `name=` in the URL; 0 when there is none.
std::size_t number_in(HttpRequest const& request, std::string const& name) {
  auto const at = request.url.find('&' + name + '=');
  if (at == std::string::npos) return 0;
  auto const digits = request.url.substr(at + name.size() + 2);
  return digits.empty() || digits[0] == '&' ? 0 : std::stoul(digits);
}

std::string lines(std::size_t begin, std::size_t end) {
  std::string text;
  for (auto n = begin; n < end; ++n) text += '\n' + acme_line(n);
  return text;
}

std::string without_id(std::size_t count, std::string const& name) {
  std::string text;
  for (std::size_t n = 0; n < count; ++n) text += "\n|1700000000||" + name + std::to_string(n);
  return text;
}

struct Endless {
  char const* name;
  Paging paging;
  Handler answer;
  std::size_t delivered;  ///< what is good of it, at least
  std::size_t most_delivered = 0;
};

std::vector<Endless> endless_lists() {
  auto const next_token = [](HttpRequest const& r) {
    return " next=" + std::to_string(number_in(r, "token") + 1);
  };
  return {
      {"offset ignored", Paging::offset, [](auto const&) { return "page=" + lines(0, 10); }, 10},
      {"page number ignored", Paging::numbered, [](auto const&) { return "page=" + lines(0, 10); }, 10},
      {"same page under new tokens", Paging::token,
       [=](auto const& r) { return "page=1" + next_token(r) + lines(0, 10); }, 10},
      {"empty pages under new tokens", Paging::token, [=](auto const& r) { return "page=1" + next_token(r); },
       0},
      {"campaigns, then empty pages under new tokens", Paging::token,
       [=](auto const& r) {
         auto const page = number_in(r, "token");
         return "page=1" + next_token(r) + (page < 3 ? lines(10 * page, 10 * page + 10) : "");
       },
       30},
      {"offset ignored, no ids", Paging::offset, [](auto const&) { return "page=" + without_id(10, "n"); },
       10, 250},
      {"offset ignored, ids in half of the pages", Paging::offset,
       [](auto const& r) {
         return number_in(r, "offset") % 20 == 0 ? "page=" + lines(0, 10) : "page=" + without_id(10, "n");
       },
       20, 250},
      {"the last page for ever", Paging::offset,
       [](auto const& r) {
         auto const offset = std::min<std::size_t>(number_in(r, "offset"), 40);
         return "page=" + lines(offset, offset + 10);
       },
       50},
      {"offset modulo the list's length", Paging::offset,
       [](auto const& r) {
         auto const offset = number_in(r, "offset") % 70;
         return "page=" + lines(offset, offset + 10);
       },
       70},
      {"offset modulo a length that is no number of pages", Paging::offset,
       [](auto const& r) {
         std::string text = "page=";
         for (std::size_t n = 0; n < 10; ++n) text += '\n' + acme_line((number_in(r, "offset") + n) % 73);
         return text;
       },
       73},
      {"offset modulo a length beyond all memory", Paging::offset,
       [](auto const& r) {
         std::string text = "page=";
         for (std::size_t n = 0; n < 10; ++n) text += '\n' + acme_line((number_in(r, "offset") + n) % 20'003);
         return text;
       },
       20'003},
      {"a circle beyond all memory that leaves out the beginning", Paging::token,
       [=](auto const& r) {
         auto const page = number_in(r, "token");
         auto const n = page < 1000 ? page : 1000 + (page - 1000) % 900;
         return "page=1" + next_token(r) + lines(10 * n, 10 * n + 10);
       },
       19'000, 60'000},
      {"totals that grow with each page, offset ignored", Paging::offset,
       [](auto const& r) { return "total=" + std::to_string(number_in(r, "offset") + 1000) + lines(0, 10); },
       10},
      {"totals that grow with each request, pages empty", Paging::numbered,
       [total = std::make_shared<std::size_t>(100)](auto const&) {
         return "total=" + std::to_string(*total += 7);
       },
       0},
      {"totals that fall with each request, offset ignored", Paging::offset,
       [total = std::make_shared<std::size_t>(1'000'000)](auto const&) {
         return "total=" + std::to_string(--*total) + lines(0, 10);
       },
       10},
      {"totals that go up and down, pages empty", Paging::numbered,
       [total = std::make_shared<std::size_t>(0)](auto const&) {
         return "total=" + std::to_string(1000 + 7 * (++*total % 2));
       },
       0},
  };
}

TEST(ListEnd, EndsWithProtocolAndKeepsWhatWasReceived) {
  for (auto const& row : endless_lists())
    for (int const prefetch : {1, 4, 16})
      for (bool const asynchronous : {false, true}) {
        Site site{{.paging = row.paging, .log_in = false, .max_page_size = 10}, row.answer};
        auto const outcome = asynchronous ? site.read_asynchronously({}, {.prefetch = prefetch})
                                          : site.read({}, {.prefetch = prefetch});
        SCOPED_TRACE(std::string{row.name} + ", prefetch " + std::to_string(prefetch));
        ASSERT_TRUE(outcome.error);
        EXPECT_EQ(outcome.error->code, ErrorCode::protocol) << to_string(*outcome.error);
        EXPECT_EQ(outcome.error->provider, "acme");
        EXPECT_FALSE(outcome.report.complete);
        EXPECT_GE(outcome.ids.size(), row.delivered);
        EXPECT_LE(outcome.ids.size(), std::max(row.delivered, row.most_delivered));
        // beyond the pages of what was good
        EXPECT_LE(outcome.requests, std::max(row.delivered, row.most_delivered) / 10 + 150);
      }
}

TEST(ListEnd, AsksForFewPagesInVain) {
  for (int const prefetch : {1, 4, 16}) {
    Site site{{.log_in = false, .max_page_size = 10}, [](auto const&) { return "page=" + lines(0, 10); }};
    EXPECT_LE(site.read({}, {.prefetch = prefetch}).requests, 40U);
  }
}

TEST(ListEnd, AFewPagesInARowMayBeEmpty) {
  for (std::size_t const empty : {1U, 3U, 19U}) {
    Site site{{.paging = Paging::token, .log_in = false, .max_page_size = 10}, [=](HttpRequest const& r) {
                auto const page = number_in(r, "token");
                if (page == 2 * empty + 2) return "page=" + lines(20, 30);
                return "page=1 next=" + std::to_string(page + 1) +
                       (page % (empty + 1) == 0 ? lines(10 * page / (empty + 1), 10 * page / (empty + 1) + 10)
                                                : "");
              }};
    auto const outcome = site.read({}, {});
    EXPECT_FALSE(outcome.error) << empty;
    EXPECT_EQ(outcome.ids, ids_from_to(0, 30));
    EXPECT_TRUE(outcome.report.complete);
  }
}

TEST(ListEnd, CampaignsThatTheClientDropsAreNewOnes) {
  Shop shop{500};
  auto pager = shop.list({.statuses = {StatusCode::failed}});
  EXPECT_TRUE(ids_of(pager).empty());
  EXPECT_TRUE(pager.report().complete);
  EXPECT_EQ(pager.report().filtered, 500);
}

/// A hundred periods, of which only the last one has campaigns.
class Ancient final : public Acme {
 public:
  static constexpr int parts = 100;
  Ancient() : Acme{{.log_in = false, .max_page_size = 10}} {}
  int windows(protocol::ListQuery const&) const override { return parts; }
  std::vector<protocol::PageKey> ahead(protocol::ListQuery const&, protocol::PageKey const& key,
                                       protocol::PageInfo const&, std::size_t most) const override {
    std::vector<protocol::PageKey> keys;
    for (auto part = key.part + 1; part < parts && keys.size() < most; ++part)
      keys.push_back({.part = part, .size = key.size});
    return keys;
  }
};

TEST(ListEnd, EmptyPeriodsAreProgress) {
  for (std::string const total : {"total=0", "page="}) {
    auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
      return ok(request.url.find("part=99&") != std::string::npos ? "page=" + lines(0, 5) : total);
    });
    engine::Engine engine{{.adapter = std::make_shared<Ancient>(), .transport = transport}};
    Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
    EXPECT_EQ(ids_of(pager), ids_from_to(0, 5));
    EXPECT_EQ(pager.report().windows, Ancient::parts);
    EXPECT_TRUE(pager.report().complete);
    EXPECT_TRUE(pager.report().missed.empty());
  }
}

TEST(ListEnd, ManyInsertionsAreNoCircle) {
  for (auto const paging : {Paging::offset, Paging::numbered})
    for (int const prefetch : {1, 4}) {
      Shop shop{300, {.paging = paging, .max_page_size = 10}};
      std::size_t inserted = 0;
      shop.server.before_page = [&](int page) {
        for (int i = 0; i < 4 && page > 1; ++i)
          shop.server.lines.insert(shop.server.lines.begin(),
                                   "n" + std::to_string(inserted++) + "|1700000001||");
      };
      auto pager = shop.list({}, {.prefetch = prefetch});
      auto ids = ids_of(pager);
      std::erase_if(ids, [](auto const& id) { return id.front() == 'n'; });
      EXPECT_EQ(ids, ids_from_to(0, 300));
      EXPECT_TRUE(pager.report().complete);
    }
}

TEST(ListEnd, OverlongPageTokenIsNamedBehindItsPage) {
  Site site{{.paging = Paging::token, .log_in = false, .max_page_size = 10}, [](HttpRequest const& r) {
              if (number_in(r, "token") == 0) return "page=1 next=1" + lines(0, 10);
              return "next=" + std::string(1'000'000, 'x') + lines(10, 20);
            }};
  auto const outcome = site.read({}, {});
  EXPECT_EQ(outcome.ids, ids_from_to(0, 20));
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::protocol);
  EXPECT_NE(outcome.error->message.find("token for the next page has 1000000 bytes"), std::string::npos)
      << outcome.error->message;
  EXPECT_EQ(outcome.requests, 2U);
}

}  // namespace
}  // namespace polycampaign::test
