#include "testing/bsg_account.hpp"

#include <set>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::SimulatedCampaign;
using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr auto three_months_ago = std::chrono::sys_days{2024y / 2 / 29} + 10h;

/// Ids of the SMS campaigns created within these bounds, both inclusive, oldest first.
std::vector<std::int64_t> expected(BsgAccount const& account, std::chrono::sys_seconds from,
                                   std::chrono::sys_seconds to, Channel channel = Channel::sms) {
  std::vector<std::int64_t> ids;
  for (auto const& c : account.truth)
    if (c.channel == channel && c.created >= from && c.created <= to) ids.push_back(c.number);
  std::ranges::reverse(ids);
  return ids;
}

TEST(BsgList, DefaultsToThreeMonthsOfSmsOldestFirstByFifty) {
  BsgAccount account{300};
  auto const answer = account.get("/api/campaigns");
  auto const all = expected(account, three_months_ago, start);
  ASSERT_GT(all.size(), 60U);
  ASSERT_LT(all.size(), 300U);
  EXPECT_EQ(answer.at("meta").at("page").dump(),
            Json({{"total", all.size()}, {"limit", 50}, {"offset", 0}}).dump());
  EXPECT_EQ(ids_of(answer.at("data")), std::vector(all.begin(), all.begin() + 50));
}

TEST(BsgList, PeriodHoldsBothItsEnds) {
  BsgAccount account{300};
  auto const& c = account.truth[41];
  ASSERT_EQ(c.channel, Channel::sms);
  auto const at = [&](std::chrono::sys_seconds from, std::chrono::sys_seconds to) {
    auto const ids =
        ids_of(account.list({{"filter[from]", utc(from)}, {"filter[to]", utc(to)}, {"page[limit]", "500"}})
                   .at("data"));
    EXPECT_EQ(ids, expected(account, from, to));
    return std::ranges::count(ids, c.number);
  };
  EXPECT_EQ(at(c.created, c.created), 1);
  EXPECT_EQ(at(c.created - 24h, c.created), 1);
  EXPECT_EQ(at(c.created - 24h, c.created - 1s), 0);
  EXPECT_EQ(at(c.created + 1s, c.created + 24h), 0);
  ASSERT_TRUE(account.simulator->set_switch("filter_to", "exclusive"));
  auto const before = ids_of(
      account.list({{"filter[from]", utc(c.created - 24h)}, {"filter[to]", utc(c.created)}}).at("data"));
  EXPECT_EQ(std::ranges::count(before, c.number), 0);
}

TEST(BsgList, WindowsCoverEverything) {
  BsgAccount account{500};
  std::set<std::int64_t> seen;
  for (auto to = start; to > start - 24h * 800; to -= 24h * 89)
    for (int offset = 0;; offset += 500) {
      auto const page = account.list({{"filter[from]", utc(to - 24h * 89)},
                                      {"filter[to]", utc(to)},
                                      {"page[limit]", "500"},
                                      {"page[offset]", std::to_string(offset)}});
      for (auto const id : ids_of(page.at("data"))) seen.insert(id);
      if (offset + 500 >= page.at("meta").at("page").at("total")) break;
    }
  EXPECT_EQ(seen.size(), 500U);
}

TEST(BsgList, PagesAreOffsets) {
  BsgAccount account{200};
  auto const page = [&](char const* offset, char const* limit) {
    return account.list({{"page[offset]", offset}, {"page[limit]", limit}, {"sort", "id"}, {"way", "desc"}});
  };
  auto const all = ids_of(page("0", "500").at("data"));
  EXPECT_TRUE(std::ranges::is_sorted(all, std::greater{}));
  EXPECT_EQ(ids_of(page("7", "30").at("data")), std::vector(all.begin() + 7, all.begin() + 37));
  auto const last = std::to_string(all.size() - 1);
  EXPECT_EQ(ids_of(page(last.c_str(), "30").at("data")), std::vector{all.back()});
  EXPECT_TRUE(page("9223372036854775807", "30").at("data").empty());
}

