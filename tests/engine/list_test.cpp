#include "engine/read_list.hpp"

#include <cstdint>
#include <functional>
#include <future>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

TEST(List, GivesEachCampaignOnceInOrderForEveryKindOfPaging) {
  for (auto const paging : every_paging)
    for (std::size_t const count : {0U, 1U, 9U, 10U, 11U, 20U, 95U, 230U})
      for (int const prefetch : {1, 2, 4, 16}) {
        Shop shop{count, {.paging = paging, .max_page_size = 10}};
        auto pager = shop.list({}, {.prefetch = prefetch});
        EXPECT_EQ(ids_of(pager), ids_from_to(0, count)) << static_cast<int>(paging) << ' ' << prefetch;
        auto const report = pager.report();
        EXPECT_TRUE(report.complete);
        EXPECT_EQ(report.records, static_cast<std::int64_t>(count));
        EXPECT_EQ(report.delivered, report.records);
        EXPECT_EQ(report.duplicates, 0);
        EXPECT_FALSE(report.total_moved);
        EXPECT_TRUE(report.missed.empty());
        EXPECT_EQ(report.windows, paging == Paging::windows ? 3 : 0);
        EXPECT_EQ(report.pages, static_cast<std::int64_t>(shop.pages_asked().size())) << "no page too many";
      }
}

TEST(List, GoesOnWithoutATotalUntilTheVendorsEnd) {
  for (auto const paging : {Paging::offset, Paging::numbered, Paging::token}) {
    Shop shop{37, {.paging = paging, .max_page_size = 10}};
    shop.server.tell_total = false;
    EXPECT_EQ(ids_of(shop.list()), ids_from_to(0, 37));
  }
}

TEST(List, FollowsASmallerPageThanAskedFor) {
  for (bool const tell_total : {true, false})
    for (int const prefetch : {1, 4}) {
      Shop shop{95, {.max_page_size = 50}};
      shop.server.cap = 20;
      shop.server.tell_total = tell_total;
      EXPECT_EQ(ids_of(shop.list({}, {.prefetch = prefetch})), ids_from_to(0, 95));
    }
}

TEST(List, AsksForNothingBeforeItIsRead) {
  Shop shop{10};
  {
    auto const pager = shop.list();
    EXPECT_EQ(pager.resume_token(), "");
  }
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(List, FetchesTheFirstPageAloneAndThenAsManyAsAllowed) {
  struct Row {
    Paging paging;
    int prefetch;
    std::vector<std::size_t> asked;  ///< after one page was read, after two, ...
  };
  for (auto const& row : {Row{Paging::offset, 1, {1, 2, 3}}, Row{Paging::offset, 4, {5, 6, 7}},
                          Row{Paging::numbered, 2, {3, 4, 5}}, Row{Paging::token, 4, {2, 3, 4}},
                          Row{Paging::offset, 16, {10, 10, 10}}}) {
    Shop shop{100, {.paging = row.paging, .max_page_size = 10}};
    auto pager = shop.list({}, {.prefetch = row.prefetch});
    for (auto const asked : row.asked) {
      auto const page = pager.next_page();
      ASSERT_TRUE(page && *page);
      EXPECT_EQ(shop.pages_asked().size(), asked) << static_cast<int>(row.paging) << ' ' << row.prefetch;
    }
  }
}

TEST(List, ClampsPageSizeAndPrefetch) {
  struct Row {
    std::optional<int> page_size;
    std::optional<int> prefetch;
    std::string size;
    std::size_t asked;
  };
  for (auto const& [page_size, prefetch, size, asked] :
       {Row{{}, {}, "size=10", 5}, Row{0, 0, "size=1&", 1}, Row{-7, -7, "size=1&", 1},
        Row{1000, 1000, "size=10", 17}, Row{3, 3, "size=3", 4}}) {
    Shop shop{1000};
    auto pager = shop.list({}, {.page_size = page_size, .prefetch = prefetch});
    ASSERT_TRUE(pager.next_page());
    EXPECT_EQ(shop.pages_asked().size(), asked);
    EXPECT_NE(shop.pages_asked().front().find(size), std::string::npos) << shop.pages_asked().front();
  }
}

TEST(List, DeliversPagesInOrderHoweverTheyCome) {
  auto const transport = std::make_shared<HeldTransport>();
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 10}),
                         .transport = transport}};
  AcmeServer server{50};
  auto ids = std::async(std::launch::async, [&] {
    return ids_of(
        Pager<Campaign>{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})});
  });
  auto const answer = [&](std::string const& url) {
    ASSERT_TRUE(transport->answer(url, server({.url = "https://acme.example/list?part=0&size=10&" + url})));
  };
  transport->wait_for(1);
  answer("offset=0");
  transport->wait_for(5);
  for (auto const* page : {"offset=40", "offset=30", "offset=20", "offset=10"}) answer(page);
  EXPECT_EQ(ids.get(), ids_from_to(0, 50));
}

