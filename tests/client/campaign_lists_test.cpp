#include "client/loft.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Lists of one campaign: which records reach the reader, and what the report says of the others.
namespace polycampaign::test {
namespace {

/// What a list delivered.
struct Read {
  std::vector<std::string> ids{};
  std::optional<Error> error{};
  ListReport report{};
  std::string token{};
};

template <class Op>
Read read(LoftClient& loft, Op list, ListOptions options = {}) {
  Read all;
  auto pager = loft.client->list(std::move(list), std::move(options));
  for (auto const& item : pager) {
    if (item)
      all.ids.push_back(item->id.empty() ? item->number.value_or("?") : item->id);
    else
      all.error = item.error();
  }
  all.report = pager.report();
  all.token = pager.resume_token();
  return all;
}

using Ids = std::vector<std::string>;

TEST(CampaignLists, LeaveOutOtherCampaigns) {
  LoftClient loft;
  loft.transport->respond(200, "\n7|a|delivered\n8|b|delivered\n-|c|failed\n7|d|failed\n-|e|failed");
  auto const all = read(loft, ListMessages{"7"});
  EXPECT_FALSE(all.error);
  EXPECT_EQ(all.ids, (Ids{"a", "d"}));
  EXPECT_EQ(all.report.records, 5);
  EXPECT_EQ(all.report.filtered, 3);
  EXPECT_EQ(all.report.missed, Ids{"2 records have no campaign id and were left out."});
  EXPECT_TRUE(all.report.complete);
  loft.transport->respond(200, "\n-|c|failed");
  EXPECT_EQ(read(loft, ListMessages{"7"}).report.missed,
            Ids{"1 record has no campaign id and was left out."});
  loft.transport->respond(200, "\n8|x\n7|y\n-|z");
  auto const opt_outs = read(loft, ListOptOuts{"7"});
  EXPECT_EQ(opt_outs.ids, Ids{"y"});
  EXPECT_EQ(opt_outs.report.missed.size(), 1U);
}

TEST(CampaignLists, NeedACampaign) {
  LoftClient loft;
  for (auto const& error :
       {read(loft, ListMessages{}).error, read(loft, ListReplies{}).error, read(loft, ListOptOuts{}).error}) {
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::invalid_argument);
    EXPECT_EQ(error->provider, "loft");
  }
  EXPECT_TRUE(loft.transport->requests().empty());
}

TEST(CampaignLists, ApplyStatuses) {
  LoftClient loft;
  std::string const page = "expected=3\n7|a|delivered\n7|b|failed\n7|c|expired\n8|d|failed";
  loft.transport->respond(200, page);
  auto const some = read(loft, ListMessages{"7", {MessageStatusCode::failed, MessageStatusCode::expired}});
  EXPECT_EQ(some.ids, (Ids{"b", "c"}));
  EXPECT_EQ(some.report.client_filters, Ids{"statuses"});
  EXPECT_TRUE(some.report.missed.empty()) << "the campaign's messages are counted before the filter";
  loft.transport->respond(200, page);
  EXPECT_TRUE(read(loft, ListMessages{"7"}).report.client_filters.empty());
}

TEST(CampaignLists, SayWhatTheCampaignCountsAndTheListLacks) {
  LoftClient loft;
  loft.transport->respond(200, "expected=3 next=x").respond(200, "\n7|a\n8|b");
  EXPECT_EQ(read(loft, ListMessages{"7"}).report.missed,
            Ids{"The campaign counts 3 messages, and the list contained 1."});
  loft.transport->respond(200, "expected=2 doubt\n7|a");
  EXPECT_EQ(read(loft, ListMessages{"7"}).report.missed,
            Ids{"The campaign counts 2 messages, and the list contained 1. Old messages are deleted."});
  for (auto const* const good : {"expected=1\n7|a", "expected=0\n7|a", "\n7|a"}) {
    loft.transport->respond(200, good);
    EXPECT_TRUE(read(loft, ListMessages{"7"}).report.missed.empty()) << good;
  }
}

TEST(CampaignLists, AreNotCountedIfTheyWereResumedOrBrokeOff) {
  LoftClient loft;
  loft.transport->respond(200, "expected=2 next=x\n7|a").respond(503, "");
  auto const broken = read(loft, ListMessages{"7"});
  EXPECT_TRUE(broken.error);
  EXPECT_TRUE(broken.report.missed.empty()) << "an error is no end";
  loft.transport->respond(200, "expected=5\n7|b");
  auto const rest = read(loft, ListMessages{"7"}, {.resume_token = broken.token});
  EXPECT_FALSE(rest.error);
  EXPECT_EQ(rest.ids, Ids{"b"});
  EXPECT_TRUE(rest.report.missed.empty()) << "the first records were counted elsewhere";
}

TEST(CampaignLists, RefuseTheTokenOfAnotherList) {
  LoftClient loft;
  loft.transport->respond(200, "next=x\n7|a").respond(503, "");
  auto const token = read(loft, ListMessages{"7"}).token;
  ASSERT_FALSE(token.empty());
  auto const refused = [&](Read const& other) {
    return other.error && other.error->code == ErrorCode::invalid_argument && other.ids.empty();
  };
  auto const sent = loft.transport->requests().size();
  EXPECT_TRUE(refused(read(loft, ListMessages{"8"}, {.resume_token = token})));
  EXPECT_TRUE(refused(read(loft, ListMessages{"7", {MessageStatusCode::failed}}, {.resume_token = token})));
  EXPECT_TRUE(refused(read(loft, ListReplies{"7"}, {.resume_token = token})));
  EXPECT_TRUE(refused(read(loft, ListOptOuts{"7"}, {.resume_token = token})));
  EXPECT_EQ(loft.transport->requests().size(), sent);
}

TEST(CampaignLists, JoinRepliesThatComeTwice) {
  LoftClient loft;
  // The first page has the texts; the second one shows the same replies without, and one more.
  loft.transport
      ->respond(200, "next=x\n7|1|-|+331|100|yes\n7|2|-|+331|100|again\n7|3|-|+332|200|no\n8|4|-|+333|300|x")
      .respond(200,
               "\n7|-|-|+331|100|-\n7|-|-|+332|200|-\n7|-|-|+331|100|-\n7|-|-|+331|100|-\n7|-|-|+333|300|-"
               "\n7|-|-|+332|201|-");
  auto const all = read(loft, ListReplies{"7"});
  EXPECT_EQ(all.ids, (Ids{"1", "2", "3", "+331", "+333", "+332"}))
      << "a third one at the same time, one whose text belongs to another campaign, one at another time";
  EXPECT_TRUE(all.report.missed.empty());
  EXPECT_EQ(all.report.filtered, 4);
}

TEST(CampaignLists, WarnIfJoinedRepliesWereResumed) {
  LoftClient loft;
  loft.transport->respond(200, "next=x\n7|1|-|+331|100|yes").respond(503, "");
  auto const token = read(loft, ListReplies{"7"}).token;
  loft.transport->respond(200, "\n7|-|-|+331|100|-");
  auto const rest = read(loft, ListReplies{"7"}, {.resume_token = token});
  EXPECT_EQ(rest.ids, Ids{"+331"});
  ASSERT_EQ(rest.report.missed.size(), 1U);
  EXPECT_NE(rest.report.missed[0].find("may be repeated"), std::string::npos);
}

}  // namespace
}  // namespace polycampaign::test
