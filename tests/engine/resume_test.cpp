#include "engine/list_rules.hpp"
#include "engine/read_list.hpp"
#include "engine/resume_token.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace polycampaign::test {
namespace {

using engine::from_token;
using engine::ResumePoint;
using engine::to_token;

ResumePoint some_point() {
  return {.provider = "acme",
          .list = 0xFEDCBA9876543210u,
          .now = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}},
          .key = {.part = 2, .offset = 300, .size = 100, .token = std::string{"a:b\n\0|", 6}},
          .delivered = 250,
          .index = 49,
          .id = "5:id"};
}

TEST(ResumeToken, ComesBackAsItWas) {
  auto point = some_point();
  EXPECT_EQ(from_token(to_token(point)), point);
  point.index.reset();
  point.id.clear();
  point.ended = true;
  point.now = std::chrono::sys_seconds{};
  point.key.token.assign(protocol::max_token_bytes, 'x');
  EXPECT_EQ(from_token(to_token(point)), point);
}

TEST(ResumeToken, ImpossibleOnesAreRefused) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  std::vector<ResumePoint> forged;
  auto const with = [&](auto change) {
    forged.push_back(some_point());
    change(forged.back());
  };
  for (auto const number :
       {least, std::int64_t{-2}, std::int64_t{-1}, protocol::max_list_records + 1, most}) {
    with([&](auto& p) { p.key.part = number; });
    with([&](auto& p) { p.key.offset = number; });
    with([&](auto& p) { p.key.size = number; });
    with([&](auto& p) { p.key.overlap = number; });
    with([&](auto& p) { p.delivered = number; });
    with([&](auto& p) { p.now = std::chrono::sys_seconds{std::chrono::seconds{number}}; });
    if (number != -1) with([&](auto& p) { p.index = number; });
  }
  with([](auto& p) { p.key.overlap = p.key.size + 1; });
  with([](auto& p) { p.key.token.assign(protocol::max_token_bytes + 1, 'x'); });
  for (auto const& point : forged) EXPECT_FALSE(from_token(to_token(point)));
}

TEST(ResumeToken, TellsFiltersApart) {
  std::chrono::sys_seconds const time{std::chrono::seconds{1}};
  std::vector<CampaignFilter> const filters = {
      {},
      {.since = time},
      {.since = time + std::chrono::seconds{1}},
      {.until = time},
      {.planned_since = time},
      {.planned_until = time},
      {.statuses = {StatusCode::draft}},
      {.channels = {Channel::sms}},
      {.channels = {Channel::sms, Channel::viber}},
      {.search = "x"},
      {.search = "x", .text = "y"},
      {.search = "xy"},
      {.text = "x"},
      {.destination = "x"},
      {.min_messages = 1},
      {.max_messages = 1},
      {.sort = "x"},
      {.limit = 1},
  };
  using rules = engine::ListRules<ListCampaigns>;
  for (std::size_t i = 0; i < filters.size(); ++i)
    for (std::size_t k = 0; k < filters.size(); ++k)
      EXPECT_EQ(rules::hash_of({filters[i]}) == rules::hash_of({filters[k]}), i == k) << i << ' ' << k;
}