/// Calls `watch` before a page's response is decoded, on whatever thread that happens.
struct WatchedAcme final : Acme {
  explicit WatchedAcme(AcmeOptions options) : Acme{std::move(options)} {}
  Result<protocol::Exchange<protocol::ListPage<Campaign>>> page(protocol::ListQuery const& query,
                                                                protocol::PageKey const& key) const override {
    auto exchange = Acme::page(query, key);
    if (!exchange) return exchange;
    exchange->decode = [decode = exchange->decode, watch = watch,
                        offset = key.offset](HttpResponse response) {
      watch(offset);
      return decode(std::move(response));
    };
    return exchange;
  }
  std::function<void(std::int64_t)> watch = [](std::int64_t) {};
};

TEST(List, RequestsTheNextPageBeforeItDecodesTheOneThatHasArrived) {
  auto const adapter = std::make_shared<WatchedAcme>(AcmeOptions{.log_in = false, .max_page_size = 10});
  AcmeServer server{100};
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& r) { return server(r); });
  std::vector<std::size_t> requested;  // when each page is decoded
  adapter->watch = [&](std::int64_t) { requested.push_back(transport->count("/list?")); };
  engine::Engine engine{{.adapter = adapter, .transport = transport}};
  Pager<Campaign> pager{
      std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{.prefetch = 2})};
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 100));
  EXPECT_EQ(requested, (std::vector<std::size_t>{1, 4, 5, 6, 7, 8, 9, 10, 10, 10}));
}

TEST(List, PageThatFailedAheadIsSentAgainWhenItsTurnComes) {
  Shop shop{50};
  int failures = 2;
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    if (request.url.find("offset=20") != std::string::npos && failures-- > 0)
      return Result<HttpResponse>{status(503)};
    return shop.server(request);
  });
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.max_page_size = 10}),
                         .transport = transport,
                         .clock = shop.clock}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  auto const first = pager.next_page();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ(transport->count("offset=20"), 1U);
  EXPECT_TRUE(shop.clock->waits().empty()) << "nobody waits for it yet";
  EXPECT_EQ(ids_of(pager), ids_from_to(10, 50));
  EXPECT_EQ(transport->count("offset=20"), 3U);
  EXPECT_EQ(shop.clock->waits(), (std::vector<std::chrono::milliseconds>{250ms, 500ms}));
}

TEST(List, TokenThatExpiresIsRenewedOnceForAllPagesInFlight) {
  int renewals = 0;
  bool expired = false;
  AcmeServer server{100};
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    if (request.url.ends_with("/log_in") || request.url.ends_with("/refresh")) {
      expired = false;
      ++renewals;
      return Result<HttpResponse>{ok("access-" + std::to_string(renewals) + " refresh -")};
    }
    if (expired || request.headers.back().value != "access-" + std::to_string(renewals))
      return Result<HttpResponse>{status(401)};
    return server(request);
  });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.max_page_size = 10}), .transport = transport}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  ASSERT_TRUE(pager.next_page());
  expired = true;
  ASSERT_TRUE(pager.next_page());
  EXPECT_EQ(ids_of(pager), ids_from_to(20, 100));
  EXPECT_EQ(renewals, 2);
}