TEST(BsgList, ClampsOrRefusesAnotherLimit) {
  BsgAccount account{200};
  for (auto const& [asked, applied] :
       {std::pair{"1", 30}, {"0", 30}, {"-5", 30}, {"30", 30}, {"500", 500}, {"501", 500}}) {
    ASSERT_TRUE(account.simulator->set_switch("limit_outside", "clamp"));
    EXPECT_EQ(account.list({{"page[limit]", asked}}).at("meta").at("page").at("limit"), applied) << asked;
    ASSERT_TRUE(account.simulator->set_switch("limit_outside", "refuse"));
    EXPECT_EQ(account.ask(account.list_path({{"page[limit]", asked}})).status,
              std::to_string(applied) == asked ? 200 : 422)
        << asked;
  }
}

TEST(BsgList, PagesMayBeCapped) {
  BsgAccount account{200};
  for (auto const& [cap, records] : {std::pair{"7", 7U}, {"30", 30U}, {"0", 1U}}) {
    ASSERT_TRUE(account.simulator->set_switch("page_cap", cap));
    auto const page = account.list({{"page[limit]", "500"}});
    EXPECT_EQ(page.at("data").size(), records) << cap;
    EXPECT_EQ(page.at("meta").at("page").at("limit"), records) << cap;
  }
}

TEST(BsgList, RefusesWhatThePagesExclude) {
  BsgAccount account{20};
  auto const in_31_days = utc(start + 24h * 31);
  struct Case {
    Parameters parameters;
    char const* field;
  };
  Case const cases[] = {
      {{{"filter[type]", "fax"}}, "filter[type]"},
      {{{"filter[type]", "viber"}}, "filter[type]"},
      {{{"filter[type]", ""}}, "filter[type]"},
      {{{"filter[from]", "2024-02-29 09:59:59"}}, "filter[from]"},
      {{{"filter[from]", "2023-11-29 23:59:58"}, {"filter[to]", "2024-02-29 23:59:59"}}, "filter[from]"},
      {{{"filter[from]", "yesterday"}}, "filter[from]"},
      {{{"filter[from]", "2024-02-30 00:00:00"}}, "filter[from]"},
      {{{"filter[from]", utc(start + 1s)}}, "filter[from]"},
      {{{"filter[to]", "2024-05-31T10:00:00Z"}}, "filter[to]"},
      {{{"filter[to]", in_31_days}}, "filter[to]"},
      {{{"page[offset]", "-1"}}, "page[offset]"},
      {{{"page[offset]", "x"}}, "page[offset]"},
      {{{"page[limit]", "many"}}, "page[limit]"},
      {{{"sort", "name"}}, "sort"},
      {{{"way", "up"}}, "way"},
      {{{"search[field]", "name"}, {"search[value]", "x"}}, "search[field]"},
      {{{"search[field]", "sender"}}, "search[value]"},
      {{{"search[field]", "sender"}, {"search[value]", ""}}, "search[value]"},
      {{{"search[field]", "sender"}, {"search[value]", std::string(256, 'x')}}, "search[value]"},
  };
  for (auto const& [parameters, field] : cases) {
    auto const answer = account.list(parameters, 422);
    EXPECT_EQ(answer.at("message"), "The given data was invalid.");
    ASSERT_TRUE(answer.at("errors").is_object());
    EXPECT_EQ(answer["errors"].begin().key(), field) << account.list_path(parameters);
    EXPECT_TRUE(answer["errors"].begin().value().is_array());
  }
  for (Parameters const& good :
       {Parameters{{"filter[from]", "2024-02-29 10:00:00"}},
        Parameters{{"filter[from]", "2023-11-29 23:59:59"}, {"filter[to]", "2024-02-29 23:59:59"}},
        Parameters{{"filter[to]", utc(start + 24h * 30)}}})
    EXPECT_TRUE(account.list(good).contains("data"));
}

TEST(BsgList, IsOfOneChannel) {
  BsgAccount account{300, {{"viber", "list"}}};
  for (auto const& [type, channel] : {std::pair{"sms", Channel::sms},
                                      {"rcs", Channel::rcs},
                                      {"whatsapp", Channel::whatsapp},
                                      {"viber", Channel::viber}}) {
    auto const answer = account.list({{"filter[type]", type}, {"page[limit]", "500"}});
    EXPECT_EQ(ids_of(answer.at("data")), expected(account, three_months_ago, start, channel)) << type;
    EXPECT_FALSE(answer["data"].empty());
    for (auto const& item : answer["data"]) EXPECT_EQ(item.at("message_type"), type);
  }
  std::vector<std::string> sms;
  for (auto const& c : account.truth)
    if (c.channel == Channel::sms) sms.push_back(c.id);
  EXPECT_EQ(account.simulator->campaign_ids(), sms);
  EXPECT_EQ(account.simulator->campaign_ids(Channel::sms), sms);
  EXPECT_EQ(account.simulator->campaign_ids().size() + account.simulator->campaign_ids(Channel::rcs).size() +
                account.simulator->campaign_ids(Channel::viber).size() +
                account.simulator->campaign_ids(Channel::whatsapp).size(),
            account.truth.size());
}