TEST(ResumeToken, IsPrintable) {
  auto const token = to_token(some_point());
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(ResumeToken, DamagedOnesAreRefused) {
  auto const token = to_token(some_point());
  for (std::size_t i = 0; i < token.size(); ++i) {
    EXPECT_FALSE(from_token(token.substr(0, i))) << i;
    auto damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'Q' : 'A';
    auto const point = from_token(damaged);
    EXPECT_TRUE(!point || *point == some_point()) << i;
  }
  for (auto const* garbage : {"", "x", "!!!", "MTp4", "99999999999999999999:", "OTk5OTk5OTk5OTk5Ong"})
    EXPECT_FALSE(from_token(garbage)) << garbage;
  EXPECT_FALSE(from_token(token + token));
}

TEST(ResumeToken, OtherSpellingsOfOneAreRefused) {
  // enough of them that each character of the alphabet occurs
  for (std::int64_t offset = 0; offset < 100; ++offset) {
    ResumePoint const point{
        .provider = "acme", .key = {.offset = offset, .size = 10}, .id = std::string(3, '?') + ">>>"};
    auto const token = to_token(point);
    ASSERT_TRUE(from_token(token));
    EXPECT_FALSE(from_token(token + "="));
    auto other = token;
    std::ranges::replace(other, '-', '+');
    std::ranges::replace(other, '_', '/');
    EXPECT_EQ(from_token(other).has_value(), other == token) << token;
  }
}

TEST(Resume, GivesExactlyTheRestFromEveryPlace) {
  struct Row {
    Paging paging;
    CampaignFilter filter;
    ListOptions options;
  };
  for (auto const& row : {Row{Paging::offset, {}, {}}, Row{Paging::numbered, {}, {}},
                          Row{Paging::token, {}, {}}, Row{Paging::windows, {}, {}},
                          Row{Paging::offset, {.statuses = {StatusCode::draft, StatusCode::sending}}, {}},
                          Row{Paging::windows, {.limit = 17}, {}},
                          Row{Paging::token, {.statuses = {StatusCode::draft}, .limit = 8}, {}},
                          Row{Paging::numbered, {}, {.page_size = 3, .prefetch = 1, .keep_raw = true}},
                          Row{Paging::offset, {.limit = 14}, {.fetch_details = true}}}) {
    Shop shop{43, {.paging = row.paging, .max_page_size = 10}};
    auto const all = ids_of(shop.list(row.filter, row.options));
    ASSERT_GT(all.size(), 5U);
    for (std::size_t cut = 0; cut <= all.size() + 1; ++cut) {
      auto pager = shop.list(row.filter, row.options);
      std::vector<std::string> ids;
      if (cut > 0) {
        auto it = pager.begin();
        for (; it != pager.end(); ++it) {
          ids.push_back((*it)->id);
          if (ids.size() == cut) break;
        }
      }
      auto options = row.options;
      options.resume_token = pager.resume_token();
      EXPECT_EQ(options.resume_token.empty(), cut == 0);
      auto rest = shop.list(row.filter, options);
      for (auto& id : ids_of(rest)) ids.push_back(std::move(id));
      EXPECT_EQ(ids, all) << "cut at " << cut << ", paging " << static_cast<int>(row.paging);
      EXPECT_TRUE(rest.report().missed.empty());
    }
  }
}

TEST(Resume, MayBeRepeatedAsOftenAsOneLikes) {
  for (auto const paging : every_paging) {
    Shop shop{37, {.paging = paging, .max_page_size = 10}};
    std::vector<std::string> ids;
    std::string token;
    for (;;) {
      auto pager = shop.list({.limit = 30}, {.resume_token = token});
      auto const it = pager.begin();
      if (it == pager.end()) break;
      ids.push_back((*it)->id);
      token = pager.resume_token();
    }
    EXPECT_EQ(ids, ids_from_to(0, 30));
  }
}

TEST(Resume, FinishedListHasNothingLeft) {
  Shop shop{37};
  auto pager = shop.list();
  ASSERT_TRUE(pager.collect());
  auto const asked = shop.pages_asked().size();
  EXPECT_TRUE(ids_of(shop.list({}, {.resume_token = pager.resume_token()})).empty());
  EXPECT_EQ(shop.pages_asked().size(), asked);
}

TEST(Resume, AfterAnErrorTheFailedPageComesNext) {
  Shop shop{37};
  auto pager = shop.list({}, {.call = {.deadline = QuickClock::start + std::chrono::seconds{1}}});
  ASSERT_TRUE(pager.next_page());
  shop.clock->advance(std::chrono::seconds{1});
  ASSERT_FALSE(pager.next_page());
  EXPECT_EQ(ids_of(shop.list({}, {.resume_token = pager.resume_token()})), ids_from_to(10, 37));
}

TEST(Resume, FailedResumeKeepsThePlace) {
  Shop shop{37};
  auto pager = shop.list();
  auto it = pager.begin();
  for (int i = 1; i < 15; ++i) ++it;
  auto late = shop.list({}, {.call = {.deadline = QuickClock::start}, .resume_token = pager.resume_token()});
  ASSERT_FALSE(late.next_page());
  EXPECT_EQ(ids_of(shop.list({}, {.resume_token = late.resume_token()})), ids_from_to(15, 37));
}

TEST(Resume, KeepsTheClockOfTheFirstWalk) {
  Shop shop{37};
  auto pager = shop.list();
  ASSERT_TRUE(pager.next_page());
  auto const before = from_token(pager.resume_token());
  shop.clock->advance(std::chrono::hours{24});
  auto later = shop.list({}, {.resume_token = pager.resume_token()});
  ASSERT_TRUE(later.next_page());
  auto const after = from_token(later.resume_token());
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->now, after->now);
}

TEST(Resume, FindsItsPlaceByIdInAPageThatMoved) {
  Shop shop{40};
  auto pager = shop.list();
  auto it = pager.begin();
  for (int i = 1; i < 15; ++i) ++it;
  auto const token = pager.resume_token();
  shop.server.lines.insert(shop.server.lines.begin(), "n0|1700000001||");
  auto rest = shop.list({}, {.resume_token = token});
  EXPECT_EQ(ids_of(rest), ids_from_to(15, 40));
  EXPECT_TRUE(rest.report().missed.empty());

  shop.server.lines.erase(shop.server.lines.begin(), shop.server.lines.begin() + 12);
  auto moved = shop.list({}, {.resume_token = token});
  static_cast<void>(ids_of(moved));
  EXPECT_EQ(moved.report().missed.size(), 1U) << "the place is gone, and the report says so";
}

TEST(Resume, TokensOfOtherListsAreRefusedBeforeAnyRequest) {
  Shop shop{37};
  auto pager = shop.list();
  ASSERT_TRUE(pager.next_page());
  auto const token = pager.resume_token();
  auto foreign = *from_token(token);
  foreign.provider = "other";
  auto const asked = shop.transport->requests().size();

  struct Row {
    CampaignFilter filter;
    ListOptions options;
  };
  for (auto const& [filter, options] :
       {Row{{.search = "x"}, {.resume_token = token}}, Row{{.limit = 1}, {.resume_token = token}},
        Row{{}, {.page_size = 7, .resume_token = token}}, Row{{}, {.resume_token = token, .keep_raw = true}},
        Row{{}, {.resume_token = token, .fetch_details = true}}, Row{{}, {.resume_token = "garbage"}},
        Row{{}, {.resume_token = to_token(foreign)}}}) {
    auto const listed = shop.list(filter, options).collect();
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(listed.error().provider, "acme");
  }
  EXPECT_EQ(shop.transport->requests().size(), asked);
}

}  // namespace
}  // namespace polycampaign::test