TEST(List, ErrorIsTheLastElement) {
  Shop shop{50};
  shop.server.before_page = [&](int page) {
    if (page == 2) shop.server.lines.clear();
  };
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    return request.url.find("offset=30") != std::string::npos ? Result<HttpResponse>{status(403)}
                                                              : AcmeServer{50}(request);
  });
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 10}),
                         .transport = transport}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  std::size_t good = 0;
  std::vector<ErrorCode> errors;
  for (auto const& campaign : pager) {
    if (campaign) {
      ++good;
    } else {
      errors.push_back(campaign.error().code);
    }
  }
  EXPECT_EQ(good, 30U);
  EXPECT_EQ(errors, std::vector{ErrorCode::permission_denied});
  EXPECT_FALSE(pager.report().complete);
  auto const after = pager.next_page();
  ASSERT_TRUE(after);
  EXPECT_FALSE(*after);
}

TEST(List, LimitCountsWhatIsDeliveredAndStopsTheTraffic) {
  for (std::int64_t const limit : {1, 9, 10, 11, 25, 100, 1000}) {
    Shop shop{95};
    auto pager = shop.list({.limit = limit});
    auto const expected = static_cast<std::size_t>(std::min<std::int64_t>(limit, 95));
    EXPECT_EQ(ids_of(pager), ids_from_to(0, expected));
    EXPECT_EQ(shop.pages_asked().size(), (expected + 9) / 10) << "not a page beyond limit " << limit;
    EXPECT_EQ(pager.report().complete, limit > 95) << limit;
  }
}

TEST(List, LimitAtTheVeryEndIsTheEnd) {
  Shop shop{20};
  auto pager = shop.list({.limit = 20});
  EXPECT_EQ(ids_of(pager), ids_from_to(0, 20));
  EXPECT_TRUE(pager.report().complete);
}