TEST(BsgList, IsSortedByEachKeyBothWays) {
  BsgAccount account{200};
  for (auto const& [sort, member] : {std::pair{"id", "id"},
                                     {"sender", "sender"},
                                     {"type", "message_type"},
                                     {"date", "created_at"},
                                     {"status", "status"}}) {
    auto const up = account.list({{"sort", sort}, {"way", "asc"}, {"page[limit]", "500"}}).at("data");
    auto const down = account.list({{"sort", sort}, {"way", "desc"}, {"page[limit]", "500"}}).at("data");
    ASSERT_GT(up.size(), 50U);
    for (std::size_t i = 1; i < up.size(); ++i) EXPECT_LE(up[i - 1].at(member), up[i].at(member)) << sort;
    EXPECT_TRUE(std::equal(up.begin(), up.end(), down.rbegin())) << sort;
  }
}

TEST(BsgList, SearchesSenderAndName) {
  BsgAccount account{300};
  auto const found = [&](char const* field, std::string const& value) {
    return account.list({{"search[field]", field}, {"search[value]", value}, {"page[limit]", "500"}})
        .at("data");
  };
  auto const all = account.list({{"page[limit]", "500"}}).at("data");
  for (auto const& [field, member, value] : {std::tuple{"sender", "sender", "acme"},
                                             {"taskname", "name", "sms API campaign / 2024-05"},
                                             {"taskname", "name", "#2"},
                                             {"taskname", "name", "nowhere"}}) {
    std::vector<std::int64_t> wanted;
    for (auto const& item : all)
      if (polycampaign::testing::contains_text(item.at(member).get<std::string>(), value))
        wanted.push_back(item.at("id"));
    EXPECT_EQ(ids_of(found(field, value)), wanted) << value;
    EXPECT_EQ(wanted.empty(), std::string_view{value} == "nowhere") << value;
  }
  ASSERT_TRUE(account.simulator->set_switch("search_match", "exact"));
  EXPECT_TRUE(found("sender", "acme").empty());
  EXPECT_FALSE(found("sender", "ACME").empty());
}

TEST(BsgList, TellsTimesByTheAccountsClockWhereItIsSaidTo) {
  BsgAccount account{100, {{"zone_offset", "3"}}};
  auto const row = [&] { return account.list({{"way", "desc"}}).at("data").at(0); };
  auto const& c = account.truth[0];
  EXPECT_EQ(row().at("created_at"), utc(c.created));
  EXPECT_EQ(row().at("start_at"), utc(c.scheduled.value_or(c.created) + 3h));
  ASSERT_TRUE(account.simulator->set_switch("zone_applies", "all"));
  EXPECT_EQ(row().at("created_at"), utc(c.created + 3h));
  auto const at = [&](std::chrono::sys_seconds time) {
    return ids_of(account.list({{"filter[from]", utc(time)}, {"filter[to]", utc(time)}}).at("data"));
  };
  EXPECT_EQ(at(c.created + 3h), std::vector{c.number});
  EXPECT_NE(at(c.created), std::vector{c.number});
}

TEST(BsgList, ShowsNewCampaignsAndForgetsRemovedOnes) {
  BsgAccount account{40};
  account.now += 1h;
  auto const id = account.simulator->add_campaign();
  auto const newest = account.list({{"way", "desc"}}).at("data").at(0);
  EXPECT_EQ(newest.at("id").dump(), id);
  EXPECT_EQ(newest.at("status"), "creation");
  EXPECT_EQ(newest.at("created_at"), utc(account.now));
  EXPECT_TRUE(newest.at("real_start_at").is_null());
  ASSERT_TRUE(account.simulator->remove_campaign(id));
  EXPECT_NE(account.list({{"way", "desc"}}).at("data").at(0).at("id").dump(), id);
  EXPECT_EQ(account.ask("/api/campaigns/" + id).status, 404);
}

}  // namespace
}  // namespace polycampaign::test