TEST(List, LimitOfZeroAsksForNothing) {
  Shop shop{20};
  EXPECT_TRUE(ids_of(shop.list({.limit = 0})).empty());
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(List, LimitIsCountedAfterFilters) {
  Shop shop{95};
  auto pager = shop.list({.statuses = {StatusCode::draft}, .limit = 5});
  EXPECT_EQ(ids_of(pager), (std::vector<std::string>{"c2", "c5", "c8", "c11", "c14"}));
  EXPECT_EQ(pager.report().filtered, 10);
  EXPECT_EQ(pager.report().client_filters, std::vector<std::string>{"statuses"});
}

TEST(List, CampaignsWithoutTimeAreCountedWhenABoundIsGiven) {
  Shop shop{10};
  shop.server.lines[3] = "c3||draft|timeless";
  auto pager = shop.list({.since = std::chrono::sys_seconds{1'700'000'000s - 5h}});
  EXPECT_EQ(ids_of(pager), (std::vector<std::string>{"c0", "c1", "c2", "c4", "c5"}));
  EXPECT_EQ(pager.report().filtered, 5);
  EXPECT_EQ(pager.report().without_time, 1);
}

TEST(List, EmptyPeriodNeedsNoRequest) {
  Shop shop{10};
  auto const time = std::chrono::sys_seconds{1'700'000'000s};
  auto pager = shop.list({.since = time, .until = time});
  EXPECT_TRUE(ids_of(pager).empty());
  EXPECT_TRUE(pager.report().complete);
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(List, UnsupportedFilterIsRefusedBeforeAnyRequest) {
  Shop shop{10};
  auto const listed = shop.list({.destination = "4512345678"}).collect();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, ErrorCode::unsupported);
  EXPECT_EQ(listed.error().provider, "acme");
  EXPECT_NE(listed.error().message.find("destination"), std::string::npos);
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(List, UndocumentedSortKeyIsRefusedBeforeAnyRequest) {
  AcmeOptions options{.filters = {{Filter::sort, Support::native}}, .sort_keys = {"id", "date", "cost"}};
  for (auto const* good : {"id", "-id", "cost", "-date"}) {
    Shop shop{10, options};
    EXPECT_EQ(ids_of(shop.list({.sort = good})), ids_from_to(0, 10));
  }
  for (auto const* bad : {"name", "--id", "-", "ID", "id,date", " id"}) {
    Shop shop{10, options};
    auto const listed = shop.list({.sort = bad}).collect();
    ASSERT_FALSE(listed) << bad;
    EXPECT_EQ(listed.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(listed.error().message.find("id, date or cost"), std::string::npos) << listed.error().message;
    EXPECT_TRUE(shop.transport->requests().empty());
  }
  options.sort_keys.clear();
  Shop undocumented{10, options};
  EXPECT_EQ(ids_of(undocumented.list({.sort = "name"})), ids_from_to(0, 10));
}

/// Has no request for a page behind the second, or none at all.
class Choosy final : public Acme {
 public:
  explicit Choosy(bool from_the_first) : Acme{{.log_in = false, .max_page_size = 10}}, all_{from_the_first} {}
  Result<protocol::PageKey> first(protocol::ListQuery const& query) const override {
    if (all_) return refusal();
    return Acme::first(query);
  }
  Result<protocol::Exchange<protocol::ListPage<Campaign>>> page(protocol::ListQuery const& query,
                                                                protocol::PageKey const& key) const override {
    if (key.offset >= 20) return refusal();
    return Acme::page(query, key);
  }

 private:
  static Error refusal() { return {.code = ErrorCode::invalid_argument, .message = "not like that"}; }
  bool all_;
};

TEST(List, VendorMayRefuseTheQueryOrAPage) {
  for (bool const from_the_first : {true, false})
    for (int const prefetch : {1, 4}) {
      auto const transport = std::make_shared<HandlerTransport>(AcmeServer{50});
      engine::Engine engine{{.adapter = std::make_shared<Choosy>(from_the_first), .transport = transport}};
      Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{},
                                                             ListOptions{.prefetch = prefetch})};
      std::vector<std::string> ids;
      std::optional<Error> error;
      for (auto const& campaign : pager) {
        if (campaign)
          ids.push_back(campaign->id);
        else
          error = campaign.error();
      }
      EXPECT_EQ(ids, ids_from_to(0, from_the_first ? 0 : 20));
      ASSERT_TRUE(error);
      EXPECT_EQ(error->code, ErrorCode::invalid_argument);
      EXPECT_EQ(error->provider, "acme");
      EXPECT_EQ(transport->requests().size(), from_the_first ? 0U : 2U);
    }
}

TEST(List, TimeoutThatIsNotPositiveIsRefusedBeforeAnyRequest) {
  Shop shop{10};
  auto const listed = shop.list({}, {.call = {.timeout = 0ms}}).collect();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(shop.transport->requests().empty());
}

TEST(List, DeadlineHoldsForTheWholeWalk) {
  Shop shop{50};
  auto pager = shop.list({}, {.call = {.deadline = QuickClock::start + 10s}});
  ASSERT_TRUE(pager.next_page());
  shop.clock->advance(10s);
  auto const late = pager.next_page();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
}

TEST(List, CancellationEndsItEvenWithPagesAtHand) {
  Shop shop{50};
  CancelSource source;
  auto pager = shop.list({}, {.call = {.cancel = source.token()}});
  ASSERT_TRUE(pager.next_page());
  source.cancel();
  auto const canceled = pager.next_page();
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().code, ErrorCode::canceled);
}

TEST(List, LeavingItAbandonsThePagesInFlight) {
  auto const transport = std::make_shared<HeldTransport>();
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 10}),
                         .transport = transport}};
  {
    Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
    auto first = std::async(std::launch::async, [&] { return pager.next_page(); });
    transport->wait_for(1);
    ASSERT_TRUE(transport->answer("offset=0", AcmeServer{100}({.url = "/list?part=0&size=10&offset=0"})));
    ASSERT_TRUE(first.get());
    EXPECT_EQ(transport->held().size(), 4U);
  }
  EXPECT_TRUE(transport->held().empty());
}

TEST(List, OutlivesTheEngineAndEndsWithCanceled) {
  auto shop = std::make_unique<Shop>(50);
  auto pager = shop->list();
  ASSERT_TRUE(pager.next_page());
  shop.reset();
  auto const after = pager.next_page();
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::canceled);
}

TEST(List, TellsWhatItCannotShow) {
  Shop shop{1};
  auto pager = shop.list();
  ASSERT_TRUE(pager.collect());
  EXPECT_EQ(pager.report().unseen,
            (std::vector<std::string>{"Campaigns of the web site.", "Drafts of others."}));
}

TEST(List, EmptyPageWithAFurtherTokenGoesOn) {
  auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& request) {
    if (request.url.ends_with("token=")) return ok("next=a\n");
    if (request.url.ends_with("token=a")) return ok("next=b\n");
    return ok("page=\nc1|1700000000||\n");
  });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.paging = Paging::token, .log_in = false}),
       .transport = transport}};
  EXPECT_EQ(ids_of(Pager<Campaign>{
                std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})}),
            std::vector<std::string>{"c1"});
}

TEST(List, TokenSeenTwiceEndsWithProtocol) {
  auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& request) {
    if (request.url.ends_with("token=")) return ok("next=a\nc1|1||\n");
    if (request.url.ends_with("token=a")) return ok("next=b\nc2|1||\n");
    return ok("next=a\nc3|1||\n");
  });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.paging = Paging::token, .log_in = false}),
       .transport = transport}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  std::vector<std::string> ids;
  std::optional<Error> error;
  for (auto const& campaign : pager) {
    if (campaign) {
      ids.push_back(campaign->id);
    } else {
      error = campaign.error();
    }
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"c1", "c2", "c3"})) << "what came before is good";
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::protocol);
  EXPECT_EQ(error->provider, "acme");
  EXPECT_EQ(transport->requests().size(), 3U);
}

TEST(List, PageIsDeliveredBeforeTheErrorOfWhatFollowsIt) {
  for (auto const paging : {Paging::token, Paging::offset}) {
    auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const& request) {
      auto const first = request.url.ends_with("token=") || request.url.ends_with("offset=0");
      return ok(first ? "total=50 next=a\nc0|1||\nc1|1||" : "total=50 next=b stuck=bad-link\nc2|1||\nc3|1||");
    });
    engine::Engine engine{{.adapter = std::make_shared<Acme>(
                               AcmeOptions{.paging = paging, .log_in = false, .max_page_size = 2}),
                           .transport = transport}};
    Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
    std::vector<std::string> ids;
    std::optional<Error> error;
    for (auto const& campaign : pager) {
      if (campaign)
        ids.push_back(campaign->id);
      else
        error = campaign.error();
    }
    EXPECT_EQ(ids, ids_from_to(0, 4));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::protocol);
    EXPECT_EQ(error->message, "bad-link");
    EXPECT_FALSE(pager.report().complete);
  }
}

TEST(List, VendorThatIgnoresTheOffsetEndsWithProtocol) {
  auto const transport =
      std::make_shared<HandlerTransport>([](auto const&) { return ok("page=\nc1|1||\nc2|1||\n"); });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
  auto const listed = pager.collect();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, ErrorCode::protocol);
  EXPECT_EQ(pager.report().delivered, 2);
}

TEST(List, PageOfMoreThanTenLargestPagesEndsWithProtocol) {
  for (std::size_t const records : {10'000U, 10'001U}) {
    std::string body = "total=" + std::to_string(records);
    for (std::size_t i = 0; i < records; ++i) body += '\n' + std::to_string(i);
    auto const transport = std::make_shared<HandlerTransport>([&](auto const&) { return ok(body); });
    engine::Engine engine{
        {.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
    Pager<Campaign> pager{std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{})};
    auto const page = pager.next_page();
    EXPECT_EQ(page.has_value(), records == 10'000) << records;
    if (!page) {
      EXPECT_EQ(page.error().code, ErrorCode::protocol);
    }
  }
}

TEST(List, DuplicatesOfTheLastPagesAreLeftOutButNeverRecordsWithoutAnId) {
  Shop shop{30};
  shop.server.lines[12] = shop.server.lines[4];
  shop.server.lines[13] = shop.server.lines[11];
  shop.server.lines[20] = "|1700000000||no id";
  shop.server.lines[21] = "|1700000000||no id";
  auto pager = shop.list();
  auto const ids = ids_of(pager);
  EXPECT_EQ(ids.size(), 28U);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), ""), 2);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "c4"), 1);
  EXPECT_EQ(pager.report().duplicates, 2);
  EXPECT_EQ(pager.report().records, 30);
}

TEST(ListDetails, CompletesEachCampaignBeforeItIsDelivered) {
  Shop shop{25};
  auto pager = shop.list({}, {.fetch_details = true});
  auto const listed = pager.collect();
  ASSERT_TRUE(listed);
  EXPECT_EQ(ids_of(*listed), ids_from_to(0, 25));
  for (auto const& campaign : *listed) EXPECT_EQ(campaign.text, "text of " + campaign.id);
  EXPECT_TRUE(pager.report().complete);
}

TEST(ListDetails, AreAskedForAheadAndDeliveredInOrder) {
  auto const transport = std::make_shared<HeldTransport>();
  engine::Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false, .max_page_size = 10}),
                         .transport = transport}};
  CampaignReader read_list{engine.core(), {}, {.prefetch = 3, .fetch_details = true}};
  auto const waker = std::make_shared<runtime::Event>();
  ASSERT_FALSE(read_list.poll(waker));
  std::string lines = "total=5";
  for (std::size_t n = 0; n < 5; ++n) lines += '\n' + acme_line(n);
  ASSERT_TRUE(transport->answer("/list", ok(lines)));
  ASSERT_FALSE(read_list.poll(waker));
  EXPECT_EQ(transport->held().size(), 3U);
  // the answers come in the other order
  for (std::size_t const n : {2U, 1U}) {
    ASSERT_TRUE(transport->answer('c' + std::to_string(n), ok(acme_line(n))));
    ASSERT_FALSE(read_list.poll(waker)) << n;
  }
  ASSERT_TRUE(transport->answer("c0", ok(acme_line(0))));
  auto const page = read_list.poll(waker);
  ASSERT_TRUE(page && *page && **page);
  EXPECT_EQ(ids_of((**page)->items), ids_from_to(0, 3));
  ASSERT_FALSE(read_list.poll(waker));
  EXPECT_EQ(transport->held().size(), 2U);
}

TEST(ListDetails, AsksOnlyForWhatTheListDoesNotRuleOut) {
  Shop shop{25};
  auto pager = shop.list({.statuses = {StatusCode::draft}, .text = "text of c1"}, {.fetch_details = true});
  EXPECT_EQ(ids_of(pager), (std::vector<std::string>{"c11", "c14", "c17"}));
  EXPECT_EQ(shop.transport->count("/get/"), 8U) << "drafts only; the text is not in the list";
  EXPECT_EQ(pager.report().filtered, 22);
}

TEST(ListDetails, OnesThatDoNotFitHoldUpNobody) {
  for (int const prefetch : {1, 3}) {
    Shop shop{12};
    auto pager = shop.list({.text = "text of c11"}, {.prefetch = prefetch, .fetch_details = true});
    EXPECT_EQ(ids_of(pager), ids_from_to(11, 12));
    EXPECT_EQ(pager.report().filtered, 11);
  }
}

TEST(ListDetails, LimitStopsTheRequests) {
  Shop shop{25};
  EXPECT_EQ(ids_of(shop.list({.limit = 3}, {.fetch_details = true})), ids_from_to(0, 3));
  EXPECT_EQ(shop.transport->count("/get/"), 3U);
}

TEST(ListDetails, CampaignThatIsGoneStaysAsItWasListed) {
  Shop shop{5};
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    return request.url.ends_with("/c3") ? Result<HttpResponse>{status(404)} : shop.server(request);
  });
  engine::Engine engine{{.adapter = std::make_shared<Acme>(), .transport = transport}};
  Pager<Campaign> pager{
      std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{.fetch_details = true})};
  auto const listed = pager.collect();
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 5U);
  EXPECT_EQ((*listed)[3].notes, std::vector<std::string>{"gone meanwhile"});
}

TEST(ListDetails, ErrorComesBehindWhatWasCompletedAndTheListCanBeTakenUp) {
  Shop shop{25};
  bool broken = true;
  auto const transport = std::make_shared<HandlerTransport>([&](HttpRequest const& request) {
    return broken && request.url.ends_with("/c13") ? Result<HttpResponse>{status(403)} : shop.server(request);
  });
  engine::Engine engine{
      {.adapter = std::make_shared<Acme>(AcmeOptions{.max_page_size = 10}), .transport = transport}};
  auto const list = [&](std::string token) {
    return Pager<Campaign>{std::make_unique<CampaignReader>(
        engine.core(), CampaignFilter{},
        ListOptions{.resume_token = std::move(token), .fetch_details = true})};
  };
  auto pager = list("");
  std::vector<std::string> ids;
  for (auto const& campaign : pager)
    if (campaign) ids.push_back(campaign->id);
  EXPECT_EQ(ids, ids_from_to(0, 13));
  broken = false;
  EXPECT_EQ(ids_of(list(pager.resume_token())), ids_from_to(13, 25));
}

}  // namespace
}  // namespace polycampaign::test
